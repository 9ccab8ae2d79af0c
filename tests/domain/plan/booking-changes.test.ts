/** Which dates, screens and promises a change of the catalogue makes the booking check look at, and what counts as worse than before. */
import { describe, expect, test } from 'vitest';
import type { Campaign, Commitment } from '../../../domain/catalogue/campaign.ts';
import type { Slogan } from '../../../domain/catalogue/content.ts';
import type { Screen } from '../../../domain/catalogue/organisation.ts';
import type { BookingState } from '../../../domain/plan/booking-side.ts';
import { type BookingCheck, checkBooking } from '../../../domain/plan/check-booking.ts';
import { byId } from '../../helpers/by-id.ts';
import { campaignOf, fleetScreen, largeFleet, promiseOf } from '../../helpers/large-fleet.ts';

const TODAY = '2026-07-01';
const EVENING = [{ from: '17:00', to: '18:00' }];

const flightOf = (from: string, to: string): Pick<Campaign, 'flights'> => ({
  flights: [{ id: 'f', name: 'f', nameEn: null, from, to, extendedTo: null }],
});
/** A campaign of a film of a minute, for the first week of July. */
const filmOf = (id: string, promise: Commitment, over: Partial<Campaign> = {}): Campaign =>
  campaignOf(id, 0, {
    creatives: [{ item: 'card-60', durationMs: null, weight: 1, flights: [] }],
    commitments: [promise],
    ...flightOf('2026-07-01', '2026-07-07'),
    ...over,
  });
const minutes = (id: string, minPlays: number, over: Partial<Campaign> = {}): Campaign =>
  filmOf(id, promiseOf('min', minPlays), over);
const together = (id: string, minPlays: number, over: Partial<Campaign> = {}): Campaign =>
  filmOf(id, promiseOf('min', minPlays, { scope: 'target' }), over);

/** Screens open from 05:00 to 23:00 (1080 minutes), with `campaigns`. */
function stateOf(campaigns: Campaign[], screens: Screen[] = [fleetScreen(0, 1)]): BookingState {
  return { ...largeFleet(0, 0), screens: byId(screens), campaigns: byId(campaigns) };
}
const check = (before: BookingState, after: BookingState, booked: string | null = null): BookingCheck =>
  checkBooking({ before, after, dateOf: () => TODAY, booked });
const datesOf = ({ problems }: BookingCheck): (readonly string[])[] => problems.map(({ dates }) => dates);

describe('days that a change may touch', () => {
  test('[K2] a promise of today alone is looked at', () => {
    const today = minutes('a', 1081, flightOf(TODAY, TODAY));
    expect(datesOf(check(stateOf([]), stateOf([today])))).toEqual([[TODAY]]);
  });

  test('[K1] days that are over are not, of a promise that began before them', () => {
    const begun = flightOf('2026-06-01', '2026-07-02');
    expect(datesOf(check(stateOf([]), stateOf([minutes('a', 1081, begun)])))).toEqual([[TODAY, '2026-07-02']]);
    expect(datesOf(check(stateOf([]), stateOf([together('a', 1081, begun)])))).toEqual([[TODAY, '2026-07-02']]);
  });

  test.each([
    ['a', 'b'],
    ['b', 'a'],
  ])('[K1] of two promises that change those of both are, the earlier named %s', (early, late) => {
    const first = minutes(early, 1081, flightOf('2026-07-02', '2026-07-02'));
    const second = minutes(late, 1082, flightOf('2026-07-05', '2026-07-05'));
    expect(datesOf(check(stateOf([]), stateOf([first, second])))).toEqual([['2026-07-02'], ['2026-07-05']]);
  });

  test('[K1] those between them are, where another promise came short already and now more so', () => {
    const both = stateOf([minutes('a', 1000), minutes('b', 100, flightOf('2026-07-03', '2026-07-06'))]);
    const longer = minutes('b', 100, flightOf('2026-07-02', '2026-07-07'));
    expect(datesOf(check(both, stateOf([minutes('a', 1000), longer])))).toEqual([['2026-07-02', '2026-07-07']]);
  });
});

