/** The booking check's findings as the API answers them. */
import type { BookingCheck } from '../../domain/plan/check-booking.ts';
import type { Conflict } from '../../domain/plan/day-plan.ts';
import type { Booking } from '../../protocol/http/views.ts';

/** `targetScreens`: how many screens with players are meant. */
export function bookingOf(check: BookingCheck, targetScreens: number): Booking {
  return {
    fits: check.problems.length === 0,
    targetScreens,
    load: check.load,
    problems: check.problems.map(({ screens, dates, conflicts }) => ({
      screens: [...screens],
      dates: [...dates],
      conflicts: conflicts.map((conflict) => ({ ...conflict, limit: limitOf(conflict) })),
    })),
    warnings: check.warnings.map(({ screens, dates, load }) => ({ screens: [...screens], dates: [...dates], load })),
    counts: check.counts.map((count) => ({ ...count })),
  };
}

const limitOf = ({ kind, limit }: Conflict): 'hour' | 'min-gap' | 'max-gap' | null =>
  kind === 'max-gap' ? 'max-gap' : (limit ?? null);
