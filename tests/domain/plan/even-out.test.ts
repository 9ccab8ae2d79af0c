/** Wide gaps of a swept day are evened out, and plays in the way give way. */
import { describe, expect, test } from 'vitest';
import { evenOut } from '../../../domain/plan/even-out.ts';
import { costOfAll } from '../../../domain/plan/play-moves.ts';
import { taskOf } from '../../helpers/day-tasks.ts';
import { orderOf, type Plays, startsOf } from '../../helpers/play-orders.ts';
import { pickInt, seededRandom } from '../../helpers/random-program.ts';

/** Starts of every task once the day is evened out. */
function evened(...tasks: Plays[]): number[][] {
  const order = orderOf(tasks);
  evenOut(
    tasks.map(() => taskOf({})),
    order,
  );
  const starts = startsOf(order);
  return tasks.map((_, own) => starts.filter(([task]) => task === own).map(([, startMs]) => startMs));
}

/** The widest gap in mean ones. */
const widest = (starts: number[], meanMs: number): number =>
  Math.max(...starts.slice(1).map((start, k) => (start - (starts[k] ?? 0)) / meanMs));

const SEEDS = Array.from({ length: 24 }, (_, k) => k + 1);

describe('wide gaps', () => {
  test('[P13] one much wider than the mean is closed from both sides', () => {
    expect(evened({ starts: [0, 80, 100], durationMs: 10 })).toEqual([[0, 50, 100]]);
    for (const starts of [
      [0, 20, 100],
      [0, 10, 20, 30, 200],
      [0, 170, 180, 190, 200],
    ]) {
      const [own = []] = evened({ starts, durationMs: 10 });
      expect(widest(own, 50)).toBeLessThan(1.15);
      expect(own).toHaveLength(starts.length);
    }
  });

  test('[P13] up to 1.15 of the mean it is left alone', () => {
    expect(evened({ starts: [0, 57, 100], durationMs: 10 })).toEqual([[0, 57, 100]]);
    expect(evened({ starts: [0, 58, 100], durationMs: 10 })).toEqual([[0, 50, 100]]);
  });

  test('[P13] plays of others in the way are moved out of it', () => {
    const [first = [], second = []] = evened(
      { starts: [0, 10, 100], durationMs: 10 },
      { starts: [40, 50, 60], durationMs: 10, meanMs: 10 },
    );
    expect(widest(first, 50)).toBeLessThan(1.3);
    expect(second).toHaveLength(3);
  });
});

describe('days of many plays', () => {
  /** Three tasks of plays of 10 ms without order, one every `paceMs` and a little later, each with an even rhythm to be had. */
  function crowd(seed: number, paceMs: number): Plays[] {
    const random = seededRandom(seed);
    const counts = [pickInt(random, 4, 7), pickInt(random, 4, 7), pickInt(random, 3, 5)];
    const names = counts.flatMap((count, i) => Array.from({ length: count }, () => i));
    names.sort(() => random() - 0.5);
    const late = (): number => pickInt(random, 0, paceMs - 10);
    return counts.map((count, i) => {
      const starts = names.flatMap((name, k) => (name === i ? [k * paceMs + late()] : []));
      const meanMs = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / (count - 1);
      return { starts, durationMs: 10, room: [0, names.length * paceMs], meanMs };
    });
  }

  /** The widest gap of a day that was evened out, in mean ones; checks that nothing else suffered. */
  function widestOf(tasks: Plays[]): number {
    const order = orderOf(tasks);
    const before = costOfAll(order);
    evenOut(
      tasks.map(() => taskOf({})),
      order,
    );
    expect(costOfAll(order)).toBeLessThanOrEqual(before);
    expect([...order.seq].every((id, at) => order.place[id] === at)).toBe(true);
    const laid = startsOf(order);
    laid.forEach(([, start], k) => {
      expect(start).toBeGreaterThanOrEqual(k === 0 ? 0 : (laid[k - 1]?.[1] ?? 0) + 10);
      expect(start).toBeLessThanOrEqual(tasks[0]?.room?.[1] ?? 0);
    });
    const ofTask = tasks.map(({ meanMs = 1 }, i) => {
      const own = laid.filter(([task]) => task === i).map(([, start]) => start);
      expect(own).toHaveLength(tasks[i]?.starts.length ?? 0);
      return widest(own, meanMs);
    });
    return Math.max(...ofTask);
  }

  test.each(SEEDS)('[P13] with time between them no gap is wider than 1.3 mean ones, seed %i', (seed) => {
    expect(widestOf(crowd(seed, 20))).toBeLessThan(1.3);
  });

  test('[P13] close together the widest gap of a day is 1.25 mean ones on average', () => {
    const widestOfDays = SEEDS.map((seed) => widestOf(crowd(seed, 12)));
    expect(Math.max(...widestOfDays)).toBeLessThan(1.5);
    expect(widestOfDays.reduce((sum, one) => sum + one, 0) / SEEDS.length).toBeLessThan(1.25);
  });
});
