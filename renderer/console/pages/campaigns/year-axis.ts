/** The time axis of flight bars: whole years, positions as shares of its length. */

/** Whole years from `firstYear` to `lastYear`, both included. */
export type YearAxis = { firstYear: number; lastYear: number };

const DAY_MS = 86_400_000;

/** The axis that shows the year of `today` and every flight that has not ended, at most three years. */
export function yearAxis(today: string, flights: readonly { to: string }[]): YearAxis {
  const firstYear = Number(today.slice(0, 4));
  const last = flights.reduce((year, { to }) => Math.max(year, Number(to.slice(0, 4)) || firstYear), firstYear);
  return { firstYear, lastYear: Math.min(last, firstYear + 2) };
}

/** Where a flight lies on the axis: start and width as shares of it (0 to 1), or null where it lies outside or has no dates. */
export function spanOnAxis(axis: YearAxis, from: string, to: string): { start: number; width: number } | null {
  if (!from || !to || to < from) return null;
  const start = Math.max(0, shareOf(axis, dayNumber(from)));
  const end = Math.min(1, shareOf(axis, dayNumber(to) + 1));
  return end > start ? { start, width: end - start } : null;
}

/** Where the date `date` begins on the axis, as a share; below 0 or above 1 outside of it. */
export function pointOnAxis(axis: YearAxis, date: string): number {
  return shareOf(axis, dayNumber(date));
}

/** First days of the axis' months with their positions. */
export function monthsOnAxis(axis: YearAxis): { year: number; month: number; start: number }[] {
  const months = [];
  for (let year = axis.firstYear; year <= axis.lastYear; year += 1) {
    for (let month = 1; month <= 12; month += 1) {
      const start = shareOf(axis, Date.UTC(year, month - 1, 1) / DAY_MS);
      months.push({ year, month, start });
    }
  }
  return months;
}

/** Days of a flight, both ends included; null where its dates are missing or reversed. */
export function flightDays(from: string, to: string): number | null {
  return from && to && from <= to ? dayNumber(to) - dayNumber(from) + 1 : null;
}

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function shareOf(axis: YearAxis, day: number): number {
  const first = Date.UTC(axis.firstYear, 0, 1) / DAY_MS;
  const end = Date.UTC(axis.lastYear + 1, 0, 1) / DAY_MS;
  return (day - first) / (end - first);
}
