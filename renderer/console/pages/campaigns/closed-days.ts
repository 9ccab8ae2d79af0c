/** Tells a conflict that lies only on days the screens are closed from one within their open days. */
import type { Screen } from '../../../../domain/catalogue/organisation.ts';
import { WEEKDAYS, type Weekday } from '../../../../domain/time/weekday.ts';
import { weekdayOf } from '../../../../domain/time/zone-time.ts';
import type { Trouble } from './booking-summary.ts';

/** The weekdays of a `no-window` conflict, Monday first, where all its screens are closed on all of them; else null. */
export function closedDaysOf(
  { conflict, screens, dates }: Trouble,
  screenOf: (id: string) => Pick<Screen, 'openingHours'> | undefined,
): Weekday[] | null {
  if (conflict.kind !== 'no-window') return null;
  const meant = new Set(dates.map(weekdayOf));
  const isClosed = screens.every((id) =>
    screenOf(id)?.openingHours.every(({ days }) => days.every((day) => !meant.has(day))),
  );
  return isClosed ? WEEKDAYS.filter((day) => meant.has(day)) : null;
}
