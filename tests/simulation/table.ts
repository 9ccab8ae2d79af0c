/** What a run came to, in plain text. */
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
    '',
    findingCount === 0
      ? 'Every play is explained, none is counted twice or lost, and every verdict is right.'
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
  ['stored', 'answered: stored'],
  ['again', 'answered: stored before'],
  ['rewind', 'answered: rewind'],
  ['fork', 'answered: fork'],
  ['quarantined', 'answered: quarantined'],
  ['error', 'answered: store failed, try again'],
];

const segmentLines = ({ segments }: Sums): string[] =>
  SEGMENT_WORDS.map(([name, words]) => line(`    ${words}`, segments[name] ?? 0));
