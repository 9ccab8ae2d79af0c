/** Looks at the times of record lines in their order: a clock that is moved changes neither their order nor lets plays overlap (I14). */
import type { Fault } from './findings.ts';

/** What a line says of its times, UTC (t) and monotonic (m) milliseconds. */
type Times = { kind: string; m0: number; m1: number; t0: number; t1: number };

/** The check; lines are to be told of in the order in which they were written. */
export function createTimesCheck(fault: Fault): { check(line: Times, at: string): void } {
  let lastM1 = 0;
  let lastT1 = 0;
  return {
    check({ kind, m0, m1, t0, t1 }, at) {
      // A gap stands for whatever could not be written, also a start or a step of the clock.
      if (kind === 'boot' || kind === 'gap') lastM1 = 0;
      // These say themselves that times before and after them are not to be compared.
      if (kind === 'boot' || kind === 'gap' || kind === 'clock') lastT1 = 0;
      // A takeover is written down at its end, and stands beside what was recorded meanwhile.
      const spans = kind === 'mode';
      if (m1 < m0 || (spans ? m1 : m0) < lastM1)
        fault('I14', `${at} runs from ${m0} to ${m1} after one that ended at ${lastM1}`);
      if (kind === 'play' && t0 < lastT1)
        fault('I14', `${at} begins at ${t0}, before the end of the last at ${lastT1}`);
      lastM1 = m1;
      if (kind === 'play') lastT1 = t1;
    },
  };
}
