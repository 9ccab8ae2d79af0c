/** Orders of plays for tests of what moves them: tasks with starts, room and distances as a test says. */
import { emptyOrder, type PlayOrder } from '../../domain/plan/play-order.ts';

/** Plays of one task: where they start, how long they are, and between what starts they may move. */
export type Plays = {
  starts: number[];
  durationMs: number;
  room?: [number, number];
  meanMs?: number;
  minGapMs?: number;
};

/** The order of all plays; those of a task have consecutive ids between two guards, which stand a mean distance away. */
export function orderOf(tasks: readonly Plays[]): PlayOrder {
  const ids = tasks.reduce((sum, { starts }) => sum + starts.length + 2, 0);
  const order = emptyOrder(ids - 2 * tasks.length, ids);
  const all: number[] = [];
  let id = 0;
  tasks.forEach(({ starts, durationMs, room = [0, 1000], meanMs = 50, minGapMs = 0 }, i) => {
    order.startMs[id] = (starts[0] ?? 0) - meanMs;
    starts.forEach((startMs, nth) => {
      id += 1;
      all.push(id);
      order.taskOf[id] = i;
      order.nth[id] = nth;
      order.startMs[id] = startMs;
      order.durationMs[id] = durationMs;
      [order.earliestMs[id], order.latestMs[id]] = room;
      order.perMean[id] = 1 / meanMs;
      order.minGapMs[id] = nth === 0 ? 0 : minGapMs;
    });
    id += 1;
    order.startMs[id] = (starts.at(-1) ?? 0) + meanMs;
    order.perMean[id] = 1 / meanMs;
    id += 1;
  });
  all.sort((one, other) => (order.startMs[one] ?? 0) - (order.startMs[other] ?? 0));
  all.forEach((own, at) => {
    order.seq[at] = own;
    order.place[own] = at;
  });
  return order;
}

/** Starts in order of time, each with the task whose play it is. */
export const startsOf = (order: PlayOrder): [number, number][] =>
  [...order.seq].map((id) => [order.taskOf[id] ?? -1, order.startMs[id] ?? 0]);
