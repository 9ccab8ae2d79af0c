/** Dates as people say them: runs of days in a row instead of long lists. */

/** A run of dates, both ends included. */
export type DateRange = { from: string; to: string };

/** `7月5日`, `5 Jul`; with the year where it is not `thisYear`. */
export function dayText(date: string, locale: string, thisYear: number): string {
  const isOther = Number(date.slice(0, 4)) !== thisYear;
  return new Intl.DateTimeFormat(locale, {
    ...(isOther ? { year: 'numeric' as const } : {}),
    month: locale.startsWith('zh') ? 'long' : 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(`${date}T00:00:00Z`));
}

const DAY_MS = 86_400_000;

/** Joins dates (`YYYY-MM-DD`, any order) into runs without a gap. */
export function dateRanges(dates: readonly string[]): DateRange[] {
  const ranges: DateRange[] = [];
  for (const date of [...new Set(dates)].sort()) {
    const last = ranges.at(-1);
    if (last && Date.parse(date) - Date.parse(last.to) === DAY_MS) last.to = date;
    else ranges.push({ from: date, to: date });
  }
  return ranges;
}
