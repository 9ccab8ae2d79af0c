/** Dates of service of many screens at one moment. */
import { type OpeningHours, serviceDate } from './opening-hours.ts';
import type { LocalDate } from './zone-time.ts';

/** Gives the date of service of a screen; screens of the same zone and hours are asked for once. */
export function serviceDates(
  nowMs: number,
): (screen: { readonly timeZone: string; readonly openingHours: readonly OpeningHours[] }) => LocalDate {
  const known = new Map<string, LocalDate>();
  return ({ timeZone, openingHours }) => {
    let key = timeZone;
    for (const { days, from, to } of openingHours) key += `|${days.join('')}${from}-${to}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = serviceDate(openingHours, timeZone, nowMs);
    known.set(key, made);
    return made;
  };
}
