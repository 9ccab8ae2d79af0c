/** The largest counts that fit on all days of a campaign beside what everybody else has promised. */
import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../../domain/catalogue/campaign.ts';
import type { FailingDay } from '../../../domain/plan/booking-findings.ts';
import { bookingMemo, bookingSide } from '../../../domain/plan/booking-side.ts';
import { type FittingCount, fittingCounts } from '../../../domain/plan/fitting-counts.ts';
import { screenKinds } from '../../../domain/plan/screen-kinds.ts';
import type { Weekday } from '../../../domain/time/weekday.ts';
import { addDays, type LocalDate, weekdayOf } from '../../../domain/time/zone-time.ts';
import { campaignOf, largeFleet, promiseOf } from '../../helpers/large-fleet.ts';

/** A Wednesday. */
const TODAY = '2026-07-01';
const MINUTE_FILM = [{ item: 'card-60', durationMs: null, weight: 1, flights: [] }];
const EVENING = [{ from: '17:00', to: '19:00' }];
const NOON = [{ from: '11:00', to: '13:00' }];

/** A campaign of a film of a minute on all screens. */
const booked = (id: string, minPlays: number, over: Partial<Campaign> = {}): Campaign =>
  campaignOf(id, minPlays, { creatives: MINUTE_FILM, ...over });

/**
 * The counts of campaign `new` that fit beside `campaigns` where these dates fail, each as full as said. The first screen is open for 18
 * hours, the second for 16.
 */
function fitting(
  campaigns: Campaign[],
  days: [LocalDate, number][],
  { screens = 1, id = 'new' }: { screens?: number; id?: string } = {},
): FittingCount[] {
  const state = { ...largeFleet(screens, 0), campaigns: new Map(campaigns.map((one) => [one.id, one])) };
  const memo = bookingMemo();
  const side = bookingSide(
    state,
    screenKinds(state.screens.values(), state, () => TODAY),
    memo,
  );
  const failing = days.flatMap(([date, load]): FailingDay[] =>
    side.kinds.map((kind) => ({ kind, day: { date, weekday: weekdayOf(date) }, load })),
  );
  return fittingCounts({ state, side, memo, booked: id, failing });
}

const min = (fits: number, isEnough = true): FittingCount[] => [{ commitment: 'min', fits, isEnough }];
const on = (...weekdays: Weekday[]): Pick<Campaign, 'weekdays'> => ({ weekdays });

describe('the largest counts that fit', () => {
  test('[K4] a campaign gets what everybody else leaves, whatever its priority', () => {
    const first = [promiseOf('min', 100, { priority: 9 })];
    expect(fitting([booked('other', 1000), booked('new', 100)], [[TODAY, 1]])).toEqual(min(80));
    expect(fitting([booked('other', 1000), booked('new', 100, { commitments: first })], [[TODAY, 1]])).toEqual(min(80));
  });

  test('[K4] only what has to be lowered is named', () => {
    const commitments = [promiseOf('evening', 130, { dayParts: EVENING }), promiseOf('noon', 100, { dayParts: NOON })];
    const campaign = booked('new', 0, { commitments });
    expect(fitting([campaign], [[TODAY, 1]])).toEqual([{ commitment: 'evening', fits: 120, isEnough: true }]);
    expect(fitting([booked('new', 100)], [[TODAY, 1]])).toEqual([]);
    expect(fitting([booked('other', 10)], [[TODAY, 1]])).toEqual([]);
  });

  test('[K4] where the others do not fit even without it, no count is enough', () => {
    expect(fitting([booked('other', 1200), booked('new', 100)], [[TODAY, 1]])).toEqual(min(0, false));
  });
});

describe('many days', () => {
  const commitments = [promiseOf('min', 100, { dayParts: EVENING })];
  const evenings = booked('new', 0, { commitments });
  const other = (id: string, plays: number, days: Pick<Campaign, 'weekdays'>): Campaign =>
    booked(id, 0, { ...days, commitments: [promiseOf('min', plays, { dayParts: EVENING })] });
  const campaigns = [
    evenings,
    other('sundays', 60, on('sun')),
    other('other-days', 50, on('mon', 'tue', 'wed', 'thu', 'fri', 'sat')),
  ];
  const workdays: [LocalDate, number][] = ['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04'].map((date) => [
    date,
    0.9,
  ]);

  test('[K4] the count fits on all of them, not only on the fullest', () => {
    expect(fitting(campaigns, workdays)).toEqual(min(70));
    expect(fitting(campaigns, [...workdays, ['2026-07-05', 0.5]])).toEqual(min(60));
    expect(fitting(campaigns, [['2026-07-05', 0.5], ...workdays])).toEqual(min(60));
  });

  test('[K4] where more fail than are looked at, the fullest are, and nobody says that it is enough', () => {
    const fails = (count: number): [LocalDate, number][] =>
      Array.from({ length: count }, (_, k) => [addDays('2026-07-06', (k % 6) + 7 * (k % 8)), 0.9]);
    expect(fitting(campaigns, fails(200))).toEqual(min(70));
    expect(fitting(campaigns, fails(201))).toEqual(min(70, false));
    expect(fitting(campaigns, [['2026-07-05', 0.5], ...fails(200)])).toEqual(min(70, false));
    expect(fitting(campaigns, [['2026-07-05', 0.95], ...fails(200)])).toEqual(min(60, false));
  });
});

describe('a count for all screens together', () => {
  const together = (minPlays: number, over: Partial<Campaign> = {}): Campaign =>
    booked('new', 0, { commitments: [promiseOf('min', minPlays, { scope: 'target' })], ...over });

  test('[K4] it is as large as the room of all of them, not of one', () => {
    expect(fitting([together(3000)], [[TODAY, 1]], { screens: 2 })).toEqual(min(1080 + 960));
    expect(fitting([together(2040)], [[TODAY, 1]], { screens: 2 })).toEqual([]);
  });

  test('[K4] days to come are looked at, those over are not', () => {
    const flight = (from: LocalDate, to: LocalDate) => ({
      flights: [{ id: 'f', name: 'f', nameEn: null, from, to, extendedTo: null }],
    });
    const june = booked('june', 100, flight('2026-06-01', '2026-06-20'));
    const later = booked('later', 100, flight('2026-07-03', '2026-07-03'));
    const own = together(3000, flight('2026-06-01', '2026-07-02'));
    expect(fitting([own, june, later], [[TODAY, 1]], { screens: 2 })).toEqual(min(2040));
    const longer = together(3000, flight('2026-06-01', '2026-07-03'));
    expect(fitting([longer, june, later], [[TODAY, 1]], { screens: 2 })).toEqual(min(1840));
    const sundays = booked('sundays', 100, { ...flight('2026-06-01', '2026-07-31'), ...on('sun') });
    expect(fitting([own, sundays], [[TODAY, 1]], { screens: 2 })).toEqual(min(2040));
    const coming = together(3000, flight('2026-07-03', '2026-07-04'));
    expect(fitting([coming, later], [['2026-07-04', 1]], { screens: 2 })).toEqual(min(1840));
  });
});
