/** The words of `npm run simulate`, read and checked; every fault names what was found and what is allowed. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../domain/result.ts';

/** What a run is to be. `isRough`: days of an hour or two with many times the faults. */
export type SimulationOptions = {
  screens: number;
  days: number;
  seed: number;
  /** Threads that screens are shared out among; what comes of a run does not depend on it. */
  workers: number;
  isRough: boolean;
  asJson: boolean;
  wantsHelp: boolean;
};

/** How the command is used. */
export const USAGE = `npm run simulate -- [options]

Drives the real planner, journal, ingest, counters, log and verdicts through simulated days with seeded faults,
explains every play that is missing anywhere, and holds every verdict against what was truly shown. Then the faults
stop, and the proof is checked: all of it is in the log, nothing is lost, doubled, forged or edited.

  --screens N   how many screens, 1 to 100000 (default 20)
  --days N      how many days each, 1 to 366 (default 7)
  --seed N      0 to 4294967295 (default 1); the same seed gives the same table, byte for byte
  --workers N   threads to use, 1 to 64 (default: as many as the machine runs at once); the result is the same with any number
  --rough       days of an hour or two, with many times the faults
  --long        100,000 device-days: --screens 5000 --days 20 --rough (an hour or so)
  --json        one JSON object instead of the table
  --help        this text

Exit code 0: every play is explained and every verdict is right; 1: something is not; 2: bad options.`;

const NUMBERS = {
  screens: { least: 1, most: 100_000, usual: 20 },
  days: { least: 1, most: 366, usual: 7 },
  seed: { least: 0, most: 4_294_967_295, usual: 1 },
  workers: { least: 1, most: 64, usual: Math.min(64, availableParallelism()) },
} as const;

const FLAGS = {
  screens: { type: 'string' },
  days: { type: 'string' },
  seed: { type: 'string' },
  workers: { type: 'string' },
  rough: { type: 'boolean' },
  long: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Reads the words behind the command; all faults are reported together, one line each. */
export function readOptions(words: readonly string[]): Result<SimulationOptions, string[]> {
  const { values, tokens } = parseArgs({ args: [...words], options: FLAGS, strict: false, tokens: true });
  const faults: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') faults.push(`${token.value}: found a word without a flag, allowed: ${allFlags()}`);
    if (token.kind !== 'option') continue;
    if (!(token.name in FLAGS)) faults.push(`${token.rawName}: found an unknown flag, allowed: ${allFlags()}`);
  }
  const preset: Partial<Record<keyof typeof NUMBERS, number>> = values.long === true ? { screens: 5000, days: 20 } : {};
  const numberOf = (name: keyof typeof NUMBERS): number => {
    const { least, most, usual } = NUMBERS[name];
    const found = values[name];
    if (found === undefined) return preset[name] ?? usual;
    const value = typeof found === 'string' && /^\d{1,10}$/.test(found) ? Number(found) : Number.NaN;
    if (value >= least && value <= most) return value;
    faults.push(
      `--${name}: found ${found === true ? 'nothing' : found}, allowed: a whole number from ${least} to ${most}`,
    );
    return usual;
  };
  const options: SimulationOptions = {
    screens: numberOf('screens'),
    days: numberOf('days'),
    seed: numberOf('seed'),
    workers: numberOf('workers'),
    isRough: values.rough === true || values.long === true,
    asJson: values.json === true,
    wantsHelp: values.help === true,
  };
  return faults.length > 0 ? fail(faults) : ok(options);
}

const allFlags = (): string =>
  Object.keys(FLAGS)
    .map((name) => `--${name}`)
    .join(' ');
