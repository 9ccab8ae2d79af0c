/** A plan in the making: slots as columns of numbers. */

/** Task of a slot that nobody was promised. */
export const FILLER = -1;

/** Slots as columns, in order of time: start (epoch ms), task index or {@link FILLER}, and the index of the item in the task's items or in the loop. */
export type SlotColumns = { readonly startMs: number[]; readonly task: number[]; readonly item: number[] };

/** No slots yet. */
export const emptyColumns = (): SlotColumns => ({ startMs: [], task: [], item: [] });
