/** What a plan has for a moment: the slot showing then, or why there is none. */
import { type OpeningHours, openIntervals } from '../time/opening-hours.ts';
import { addDays, type LocalDate } from '../time/zone-time.ts';
import type { Slot } from './day-plan.ts';

/**
 * What stands at a moment. `closed`: the screen is off, and opens at `opensMs` (null: not within two weeks). `past`: before the plan begins.
 * `idle`: open, and nothing is planned from `fromMs` to `toMs`. `none-left`: no play of `commitment` then or after.
 */
export type MomentExplanation =
  | { kind: 'slot'; index: number }
  | { kind: 'closed'; atMs: number; opensMs: number | null }
  | { kind: 'past'; atMs: number; fromMs: number }
  | { kind: 'idle'; atMs: number; fromMs: number; toMs: number }
  | { kind: 'none-left'; atMs: number; commitment: string };

/** So many days ahead are looked through for the next opening. */
const LOOK_AHEAD_DAYS = 14;

/**
 * What the plan of `date`, made at `fromMs`, has at `atMs` (epoch milliseconds); where a `commitment` is asked for, its play showing then or
 * the first one after.
 */
export function explainMoment(
  screen: { openingHours: readonly OpeningHours[]; timeZone: string },
  plan: { date: LocalDate; slots: readonly Slot[] },
  fromMs: number,
  atMs: number,
  commitment: string | null,
): MomentExplanation {
  const { slots, date } = plan;
  if (commitment !== null) {
    const own = slots.findIndex((slot) => slot.commitment === commitment && atMs < slot.startMs + slot.durationMs);
    return own >= 0 ? { kind: 'slot', index: own } : { kind: 'none-left', atMs, commitment };
  }
  const index = slots.findIndex((slot) => slot.startMs <= atMs && atMs < slot.startMs + slot.durationMs);
  if (index >= 0) return { kind: 'slot', index };
  const open = openIntervals(screen.openingHours, date, screen.timeZone);
  const span = open.find(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);
  if (!span) return { kind: 'closed', atMs, opensMs: nextOpening(screen, date, atMs) };
  if (atMs < fromMs) return { kind: 'past', atMs, fromMs };
  const before = slots.findLast((slot) => slot.startMs < atMs);
  const next = slots.find((slot) => slot.startMs > atMs);
  return {
    kind: 'idle',
    atMs,
    fromMs: Math.max(span.startMs, fromMs, before ? before.startMs + before.durationMs : 0),
    toMs: Math.min(span.endMs, next?.startMs ?? span.endMs),
  };
}

function nextOpening(
  { openingHours, timeZone }: { openingHours: readonly OpeningHours[]; timeZone: string },
  date: LocalDate,
  atMs: number,
): number | null {
  for (let day = 0; day <= LOOK_AHEAD_DAYS; day += 1) {
    const opening = openIntervals(openingHours, addDays(date, day), timeZone).find(({ startMs }) => startMs > atMs);
    if (opening) return opening.startMs;
  }
  return null;
}
