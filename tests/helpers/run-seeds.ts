/** The seeds of a run of random days: pinned ones first, then as many new ones as asked for. */
import { PINNED_SEEDS } from '../domain/plan/pinned-seeds.ts';

const LARGEST = 2 ** 31 - 1;

/** Where a run begins: XUNBO_TEST_SEED repeats one; else every run takes another place. */
const first = Number(process.env.XUNBO_TEST_SEED ?? Date.now() % LARGEST);

/** `count` seeds beside the pinned ones; the first is printed, so that the run can be repeated. */
export function seedsOfRun(what: string, count: number): number[] {
  console.info(`${what}: XUNBO_TEST_SEED=${first}, ${count} random days, ${PINNED_SEEDS.length} pinned`);
  return [...PINNED_SEEDS, ...Array.from({ length: count }, (_, k) => (first + k) % LARGEST)];
}
