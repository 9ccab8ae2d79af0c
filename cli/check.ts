/** `xunbo check`: says what is wrong with content files before they are used. */
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type FileFault, fileFaultLine, WHOLE_FILE } from '../protocol/file-faults.ts';
import { FILE_NAMES, kindOfFile } from '../protocol/files.ts';
import { examineContentFolder } from '../server/content/load-content.ts';

/** The streams the command writes to. */
export type CheckStreams = { stdout: NodeJS.WritableStream; stderr: NodeJS.WritableStream };

const SOUND = 0;
const FAULTY = 1;

const HELP = `Usage: xunbo check FILE|FOLDER...

Checks content files: ${Object.values(FILE_NAMES).join(', ')}.
A folder is checked as a whole, with its media. A file is checked together with the folder it lies in; only its own faults are told.
Each fault is one line: file: place: value found, allowed: what may stand there.

  --help   this text

Exit codes
  0  no faults (warnings are told, and do not count)
  1  at least one fault, or nothing to check
`;

type Findings = { faults: FileFault[]; warnings: FileFault[] };

/** Runs the command with the words after `check`; gives the exit code. */
export async function runCheck(argv: string[], io: CheckStreams): Promise<number> {
  const args = readArgs(argv);
  if (args === 'help') {
    io.stdout.write(HELP);
    return SOUND;
  }
  if (typeof args === 'string' || args.length === 0) {
    io.stderr.write(`${typeof args === 'string' ? args : 'check needs a FILE or FOLDER'}\n\n${HELP}`);
    return FAULTY;
  }
  let faulty = 0;
  for (const path of args) {
    const { faults, warnings } = await examine(path);
    for (const fault of faults) io.stderr.write(`${fileFaultLine(fault)}\n`);
    for (const warning of warnings) io.stderr.write(`warning: ${fileFaultLine(warning)}\n`);
    io.stdout.write(`${path}: ${counted(faults.length, 'fault')}, ${counted(warnings.length, 'warning')}\n`);
    faulty += faults.length;
  }
  return faulty > 0 ? FAULTY : SOUND;
}

function readArgs(argv: string[]): string[] | string {
  try {
    const options = { help: { type: 'boolean', short: 'h', default: false } } as const;
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    return values.help ? 'help' : positionals;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Findings of a folder, or of one file of it, with files named so that they can be opened from here. */
async function examine(path: string): Promise<Findings> {
  const found = await stat(path).catch(() => null);
  if (!found) return onlyFault(path, 'missing', 'a file or folder that can be read');
  if (!found.isDirectory() && kindOfFile(basename(path)) === null) {
    return onlyFault(path, 'a name that is not read', Object.values(FILE_NAMES).join(', '));
  }
  const folder = found.isDirectory() ? path : dirname(path);
  const isMeant = (fault: FileFault): boolean => found.isDirectory() || fault.file === basename(path);
  const inPlace = (fault: FileFault): FileFault => ({ ...fault, file: join(folder, fault.file) });
  const { faults, warnings } = await examineContentFolder(folder);
  return { faults: faults.filter(isMeant).map(inPlace), warnings: warnings.filter(isMeant).map(inPlace) };
}

const onlyFault = (file: string, value: string, allowed: string): Findings => ({
  faults: [{ file, place: WHOLE_FILE, value, allowed }],
  warnings: [],
});

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
