/** `xunbo audit`: checks again everything that is stored of proofs. */
import { parseArgs } from 'node:util';
import { auditData } from '../server/audit/audit-data.ts';
import { type Checked, type Difference, differenceLine, nothingChecked } from '../server/audit/difference.ts';
import { systemClock } from '../server/clock.ts';
import { dataPaths } from '../server/stores/data-folder.ts';
import { type CommandStreams, EXIT } from './command.ts';
import { drawProgress, failureExit, wordsExit } from './folder-command.ts';
import { readSettings, settingsFaultLines } from './settings.ts';

const HELP = `Usage: xunbo audit [--data DIR] [--json]

Checks everything that a data folder holds of proofs once more from the bytes, and names every difference in one sentence:
the signature, records, chain and program of each segment; the counters against a recount; the log's entries against what is
stored; its tree against its tiles and against every signed checkpoint. Nothing is written, and its server may go on running:
what is checked is the ledger as it is at the start (its write-ahead log grows meanwhile).

  --data DIR        the data folder (also XUNBO_DATA, or data in the settings file)
  --json            one JSON object a line: each difference {kind, subject, detail}, and last {checked, differences}
  --settings FILE   the settings file (also XUNBO_SETTINGS)
  --help            this text

Findings go to standard output, progress and messages to standard error.

Exit codes
  0  everything is as it must be
  1  bad input: no data there, or the data is damaged or of another version
  2  differences, which are named
  3  failed (a file that cannot be read)
`;

/** Something differs. */
const DIFFERENT = 2;

type Words = { data: string; json: boolean };

/** Runs the command with the words after `audit`; gives the exit code. */
export async function runAudit(argv: string[], io: CommandStreams): Promise<number> {
  const words = readWords(argv);
  if (words === null || typeof words === 'string') return wordsExit('audit', HELP, words, io);
  const { data, json } = words;
  const checked = nothingChecked();
  const progress = drawProgress(io.stderr);
  const write = (line: string): boolean => io.stdout.write(`${line}\n`);
  let differences = 0;
  try {
    const paths = dataPaths(data);
    for await (const difference of auditData({
      paths,
      nowMs: systemClock.nowMs(),
      checked,
      onProgress: progress.show,
    })) {
      differences += 1;
      write(json ? JSON.stringify(difference satisfies Difference) : differenceLine(difference));
    }
    progress.end();
    write(json ? JSON.stringify({ checked, differences }) : summary(checked, differences));
    return differences === 0 ? EXIT.ok : DIFFERENT;
  } catch (error) {
    progress.end();
    return failureExit('audit', error, io);
  }
}

function readWords(argv: string[]): Words | string | null {
  try {
    const options = {
      data: { type: 'string' },
      json: { type: 'boolean' },
      settings: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    const { values } = parseArgs({ args: argv, options });
    if (values.help) return null;
    const flags = (['data', 'settings'] as const).flatMap((name) =>
      values[name] === undefined ? [] : [`--${name}`, values[name]],
    );
    const settings = readSettings(flags, process.env);
    return settings.ok
      ? { data: settings.value.data, json: values.json === true }
      : settingsFaultLines(settings.error).join('\n');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function summary(checked: Checked, differences: number): string {
  const {
    segments,
    dropped,
    plays,
    screens,
    screenDays,
    documents,
    forks,
    quarantined,
    devices,
    entries,
    tiles,
    checkpoints,
  } = checked;
  const gone = dropped === 0 ? '' : ` (${dropped} without their records, for their age)`;
  const stored = `segments ${segments}${gone}, plays ${plays}, screens ${screens}, their days ${screenDays}, programs ${documents}`;
  const beside = `devices ${devices}, forks ${forks}, in quarantine ${quarantined}`;
  const log = `log entries ${entries}, tiles ${tiles}, checkpoints ${checkpoints}`;
  return `checked: ${stored}, ${beside}, ${log}\ndifferences: ${differences}`;
}
