/** Which media a program needs when: the order in which they are fetched, and what must not be given up for want of room. */

import { isShownOn } from '../domain/plan/day-loop.ts';
import { isActive } from '../domain/plan/day-task.ts';
import type { Program } from '../domain/plan/program.ts';
import { addDays, daysBetween, type LocalDate, weekdayOf } from '../domain/time/zone-time.ts';
import type { WantedMedia } from './media-cache.ts';

/** What a promise of today or of so many days to come needs is never given up. */
const PROMISED_DAYS = 7;

/** Day on which something is first needed, counted from today; what was promised comes first among equals. */
type Need = { item: string; day: number; isPromise: boolean };

/**
 * The media of `program` as seen on `today` (a date of service), the most urgent first: promised today, in the loop today, promised within
 * 7 days, then the rest by the day of its first use. What no day to come needs is left out. `today` null: the date is not known, and
 * everything may be needed.
 */
export function mediaNeeds(program: Program, today: LocalDate | null): WantedMedia[] {
  const needs = today === null ? undated(program) : [...promisedNeeds(program, today), ...loopNeeds(program, today)];
  const ordered = needs.map((need) => ({ ...need, rank: rankOf(need) })).sort((a, b) => a.rank - b.rank);
  const found = new Map<string, WantedMedia>();
  for (const { item, day, isPromise } of ordered) {
    const media = program.manifest[item];
    if (media?.type !== 'video' && media?.type !== 'image') continue;
    const isPromised = isPromise && day <= PROMISED_DAYS;
    const known = found.get(media.sha);
    found.set(media.sha, { sha: media.sha, bytes: media.bytes, isPromised: isPromised || known?.isPromised === true });
  }
  return [...found.values()];
}

function rankOf({ day, isPromise }: Need): number {
  if (day === 0) return isPromise ? 0 : 1;
  if (isPromise && day <= PROMISED_DAYS) return 1 + day / 100;
  return 1 + day;
}

function undated(program: Program): Need[] {
  const promised = program.commitments.flatMap(({ items }) => items);
  return [
    ...promised.map(({ item }) => ({ item, day: 0, isPromise: true })),
    ...program.loop.map(({ item }) => ({ item, day: 0, isPromise: false })),
  ];
}

function promisedNeeds({ commitments }: Program, today: LocalDate): Need[] {
  return commitments.flatMap((commitment) => {
    const day = firstDay(today, commitment.from, (date) => isActive(commitment, date, weekdayOf(date)));
    return day === null ? [] : commitment.items.map(({ item }) => ({ item, day, isPromise: true }));
  });
}

function loopNeeds({ loop }: Program, today: LocalDate): Need[] {
  return loop.flatMap((entry) => {
    const day = firstDay(today, entry.from ?? today, (date) => isShownOn(entry, date, weekdayOf(date)));
    return day === null ? [] : [{ item: entry.item, day, isPromise: false }];
  });
}

/** Days from `today` until `isNeeded` first holds, not before `from`; null where no day of the first week from then on needs it. */
function firstDay(today: LocalDate, from: LocalDate, isNeeded: (date: LocalDate) => boolean): number | null {
  const start = from > today ? daysBetween(today, from) : 0;
  for (let day = start; day < start + 7; day += 1) if (isNeeded(addDays(today, day))) return day;
  return null;
}
