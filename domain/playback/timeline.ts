/** Where in the plan a player is: which slot comes next, over the turn of a day of service too. */
import type { DayPlan, Slot } from '../plan/day-plan.ts';
import type { LocalDate } from '../time/zone-time.ts';

/** A slot and the date of service it belongs to. */
export type DatedSlot = { date: LocalDate; slot: Slot };

/** When a slot is over by plan, epoch milliseconds. */
export const slotEndMs = (slot: Slot): number => slot.startMs + slot.durationMs;

/** The first slot of `plan` that starts at or after `fromMs`, or null. */
export function slotFrom(plan: DayPlan, fromMs: number): DatedSlot | null {
  let low = 0;
  let high = plan.slots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((plan.slots[middle]?.startMs ?? Number.POSITIVE_INFINITY) < fromMs) low = middle + 1;
    else high = middle;
  }
  const slot = plan.slots[low];
  return slot ? { date: plan.date, slot } : null;
}

/** The first slot at or after `fromMs` of today's plan, else of tomorrow's, which is only made where it is needed. */
export function slotOfTwoDays(today: DayPlan, tomorrow: () => DayPlan, fromMs: number): DatedSlot | null {
  return slotFrom(today, fromMs) ?? slotFrom(tomorrow(), fromMs);
}

/** Whether what stands ready for one slot can be shown in another. */
export function isSameShowing(a: Slot, b: Slot): boolean {
  return a.item === b.item && a.durationMs === b.durationMs;
}
