/** Tasks in order of a time that changes when a task has played: a linked list with a calendar, so that a task is put in its place in a few steps. */

/** So many stretches of the calendar for every task: with a play of it in each, few steps are in vain and few tasks share one. */
const STRETCHES_EACH = 8;

/** Not in the list. */
const NOWHERE = -1;

/**
 * Tasks 0 to `ends` - 1, as far as they are listed, in order of `keyMs`; among equals in the order in which they were put there. After task
 * i comes `next[i]` and before it stands `previous[i]`; `ends` itself stands before the first and after the last. The calendar has the
 * last task of every stretch of time, `ends` where there is none; keys outside it belong to its first or its last one.
 */
export type OrderedTasks = {
  readonly ends: number;
  readonly keyMs: Float64Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly stretchOf: Int32Array;
  readonly lastOf: Int32Array;
  readonly fromMs: number;
  readonly perMs: number;
};

/** A list for `size` tasks, none of them in it yet, with a calendar for keys from `fromMs` to `toMs`. */
export function orderedTasks(size: number, fromMs: number, toMs: number): OrderedTasks {
  const stretches = Math.max(1, size * STRETCHES_EACH);
  const next = new Int32Array(size + 1).fill(NOWHERE);
  const previous = new Int32Array(size + 1);
  next[size] = size;
  previous[size] = size;
  return {
    ends: size,
    // What stands before the first task is below every key.
    keyMs: new Float64Array(size + 1).fill(Number.NEGATIVE_INFINITY),
    next,
    previous,
    stretchOf: new Int32Array(size + 1).fill(NOWHERE),
    lastOf: new Int32Array(stretches).fill(size),
    fromMs,
    perMs: stretches / Math.max(1, toMs - fromMs),
  };
}

/** The first task; `ends` where there is none. */
export const firstOf = ({ next, ends }: OrderedTasks): number => next[ends] ?? ends;

/** Whether task `i` is in the list. */
export const isListed = ({ next }: OrderedTasks, i: number): boolean => next[i] !== NOWHERE;

/** Puts task `i`, in the list or not, where `key` belongs: behind its equals. */
export function put(list: OrderedTasks, i: number, key: number): void {
  takeOut(list, i);
  const { ends, keyMs, next, previous, stretchOf, lastOf } = list;
  const stretch = Math.max(0, Math.min(lastOf.length - 1, Math.floor((key - list.fromMs) * list.perMs)));
  let from = stretch;
  while (from > 0 && lastOf[from] === ends) from -= 1;
  const last = lastOf[from] ?? ends;
  let before = last;
  while ((keyMs[before] ?? 0) > key) before = previous[before] ?? ends;
  const after = next[before] ?? ends;
  next[before] = i;
  previous[i] = before;
  next[i] = after;
  previous[after] = i;
  keyMs[i] = key;
  stretchOf[i] = stretch;
  if (before === last) lastOf[stretch] = i;
}

/** Takes task `i` out, if it is in the list. */
export function takeOut({ ends, next, previous, stretchOf, lastOf }: OrderedTasks, i: number): void {
  const after = next[i] ?? NOWHERE;
  if (after === NOWHERE) return;
  const before = previous[i] ?? ends;
  const stretch = stretchOf[i] ?? 0;
  if (lastOf[stretch] === i) lastOf[stretch] = stretchOf[before] === stretch ? before : ends;
  next[before] = after;
  previous[after] = before;
  next[i] = NOWHERE;
}
