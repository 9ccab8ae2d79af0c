/** The timetable of the running ticker: which line enters when, at one speed for ever. */

/** One line on the band: its place in the list, when its head enters at the right edge, and its width with the gap after it. */
export type Ride = { key: string; entersAtMs: number; widthPx: number };

/** When the next line's head enters: as the tail of the last one does, or at once on an empty band. */
export function nextEntryAtMs(last: Ride | null, nowMs: number, speedPxPerS: number): number {
  if (last === null) return nowMs;
  return Math.max(nowMs, last.entersAtMs + (last.widthPx * 1_000) / speedPxPerS);
}

/** The gap after each line: wide enough that no line is on the screen twice at once, and never under `leastPx`. */
export function gapPx(textWidthsPx: readonly number[], bandWidthPx: number, leastPx: number): number {
  const total = textWidthsPx.reduce((sum, width) => sum + width, 0);
  const count = Math.max(1, textWidthsPx.length);
  return Math.max(leastPx, Math.ceil((bandWidthPx - total) / count));
}

/** The line that follows `lastKey` in `keys`; the first one where that is gone. */
export function keyAfter(keys: readonly string[], lastKey: string | null): string | undefined {
  const at = lastKey === null ? -1 : keys.indexOf(lastKey);
  return keys[(at + 1) % Math.max(1, keys.length)];
}

/** Speed in px/s: about 2.6 letters a second, in whole pixels a refresh at 60 Hz so that letters keep their edges. */
export function bandSpeedPxPerS(letterPx: number): number {
  return Math.max(1, Math.round((letterPx * 2.6) / 60)) * 60;
}
