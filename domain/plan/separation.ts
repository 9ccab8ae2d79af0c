/** Separation tags as numbers: two plays with the same one never stand back to back. */
import type { Program } from './program.ts';

/** No tag: goes beside everything. */
export const UNTAGGED = 0;

/** Gives the number of a tag, from 1; {@link UNTAGGED} for none. */
export type TagNumbers = (tag: string | null | undefined) => number;

/** Numbers the tags of `program` in the order in which they first stand in it. */
export function tagNumbers({ commitments, loop }: Program): TagNumbers {
  const numbers = new Map<string, number>();
  const note = (tag: string | null | undefined): void => {
    if (tag && !numbers.has(tag)) numbers.set(tag, numbers.size + 1);
  };
  for (const { separation } of commitments) note(separation);
  for (const { separation } of loop) note(separation);
  return (tag) => (tag ? (numbers.get(tag) ?? UNTAGGED) : UNTAGGED);
}

/** So long a pause, in which the screen shows its calm page, parts two plays as another item does, milliseconds. */
export const PARTING_MS = 10_000;

/** Whether two tags may not stand back to back. */
export const isClash = (one: number, other: number): boolean => one !== UNTAGGED && one === other;
