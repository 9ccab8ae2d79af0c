/** What planning a day costs, against a player that decides item by item. */
import { planDay } from '../../domain/plan/plan-day.ts';
import { benchProgram } from '../helpers/random-program.ts';
import { type BenchGroup, median } from './figure.ts';
import { playNaively } from './naive-player.ts';

const DATE = '2026-07-01';
const OPEN_MS = Date.parse(`${DATE}T05:00:00+08:00`);
const CLOSE_MS = Date.parse(`${DATE}T23:00:00+08:00`);

/** An 18 hour day with 20 and with 100 commitments. */
export const planGroup: BenchGroup = async (report) => {
  for (const count of [20, 100]) {
    const program = benchProgram(count);
    const value = timeMs(400, 400, () => planDay(program, DATE, {}, OPEN_MS));
    const naive = timeMs(0, 1, () => playNaively(program, DATE, OPEN_MS, CLOSE_MS));
    report({
      name: `plan-day-${count}-ms`,
      value,
      unit: 'ms',
      reference: 'item-by-item player with a full rescan',
      ratio: value / naive,
    });
  }
};

/** Median of `runs` runs after `warmups` that do not count, milliseconds. */
function timeMs(warmups: number, runs: number, run: () => unknown): number {
  for (let k = 0; k < warmups; k += 1) run();
  const samples = Array.from({ length: runs }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return median(samples);
}
