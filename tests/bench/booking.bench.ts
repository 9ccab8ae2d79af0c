/** What the booking check costs on a large fleet, against planning every screen and day by itself. */
import type { Campaign } from '../../domain/catalogue/campaign.ts';
import type { BookingState } from '../../domain/plan/booking-side.ts';
import { buildProgram, campaignsOf } from '../../domain/plan/build-program.ts';
import { checkBooking } from '../../domain/plan/check-booking.ts';
import { planDay } from '../../domain/plan/plan-day.ts';
import { serviceDates } from '../../domain/time/service-dates.ts';
import { addDays } from '../../domain/time/zone-time.ts';
import { sha256 } from '../../server/sha256.ts';
import { campaignOf, largeFleet, promiseOf } from '../helpers/large-fleet.ts';
import { type Figure, median } from './figure.ts';

const SCREENS = 10_000;
/** Screens planned one by one for the reference; it is the same for each of them, so that few say enough. */
const SAMPLE = 20;
const NOW_MS = Date.parse('2026-06-30T00:00:00Z');
const FROM = '2026-07-01';
const TO = '2026-09-28';

/**
 * A campaign of 90 days on 10,000 screens of 60 kinds with 20 live campaigns: one that fits, one that is tight, one that does not fit, one that does not
 * fit within an hourly limit that just binds, one that is more than a day.
 */
export function benchBooking(report: (figure: Figure) => void): void {
  const before = largeFleet(SCREENS, 20);
  const single = referenceMs(with1(before, campaignOf('new', 30)));
  for (const [name, minPlays, maxPlaysPerHour] of [
    ['booking-check-10k-screens-ms', 30, null],
    ['booking-check-10k-tight-ms', 1000, null],
    ['booking-check-10k-misfit-ms', 3000, null],
    ['booking-check-10k-limited-ms', 3000, 220],
    ['booking-check-10k-gross-ms', 9000, null],
  ] as const) {
    const campaign = campaignOf('new', minPlays, { commitments: [promiseOf('min', minPlays, { maxPlaysPerHour })] });
    const samples = Array.from({ length: 5 }, () => checkMs(before, campaign));
    const value = median(samples.slice(1));
    report({ name, value, unit: 'ms', reference: 'every screen and day by itself (estimated)', ratio: value / single });
  }
}

const with1 = (state: BookingState, campaign: Campaign): BookingState => ({
  ...state,
  campaigns: new Map(state.campaigns).set(campaign.id, campaign),
});

function checkMs(before: BookingState, campaign: Campaign): number {
  const started = performance.now();
  checkBooking({ before, after: with1(before, campaign), dateOf: serviceDates(NOW_MS), booked: campaign.id });
  return performance.now() - started;
}

/** All screens one by one, from the time of a sample of them. */
function referenceMs(state: BookingState): number {
  const dateOf = serviceDates(NOW_MS);
  const screens = [...state.screens.values()].slice(0, SAMPLE);
  const started = performance.now();
  for (const screen of screens) {
    const date = dateOf(screen);
    const program = buildProgram(screen, campaignsOf(screen, state, date), state, date, sha256);
    for (let day = FROM; day <= TO; day = addDays(day, 1)) planDay(program, day, {}, 0);
  }
  return ((performance.now() - started) / screens.length) * SCREENS;
}
