/** A plan in the making: slots as columns of numbers. */

/** Task of a slot that nobody was promised. */
export const FILLER = -1;

/** Slots as columns, in order of time: start (epoch ms), task index or {@link FILLER}, and the index of the item in the task's items or in the loop. */
export type SlotColumns = { readonly startMs: number[]; readonly task: number[]; readonly item: number[] };

/** No slots yet. */
export const emptyColumns = (): SlotColumns => ({ startMs: [], task: [], item: [] });

/** Columns being written: `count` slots so far, in arrays that have room for about as many as are to come. */
export type OpenColumns = SlotColumns & { count: number };

/** Columns to write about `expected` slots to; there may be more, at the price of moving them. */
export const openColumns = (expected: number): OpenColumns => ({
  startMs: new Array<number>(expected),
  task: new Array<number>(expected),
  item: new Array<number>(expected),
  count: 0,
});

/** Adds a slot behind those there are. */
export function addSlot(columns: OpenColumns, startMs: number, task: number, item: number): void {
  const k = columns.count;
  columns.startMs[k] = startMs;
  columns.task[k] = task;
  columns.item[k] = item;
  columns.count = k + 1;
}

/** The slots written, without the room left. */
export function closeColumns({ startMs, task, item, count }: OpenColumns): SlotColumns {
  startMs.length = count;
  task.length = count;
  item.length = count;
  return { startMs, task, item };
}
