/** When a promised slot's turn is, and why it stands outside of it. */
import type { Interval } from '../time/interval.ts';
import type { Slot } from './day-plan.ts';
import type { PromiseOutline } from './promise-outline.ts';
import { afterWindowTime, windowTimeBetween } from './window-time.ts';

const HOUR_MS = 3_600_000;

/** Slots this close together stand back to back. */
const TOUCHING_MS = 1000;

/** What moved a slot out of its turn; `uneven` where nothing single did: all promises of the day together left no nearer place. */
export type MoveCause =
  | { kind: 'film'; item: string; commitment: string; durationMs: number }
  | { kind: 'loop-item'; item: string; durationMs: number }
  | { kind: 'hour-limit'; limit: number }
  | { kind: 'min-gap'; minGapMs: number }
  | { kind: 'max-gap'; maxGapMs: number }
  | { kind: 'opens'; atMs: number }
  | { kind: 'closes'; atMs: number }
  | { kind: 'uneven' };

/** How far before or behind its turn a slot starts (milliseconds, at least 0), and why. */
export type Move = { direction: 'early' | 'late'; byMs: number; because: MoveCause };

/**
 * The turn of the `nth` promised slot of a plan (0: the first): half a distance before and after its place in an even rhythm from the first
 * promised start to the last, within the promise's windows. Null where a promise has no rhythm.
 */
export function turnOf(outline: PromiseOutline, nth: number, openFromMs: number): Interval | null {
  const { everyMs, firstMs, windows } = outline;
  if (everyMs === null || firstMs === null) return null;
  const at = windowTimeBetween(windows, 0, firstMs) + nth * everyMs;
  const opening = windows[0]?.startMs ?? firstMs;
  const fromMs = afterWindowTime(windows, opening, Math.max(0, Math.floor(at - everyMs / 2)));
  // The end of a window is the end of a turn, not the opening of the next window.
  const lastMs = afterWindowTime(windows, opening, Math.ceil(at + everyMs / 2) - 1);
  const endMs = Number.isFinite(lastMs) ? lastMs + 1 : (windows.at(-1)?.endMs ?? firstMs);
  return { startMs: Math.max(fromMs, openFromMs), endMs };
}

/**
 * Why the slot at `index` of `slots` stands outside `turn`; null where it does not. `ownBefore` are the starts of earlier slots of its
 * promise, oldest first.
 */
export function moveOf(
  outline: PromiseOutline,
  slots: readonly Slot[],
  index: number,
  turn: Interval,
  ownBefore: readonly number[],
): Move | null {
  const slot = slots[index];
  if (!slot) return null;
  if (slot.startMs < turn.startMs) {
    const because = earlyCause(outline, slots, slot, turn, ownBefore);
    return { direction: 'early', byMs: turn.startMs - slot.startMs, because };
  }
  if (slot.startMs < turn.endMs) return null;
  const because = lateCause(outline, slots, index, turn, ownBefore);
  return { direction: 'late', byMs: slot.startMs - turn.endMs, because };
}

function earlyCause(
  { windows, maxGapMs, longestMs }: PromiseOutline,
  slots: readonly Slot[],
  slot: Slot,
  turn: Interval,
  ownBefore: readonly number[],
): MoveCause {
  const window = windowOf(windows, slot.startMs);
  if (window && window.endMs < turn.startMs + longestMs) return { kind: 'closes', atMs: window.endMs };
  const before = ownBefore.at(-1);
  if (maxGapMs !== null && before !== undefined && before + maxGapMs < turn.startMs) {
    return { kind: 'max-gap', maxGapMs };
  }
  return filmIn(slots, slot, turn) ?? { kind: 'uneven' };
}

function lateCause(
  { windows, minGapMs, maxPlaysPerHour }: PromiseOutline,
  slots: readonly Slot[],
  index: number,
  turn: Interval,
  ownBefore: readonly number[],
): MoveCause {
  const slot = slots[index];
  if (!slot) return { kind: 'uneven' };
  const before = ownBefore.at(-1);
  if (minGapMs !== null && before !== undefined && before + minGapMs >= turn.endMs) {
    return { kind: 'min-gap', minGapMs };
  }
  const hourBefore = maxPlaysPerHour === null ? undefined : ownBefore.at(-maxPlaysPerHour);
  if (maxPlaysPerHour !== null && hourBefore !== undefined && hourBefore + HOUR_MS >= turn.endMs) {
    return { kind: 'hour-limit', limit: maxPlaysPerHour };
  }
  const window = windowOf(windows, slot.startMs);
  if (window && window.startMs >= turn.endMs) return { kind: 'opens', atMs: window.startMs };
  return filmBefore(slots, index, turn) ?? filmIn(slots, slot, turn) ?? { kind: 'uneven' };
}

const windowOf = (windows: readonly Interval[], atMs: number): Interval | undefined =>
  windows.find((window) => window.startMs <= atMs && atMs < window.endMs);

/** What was still on when the turn ended, with the slot right behind it: the longest of the run of films before the slot, else a loop item. */
function filmBefore(slots: readonly Slot[], index: number, turn: Interval): MoveCause | null {
  let longest: Slot | null = null;
  let edgeMs = slots[index]?.startMs ?? 0;
  for (let k = index - 1; k >= 0; k -= 1) {
    const slot = slots[k];
    if (!slot || edgeMs - (slot.startMs + slot.durationMs) > TOUCHING_MS || edgeMs <= turn.startMs) break;
    if (slot.commitment === null) {
      const isInTheWay = longest === null && slot.startMs < turn.endMs;
      if (isInTheWay) return { kind: 'loop-item', item: slot.item, durationMs: slot.durationMs };
      break;
    }
    if (longest === null || slot.durationMs > longest.durationMs) longest = slot;
    edgeMs = slot.startMs;
  }
  return longest && edgeMs < turn.endMs ? filmCause(longest) : null;
}

/** The longest film of other promises in the turn, where such films fill at least half of it. */
function filmIn(slots: readonly Slot[], own: Slot, turn: Interval): MoveCause | null {
  let filledMs = 0;
  let longest: Slot | null = null;
  for (const slot of slots) {
    if (slot.startMs >= turn.endMs) break;
    if (slot.commitment === null || slot.commitment === own.commitment) continue;
    const insideMs = Math.min(slot.startMs + slot.durationMs, turn.endMs) - Math.max(slot.startMs, turn.startMs);
    if (insideMs <= 0) continue;
    filledMs += insideMs;
    if (longest === null || slot.durationMs > longest.durationMs) longest = slot;
  }
  return longest && filledMs * 2 >= turn.endMs - turn.startMs ? filmCause(longest) : null;
}

const filmCause = ({ item, commitment, durationMs }: Slot): MoveCause | null =>
  commitment === null ? null : { kind: 'film', item, commitment, durationMs };
