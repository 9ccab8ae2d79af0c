/** Moves flights, and loop items with dates, to another time of the calendar, so that sample content is live whatever the date. */
import type { LocalDate } from '../time/zone-time.ts';
import { addDays } from '../time/zone-time.ts';
import type { Flight } from './campaign.ts';
import type { LoopPlacement } from './content.ts';

type Dates = Pick<Flight, 'from' | 'to'> & Partial<Pick<Flight, 'extendedTo'>>;

const MONTHS_A_YEAR = 12;

/** How far each way a shift is looked for, beyond the whole years between flights and date. */
const STEPS = [0, MONTHS_A_YEAR, -MONTHS_A_YEAR, 6, -6, 18, -18];

/**
 * By how many months all of `flights` are to be moved so that one of them holds `date`: whole years where that does, else six
 * months more or less; null where neither does (or there are no flights). Of several the one nearest to the year of `date`.
 */
export function monthsToShift(flights: readonly Dates[], date: LocalDate): number | null {
  const first = flights.map((flight) => flight.from).sort()[0];
  if (first === undefined) return null;
  const years = Temporal.PlainDate.from(date).year - Temporal.PlainDate.from(first).year;
  const holdsDate = (months: number): boolean =>
    flights.some((flight) => {
      const { from, to } = shiftFlight(flight, months);
      return from <= date && date <= to;
    });
  return STEPS.map((step) => years * MONTHS_A_YEAR + step).find(holdsDate) ?? null;
}

/**
 * A flight moved by whole months. Its first day and the day after its last are moved (past the end of a shorter month: to that
 * month's last day), so that an end of month stays one and flights without a gap between them still have none. Of a flight so
 * short that nothing would be left of it, its first day is kept. An extension moves with it; one that would add no day is left out.
 */
export function shiftFlight<F extends Dates>(flight: F, months: number): F {
  const from = shiftDate(flight.from, months);
  const to = notBefore(from, shiftLastDay(flight.to, months));
  if (!flight.extendedTo) return { ...flight, from, to };
  const extendedTo = shiftLastDay(flight.extendedTo, months);
  return { ...flight, from, to, extendedTo: extendedTo > to ? extendedTo : null };
}

/** A loop item moved like flights are, so that it changes with them; a beginning or an end that it does not have it does not get. */
export function shiftPlacement<P extends Pick<LoopPlacement, 'from' | 'to'>>(placement: P, months: number): P {
  const from = placement.from === null ? null : shiftDate(placement.from, months);
  const to = placement.to === null ? null : shiftLastDay(placement.to, months);
  return { ...placement, from, to: from === null || to === null ? to : notBefore(from, to) };
}

const notBefore = (first: LocalDate, last: LocalDate): LocalDate => (last < first ? first : last);

const shiftLastDay = (date: LocalDate, months: number): LocalDate => addDays(shiftDate(addDays(date, 1), months), -1);

const shiftDate = (date: LocalDate, months: number): LocalDate =>
  Temporal.PlainDate.from(date).add({ months }, { overflow: 'constrain' }).toString();
