/** Lists of tasks in order of a time that changes when a task has played: flat, and moved in place. */

/** Lists up to this length are searched and shifted entry by entry, which is quicker than any call. */
const SHORT_LIST = 48;

/** Moves the task at `from` of a list in order of `keyMs` to where its key, which has changed, belongs: behind its equals. */
export function moveToPlace(list: Int32Array, keyMs: Float64Array, live: number, from: number): void {
  const i = list[from] ?? 0;
  const key = keyMs[i] ?? 0;
  let k = from;
  if (live > SHORT_LIST) {
    const above = firstAbove(list, keyMs, key, from + 1, live);
    const low = above === from + 1 ? firstAbove(list, keyMs, key, 0, from) : from;
    if (above > from + 1) list.copyWithin(from, from + 1, above);
    else list.copyWithin(low + 1, low, from);
    k = above > from + 1 ? above - 1 : low;
  } else {
    for (; k + 1 < live; k += 1) {
      const after = list[k + 1] ?? 0;
      if ((keyMs[after] ?? 0) > key) break;
      list[k] = after;
    }
    if (k === from)
      for (; k > 0; k -= 1) {
        const before = list[k - 1] ?? 0;
        if ((keyMs[before] ?? 0) <= key) break;
        list[k] = before;
      }
  }
  list[k] = i;
}

/** The first place in [low, high) whose key is above `key`; `high` where there is none. */
function firstAbove(list: Int32Array, keyMs: Float64Array, key: number, low: number, high: number): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((keyMs[list[middle] ?? 0] ?? 0) <= key) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Where task `i` stands in a list; the number of live tasks where it is not in it. */
export function placeOf(list: Int32Array, live: number, i: number): number {
  let k = 0;
  while (k < live && list[k] !== i) k += 1;
  return k;
}