describe('programs that mean nothing', () => {
  const faulty = minutes('a', 10, { frontLoad: 7 });

  test('[K2] they are told of when a promise changes, and nothing of their days is said', () => {
    const { faults, problems } = check(stateOf([faulty]), stateOf([faulty, minutes('b', 1081)]));
    expect(faults).toMatchObject([{ screen: 'screen-00000', faults: [{ code: 'front-load' }] }]);
    expect(problems).toEqual([]);
  });

  test('[K2] they are told of when hours change', () => {
    const shorter = { ...fleetScreen(0, 1), openingHours: [{ days: ['mon' as const], from: '05:00', to: '22:00' }] };
    expect(check(stateOf([faulty]), stateOf([faulty], [shorter])).faults).toHaveLength(1);
  });

  test('[K2] where nothing changes they are not looked at', () => {
    expect(check(stateOf([faulty]), stateOf([faulty])).faults).toEqual([]);
    const renamed = { ...fleetScreen(0, 1), name: 'renamed' };
    expect(check(stateOf([faulty]), stateOf([faulty], [renamed])).faults).toEqual([]);
  });

  test('[K1] a count that is shared out, now or before, makes all promises of its screens be looked at', () => {
    const shared = together('b', 10);
    expect(check(stateOf([faulty, shared]), stateOf([faulty, shared])).faults).toHaveLength(1);
    expect(check(stateOf([faulty, shared]), stateOf([faulty])).faults).toHaveLength(1);
  });
});

describe('withdrawn content', () => {
  test('[WD4] its room stays booked', () => {
    const before = stateOf([minutes('a', 600)]);
    const slogans = new Map([...before.slogans].map(([id, one]) => [id, { ...one, withdrawnAtMs: 1 }]));
    const other = campaignOf('b', 0, {
      creatives: [{ item: 'still', durationMs: null, weight: 1, flights: [] }],
      ...flightOf(TODAY, TODAY),
    });
    const card = before.slogans.get('card-60');
    if (!card) throw new RangeError('no card');
    const still = { ...card, id: 'still' };
    const withdrawn: BookingState = { ...before, slogans: new Map<string, Slogan>(slogans).set('still', still) };
    const booked = (minPlays: number): BookingState => ({
      ...withdrawn,
      campaigns: new Map(before.campaigns).set('b', { ...other, commitments: [promiseOf('min', minPlays)] }),
    });
    expect(check(withdrawn, booked(480)).problems).toEqual([]);
    expect(check(withdrawn, booked(481)).problems).toMatchObject([
      { dates: [TODAY], conflicts: [{ kind: 'overbooked' }] },
    ]);
  });
});

describe('what is worse', () => {
  test('[K3] a smaller count is, though it overflows by no more', () => {
    const before = stateOf([minutes('a', 75, { dayParts: EVENING })]);
    const shorter = [{ from: '17:00', to: '17:50' }];
    const { problems } = check(before, stateOf([minutes('a', 65, { dayParts: shorter })]));
    expect(problems).toMatchObject([{ conflicts: [{ overflowMs: 15 * 60_000, fits: 50 }] }]);
    expect(check(before, stateOf([minutes('a', 75, { dayParts: EVENING, name: 'x' })])).problems).toEqual([]);
  });

  test('[K3] a count for all screens together that never fitted and is no worse is not a problem, nor are counts said', () => {
    const before = stateOf([together('a', 1200)]);
    const after = stateOf([together('a', 1190)]);
    expect(check(before, after, 'a')).toMatchObject({ problems: [], counts: [] });
    expect(check(before, stateOf([together('a', 1201)]), 'a').counts).toEqual([
      { commitment: 'min', fits: 1080, isEnough: true },
    ]);
  });

  test('[K4] without a campaign that is booked no counts are said', () => {
    const { problems, counts } = check(stateOf([]), stateOf([minutes('a', 1081)]));
    expect(problems).toHaveLength(1);
    expect(counts).toEqual([]);
  });

  test('[K4] dates come in their order, also of counts for all screens together', () => {
    const late = together('a', 1081, flightOf('2026-07-05', '2026-07-05'));
    const early = together('b', 1081, flightOf('2026-07-02', '2026-07-02'));
    const same = together('c', 1081, {
      flights: ['2026-07-04', '2026-07-03'].map((date, k) => ({
        ...{ id: `f${k}`, name: 'f', nameEn: null, extendedTo: null },
        from: date,
        to: date,
      })),
    });
    expect(datesOf(check(stateOf([]), stateOf([late, early, same])))).toEqual([
      ['2026-07-02'],
      ['2026-07-03'],
      ['2026-07-04'],
      ['2026-07-05'],
    ]);
  });
});
