/** Tasks in order of a time that changes when a task has played: a linked list, which for the few tasks of a screen is quicker than anything with a calendar. */

/** Not in the list. */
const NOWHERE = -1;

/**
 * Tasks 0 to `ends` - 1, as far as they are listed, in order of `keyMs`; among equals in the order in which they were put there. After task
 * i comes `next[i]` and before it stands `previous[i]`; `ends` itself stands before the first and after the last.
 */
export type OrderedTasks = {
  readonly ends: number;
  readonly keyMs: Float64Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
};

/** A list for `size` tasks, none of them in it yet. */
export function orderedTasks(size: number): OrderedTasks {
  const next = new Int32Array(size + 1).fill(NOWHERE);
  const previous = new Int32Array(size + 1);
  next[size] = size;
  previous[size] = size;
  // What stands before the first task is below every key.
  return { ends: size, keyMs: new Float64Array(size + 1).fill(Number.NEGATIVE_INFINITY), next, previous };
}

/** The first task; `ends` where there is none. */
export const firstOf = ({ next, ends }: OrderedTasks): number => next[ends] ?? ends;

/** Whether task `i` is in the list. */
export const isListed = ({ next }: OrderedTasks, i: number): boolean => next[i] !== NOWHERE;

/** Puts task `i`, in the list or not, where `key` belongs: behind its equals. Looked for from the end, for who has just played is due late. */
export function put(list: OrderedTasks, i: number, key: number): void {
  takeOut(list, i);
  const { ends, keyMs, next, previous } = list;
  let before = previous[ends] ?? ends;
  while ((keyMs[before] ?? 0) > key) before = previous[before] ?? ends;
  const after = next[before] ?? ends;
  next[before] = i;
  previous[i] = before;
  next[i] = after;
  previous[after] = i;
  keyMs[i] = key;
}

/** Takes task `i` out, if it is in the list. */
export function takeOut({ next, previous, ends }: OrderedTasks, i: number): void {
  const after = next[i] ?? NOWHERE;
  if (after === NOWHERE) return;
  const before = previous[i] ?? ends;
  next[before] = after;
  previous[after] = before;
  next[i] = NOWHERE;
}
