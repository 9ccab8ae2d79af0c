/** What a run came to, in plain text. */
import type { Rule } from './findings.ts';
import { type Causes, explained, type Sums } from './ledger-sums.ts';
import type { Outcome } from './run-simulation.ts';

const WIDTH = 52;

const line = (label: string, value: number | string): string => {
  const text = typeof value === 'number' ? value.toLocaleString('en-US') : value;
  return `${label.padEnd(WIDTH)}${text.padStart(14)}`;
};

/** Causes, the largest first, equal ones by name, so that the table does not depend on which came first. */
const causeLines = (causes: Causes, sign: '−' | ''): string[] =>
  Object.entries(causes)
    .filter(([, count]) => count > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([cause, count]) => line(`    ${cause}`, `${sign}${count.toLocaleString('en-US')}`));

/** The table of a run. */
export function tableOf(title: string, { sums, findings, findingCount }: Outcome): string {
  const { promises, plays } = sums;
  const missing = plays.played - plays.counted;
  const known = explained(sums.unrecorded) + explained(sums.uningested) + explained(sums.uncounted);
  const more = findingCount - findings.length;
  return [
    title,
    '',
    line('Promises made (screen × day × commitment)', promises.made),
    line('  kept', promises.kept),
    line('  kept by make-good', promises.keptByMakeGood),
    line('  short', explained(promises.short)),
    ...causeLines(promises.short, ''),
    line('  unknown (log missing)', promises.unknown),
    '',
    line('Plays played', plays.played),
    ...causeLines(sums.unrecorded, '−'),
    line('  recorded', plays.recorded),
    ...causeLines(sums.uningested, '−'),
    line('  ingested', plays.ingested),
    ...causeLines(sums.uncounted, '−'),
    line('  counted', plays.counted),
    line('  unexplained', missing - known),
    '',
    line('Segments sealed', sums.segments.sealed ?? 0),
    ...segmentLines(sums),
    '',
    'Faults met',
    ...causeLines(sums.faults, ''),
    line('    points at which an agent or the server ended', Object.keys(sums.crashes).length),
    '',
    'Proof, once the faults had stopped',
    ...proofLines(sums),
    '',
    findingCount === 0
      ? 'Every play is explained, none is counted twice or lost, the proof holds, and every verdict is right.'
      : `WRONG: ${findingCount.toLocaleString('en-US')} findings`,
    ...findings.map((finding) => `  ${finding}`),
    ...(more > 0 ? [`  and ${more.toLocaleString('en-US')} more`] : []),
  ].join('\n');
}

/** What came of segments on the way, in words. */
const SEGMENT_WORDS: readonly (readonly [string, string])[] = [
  ['sent', 'requests of devices'],
  ['lost', 'lost on the way'],
  ['unanswered', 'taken, answer lost'],
  ['doubled', 'delivered twice by the network'],
  ['late', 'delivered again later, out of order'],
  ['damaged', 'damaged on the way'],
  ['forged', 'forged on the way, beside the true one'],
  ['stored', 'answered: stored'],
  ['again', 'answered: stored before'],
  ['rewind', 'answered: rewind'],
  ['fork', 'answered: fork'],
  ['quarantined', 'answered: quarantined'],
  ['error', 'answered: store failed, try again'],
];

/** What may never be, by the rules that say so, with what was looked at. */
const NEVER: readonly { words: string; rules: readonly Rule[]; of: string | null }[] = [
  { words: 'lost', rules: ['I1', 'I4'], of: 'segments' },
  { words: 'doubled, or counted wrong', rules: ['I2', 'I10', 'totals'], of: 'segments' },
  { words: 'forged, and accepted', rules: ['I3'], of: 'forgeries' },
  { words: 'silently edited', rules: ['I6', 'I7'], of: 'segments' },
  { words: 'numbers with a gap', rules: ['I5'], of: 'record lines' },
  { words: 'out of order after a step of the clock', rules: ['I14'], of: 'record lines' },
  { words: 'checkpoints that contradict another', rules: ['I8'], of: 'checkpoints' },
  { words: 'receipts that do not hold', rules: ['I9'], of: 'receipts' },
  { words: 'let go of before it was in the log', rules: ['I11'], of: 'packs' },
  { words: 'held up by a bad one', rules: ['I12'], of: 'segments' },
  { words: 'not in the log in two hours', rules: ['I15'], of: 'segments' },
  { words: 'emergency messages without their record', rules: ['takeover'], of: null },
  { words: 'verdicts that are wrong', rules: ['verdict'], of: null },
];

const proofLines = ({ broken, checked, loggedWithinMin }: Sums): string[] => [
  ...NEVER.map(({ words, rules, of }) => {
    const count = rules.reduce((sum, rule) => sum + (broken[rule] ?? 0), 0).toLocaleString('en-US');
    const looked = of === null ? '' : `  of ${(checked[of] ?? 0).toLocaleString('en-US')} ${of}`;
    return `${line(`    ${words}`, count)}${looked}`;
  }),
  line('    minutes until all was in the log, at most', loggedWithinMin),
];

const segmentLines = ({ segments }: Sums): string[] =>
  SEGMENT_WORDS.map(([name, words]) => line(`    ${words}`, segments[name] ?? 0));
