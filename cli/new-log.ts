/** `xunbo new-log`: begins another transparency log where the one of a data folder may not go on. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { hex } from '../domain/proof/segment.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { systemClock } from '../server/clock.ts';
import { silentLog } from '../server/log.ts';
import { dataPaths, openDataFolder } from '../server/stores/data-folder.ts';
import { openSqliteLedger } from '../server/stores/sqlite-ledger.ts';
import { readKeys } from '../server/tlog/key-files.ts';
import { beginNewLog, finishNewLog, type NewLog, type NewLogParts, nameOfNext } from '../server/tlog/new-log.ts';
import { examineOldLog, type OldLog } from '../server/tlog/old-log.ts';
import { type CommandStreams, EXIT } from './command.ts';
import { failureExit, wordsExit } from './folder-command.ts';
import { readSettings, settingsFaultLines } from './settings.ts';

const HELP = `Usage: xunbo new-log [--data DIR] [--last-checkpoint FILE] [--yes]

Begins another transparency log where the one of the data folder may not be signed any more: after xunbo restore, or where
only catalogue and keys are left of a destroyed server. The old log's key has to be there. The server must not run. What that
means is said, and asked, before anything is done.

  --last-checkpoint FILE  the last checkpoint of the old log that anybody kept (a witness, a monitor, a player's log/checkpoint)
  --yes                   do not ask
  --data DIR              the data folder (also XUNBO_DATA, or data in the settings file)
  --settings FILE         the settings file (also XUNBO_SETTINGS)
  --help                  this text

The new log's name and keys are on standard output, messages on standard error.

Exit codes
  0  done
  1  bad input: there is no key of a log, the log goes on, the checkpoint is not the old log's, or the answer was no
  3  failed (a full disk, a file that cannot be read or written); run it again to finish what was begun
`;

type Words = { data: string; lastCheckpoint: string | null; isAgreed: boolean };

/** Runs the command with the words after `new-log`; gives the exit code. */
export async function runNewLog(argv: string[], io: CommandStreams): Promise<number> {
  const words = readWords(argv);
  if (!words.ok) return wordsExit('new-log', HELP, words.error, io);
  const { data } = words.value;
  try {
    // Looked for first, so that a folder named by mistake stays as it is.
    if ((await readKeys(dataPaths(data).keys, 'log')) === null) {
      io.stderr.write(`xunbo new-log: ${noKey(data)}\n`);
      return EXIT.badInput;
    }
    const folder = await openDataFolder(data);
    try {
      const ledger = await openSqliteLedger({ file: folder.paths.ledger, log: silentLog });
      try {
        const parts = { folder: folder.paths, store: ledger.log, clock: systemClock };
        return await run(parts, words.value, io);
      } finally {
        await ledger.close();
      }
    } finally {
      folder.close();
    }
  } catch (error) {
    return failureExit('new-log', error, io);
  }
}

async function run(parts: NewLogParts, { lastCheckpoint, isAgreed }: Words, io: CommandStreams): Promise<number> {
  const finished = await finishNewLog(parts);
  if (finished) return told(finished, io);
  const old = await examineOldLog({ ...parts, lastCheckpoint });
  if (old.fault === null) {
    io.stderr.write(`xunbo new-log: the log ${old.keys.name} goes on, and needs none that follows it\n`);
    return EXIT.badInput;
  }
  io.stderr.write(meaning(old, await nameOfNext(old, parts)));
  if (!isAgreed && !(await isYes(io))) {
    io.stderr.write('xunbo new-log: nothing was changed\n');
    return EXIT.badInput;
  }
  return told(await beginNewLog(old, parts), io);
}

function told({ name, vkeys, checkpoint }: NewLog, io: CommandStreams): number {
  const size = checkpoint.split('\n')[1] ?? '';
  io.stderr.write(
    `${name} begins with ${size} entries; start the server, and give witnesses and inspectors its keys\n`,
  );
  io.stdout.write(`${name}\n${vkeys.map((vkey) => `${vkey}\n`).join('')}`);
  return EXIT.ok;
}

const noKey = (data: string): string =>
  `${dataPaths(data).keys} has no key of a log. A server started here begins a log that follows none; players that know another keep to that one
until their screens are released and paired again. A backup holds the keys.`;

function meaning({ keys, fault, head, stored, signed }: OldLog, next: string): string {
  const lost = Math.max(0, (signed?.size ?? 0) - stored);
  return `The log ${keys.name} may not go on:
  ${fault}

Another log, ${next}, will follow it. That cannot be undone, and means:
  - Its first entry says that it follows ${keys.name} at ${head.size} entries (root ${hex(head.root)}),
    signed with that log's key. After it, what is stored here is entered again: ${stored} entries.${lost > 0 ? `\n    At least ${lost} entries of the old log are lost here.` : ''}
  - Players keep the old log's last checkpoint and this as evidence, report it (log-replaced), and send again what this server
    lacks, as far as they still have it: 90 days.
  - Witnesses and inspectors do not know the new log until somebody gives them its keys. What was proved by the old log stays
    proved by it, and whoever holds a later checkpoint of it can show what is missing here.
  - The old log's key is destroyed here, so that nothing can be added to the old log behind this one.
If the disk of the old server may still be saved, save it first: with it the old log simply goes on.

`;
}

async function isYes({ stdin, stderr }: CommandStreams): Promise<boolean> {
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    return (await Promise.race([lines.question('Begin it? Type yes: '), ended])).trim() === 'yes';
  } finally {
    lines.close();
  }
}

function readWords(argv: string[]): Result<Words, string | null> {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        help: { type: 'boolean', short: 'h' },
        yes: { type: 'boolean' },
        data: { type: 'string' },
        settings: { type: 'string' },
        'last-checkpoint': { type: 'string' },
      },
    });
    if (values.help) return fail(null);
    const flags = (['data', 'settings'] as const).flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [`--${name}`, value];
    });
    const settings = readSettings(flags, process.env);
    if (!settings.ok) return fail(settingsFaultLines(settings.error).join('\n'));
    const file = values['last-checkpoint'];
    const lastCheckpoint = file === undefined ? null : readFileSync(file, 'utf8');
    return ok({ data: settings.value.data, lastCheckpoint, isAgreed: values.yes === true });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}
