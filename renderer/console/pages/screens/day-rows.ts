/** Cuts a day into rows of the timeline and places slots and plays in them. */
import type { Interval } from '../../../../domain/time/interval.ts';
import { localTimestamp } from '../../../../domain/time/zone-time.ts';

/** A span of time drawn as one row; `open` are the parts of it the screen is on. */
export type DayRow = Interval & { open: Interval[] };

/** A mark within a row, in shares of its length (0 to 1). */
export type Mark<T> = { from: number; to: number; of: T };

const MS_A_MINUTE = 60_000;
const BREAK_PX = 3;

/** Rows of `rowMs` that begin on the hour (or half-hour) of `zone` and touch open time; none on a closed day. */
export function dayRows(open: readonly Interval[], zone: string, rowMs: number): DayRow[] {
  const first = open[0];
  const last = open.at(-1);
  if (!first || !last) return [];
  const rows: DayRow[] = [];
  for (let startMs = floorTo(first.startMs, zone, rowMs); startMs < last.endMs; startMs += rowMs) {
    const endMs = startMs + rowMs;
    const parts = open
      .filter((span) => span.startMs < endMs && span.endMs > startMs)
      .map((span) => ({ startMs: Math.max(span.startMs, startMs), endMs: Math.min(span.endMs, endMs) }));
    if (parts.length > 0) rows.push({ startMs, endMs, open: parts });
  }
  return rows;
}

/** The last full row at or before `epochMs` by the clocks of `zone`, whose offset need not be whole hours. */
function floorTo(epochMs: number, zone: string, rowMs: number): number {
  const local = localTimestamp(epochMs, zone);
  const minutes = Number(local.slice(14, 16));
  const rest = epochMs % MS_A_MINUTE;
  const rowMinutes = rowMs / MS_A_MINUTE;
  return epochMs - rest - (minutes % rowMinutes) * MS_A_MINUTE;
}

/** Marks of `items` (in order of start) for every row; one that runs over the end of a row is drawn in both. */
export function marksByRow<T extends { startMs: number }>(
  rows: readonly DayRow[],
  items: readonly T[],
  endOf: (item: T) => number,
): Mark<T>[][] {
  const marks: Mark<T>[][] = rows.map(() => []);
  let at = 0;
  for (const item of items) {
    const endMs = endOf(item);
    while (at < rows.length - 1 && (rows[at]?.endMs ?? 0) <= item.startMs) at += 1;
    for (let i = at; i < rows.length; i += 1) {
      const row = rows[i];
      if (!row || row.startMs >= endMs) break;
      if (item.startMs >= row.endMs) continue;
      const length = row.endMs - row.startMs;
      marks[i]?.push({
        from: Math.max(0, (item.startMs - row.startMs) / length),
        to: Math.min(1, (endMs - row.startMs) / length),
        of: item,
      });
    }
  }
  return marks;
}

/** The mark at `share` of a row's length, or the nearest within `reach` of it. */
export function markAt<T>(marks: readonly Mark<T>[], share: number, reach: number): Mark<T> | null {
  let nearest: Mark<T> | null = null;
  let distance = reach;
  for (const mark of marks) {
    if (mark.from <= share && share < mark.to) return mark;
    const off = Math.min(Math.abs(mark.from - share), Math.abs(mark.to - share));
    if (off <= distance) {
      nearest = mark;
      distance = off;
    }
  }
  return nearest;
}

/** An SVG path of one rectangle a mark, `height` high from `top`, with a hair of space between neighbours; `least` pixels wide. */
export function marksPath(
  marks: readonly Mark<unknown>[],
  width: number,
  top: number,
  height: number,
  least = 1,
): string {
  const round = (value: number): number => Math.round(value * 10) / 10;
  return marks
    .map(({ from, to }) => {
      const length = Math.max(least, (to - from) * width - 0.6);
      return `M${round(from * width)} ${top}h${round(length)}v${height}h${round(-length)}z`;
    })
    .join('');
}

/** The same marks broken in the middle, so that a make-good is told from other plays of its promise by its shape. */
export function brokenMarksPath(
  marks: readonly Mark<unknown>[],
  width: number,
  top: number,
  height: number,
  least = 1,
): string {
  const part = (height - BREAK_PX) / 2;
  return marksPath(marks, width, top, part, least) + marksPath(marks, width, top + part + BREAK_PX, part, least);
}
