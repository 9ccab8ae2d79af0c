/** A plan in the making: slots as columns of numbers. */

/** Task of a slot that nobody was promised. */
export const FILLER = -1;

/** Slots of one plan at most: the bound on the work of a sweep. */
export const MAX_SLOTS = 200_000;

/** Slots as columns, in order of time: start (epoch ms), task index or {@link FILLER}, and the index of the item in the task's items or in the loop. */
export type SlotColumns = { readonly startMs: Float64Array; readonly task: Int32Array; readonly item: Int32Array };

/** Columns being written: `count` slots so far, in arrays that have room for more. */
export type OpenColumns = { startMs: Float64Array; task: Int32Array; item: Int32Array; count: number };

/** Room to begin with where nobody knows how many slots are to come. */
const FIRST_ROOM = 256;

/** Columns to write about `expected` slots to; there may be more, at the price of moving them. */
export const openColumns = (expected: number = FIRST_ROOM): OpenColumns => ({
  startMs: new Float64Array(expected),
  task: new Int32Array(expected),
  item: new Int32Array(expected),
  count: 0,
});

/** Adds a slot behind those there are. */
export function addSlot(columns: OpenColumns, startMs: number, task: number, item: number): void {
  const k = columns.count;
  if (k === columns.startMs.length) widen(columns);
  columns.startMs[k] = startMs;
  columns.task[k] = task;
  columns.item[k] = item;
  columns.count = k + 1;
}

/** Moves the slots to columns of twice the room. */
function widen(columns: OpenColumns): void {
  const { startMs, task, item, count } = columns;
  const wider = openColumns(Math.max(FIRST_ROOM, 2 * count));
  wider.startMs.set(startMs);
  wider.task.set(task);
  wider.item.set(item);
  columns.startMs = wider.startMs;
  columns.task = wider.task;
  columns.item = wider.item;
}

/** The slots written, without the room left. */
export const closeColumns = ({ startMs, task, item, count }: OpenColumns): SlotColumns => ({
  startMs: startMs.subarray(0, count),
  task: task.subarray(0, count),
  item: item.subarray(0, count),
});

/** Slots of each of `size` tasks. */
export function playsOfTasks({ task }: SlotColumns, size: number): number[] {
  const plays = new Array<number>(size).fill(0);
  for (const i of task) if (i >= 0) plays[i] = (plays[i] ?? 0) + 1;
  return plays;
}
