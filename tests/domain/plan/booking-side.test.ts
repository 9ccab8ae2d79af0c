/** A catalogue before the booking check: a count for all screens is shared out by room, and days that plan alike are checked once. */
import { describe, expect, test } from 'vitest';
import type { Campaign, Commitment } from '../../../domain/catalogue/campaign.ts';
import { type BookingSide, bookingMemo, bookingSide } from '../../../domain/plan/booking-side.ts';
import type { CalendarDay } from '../../../domain/plan/day-keys.ts';
import { screenKinds } from '../../../domain/plan/screen-kinds.ts';
import { type LocalDate, weekdayOf } from '../../../domain/time/zone-time.ts';
import { campaignOf, largeFleet, promiseOf } from '../../helpers/large-fleet.ts';

/** A Wednesday. */
const TODAY = '2026-07-01';
const at = (time: string): number => Date.parse(`${TODAY}T${time}:00+08:00`);
const dayOn = (date: LocalDate): CalendarDay => ({ date, weekday: weekdayOf(date) });

/** A campaign of a film of a minute. */
const booked = (id: string, promise: Commitment, over: Partial<Campaign> = {}): Campaign =>
  campaignOf(id, 0, {
    creatives: [{ item: 'card-60', durationMs: null, weight: 1, flights: [] }],
    commitments: [promise],
    ...over,
  });
/** So many plays a day promised on all screens together. */
const together = (minPlays: number, over: Partial<Commitment> = {}): Commitment =>
  promiseOf('min', minPlays, { scope: 'target', ...over });

/** Two screens, open for 18 hours and for 16, with `campaigns`. */
function sideOf(...campaigns: Campaign[]): BookingSide {
  const state = { ...largeFleet(2, 0), campaigns: new Map(campaigns.map((one) => [one.id, one])) };
  return bookingSide(
    state,
    screenKinds(state.screens.values(), state, () => TODAY),
    bookingMemo(),
  );
}

/** What each of the two screens gets of every promise on a day. */
const givenOn = (side: BookingSide, date = TODAY): Record<string, number>[] =>
  side.kinds.map((kind) => Object.fromEntries(side.check(kind, dayOn(date)).given));
const conflictsOn = (side: BookingSide, date = TODAY) =>
  side.targetConflicts(dayOn(date)).map(({ conflict }) => conflict);

describe('a count for all screens together', () => {
  test('[K1] is shared out by the room of each', () => {
    const side = sideOf(booked('a', together(1020)));
    expect(side.hasShared).toBe(true);
    expect(givenOn(side)).toEqual([{ 'a.min.f': 540 }, { 'a.min.f': 480 }]);
    expect(conflictsOn(side)).toEqual([]);
    expect(conflictsOn(sideOf(booked('a', together(2040))))).toEqual([]);
  });

  test('[K1] [K4] that has no room says by how much, and where', () => {
    const side = sideOf(booked('a', together(2041)));
    expect(side.targetConflicts(dayOn(TODAY))).toEqual([
      {
        conflict: {
          kind: 'overbooked',
          commitments: ['a.min.f'],
          startMs: at('05:00'),
          endMs: at('23:00'),
          overflowMs: 60_000,
          fits: 2040,
        },
        screens: ['screen-00000', 'screen-00001'],
      },
    ]);
    expect(givenOn(side)).toEqual([{ 'a.min.f': 1080 }, { 'a.min.f': 960 }]);
  });

  test('[K1] leaves what the screens have promised by themselves, and names it', () => {
    const own = booked('own', promiseOf('min', 100));
    const none = booked('none', promiseOf('min', 0));
    const sundays = booked('sundays', promiseOf('min', 100), { weekdays: ['sun'] });
    const later = booked('later', promiseOf('min', 100), {
      flights: [{ id: 'f', name: 'f', nameEn: null, from: '2026-07-02', to: '2026-07-02', extendedTo: null }],
    });
    const side = sideOf(booked('a', together(3000)), own, none, sundays, later);
    expect(conflictsOn(side)).toMatchObject([{ commitments: ['a.min.f', 'own.min.f'], fits: 1840 }]);
    expect(conflictsOn(side, '2026-07-02')).toMatchObject([
      { commitments: ['a.min.f', 'later.min.f', 'own.min.f'], fits: 1640 },
    ]);
    expect(conflictsOn(side, '2026-07-03')).toMatchObject([{ commitments: ['a.min.f', 'own.min.f'], fits: 1840 }]);
  });

  test('[K1] runs on its own days only', () => {
    const flights = [{ id: 'f', name: 'f', nameEn: null, from: '2026-07-02', to: '2026-07-08', extendedTo: null }];
    const side = sideOf(booked('a', together(3000), { flights, weekdays: ['wed', 'thu'] }));
    const failing = ['01', '02', '03', '08', '09'].filter((day) => conflictsOn(side, `2026-07-${day}`).length > 0);
    expect(failing).toEqual(['02', '08']);
  });

  test('[K1] in hours in which no screen is open has no window', () => {
    const side = sideOf(booked('a', together(5, { dayParts: [{ from: '03:00', to: '04:00' }] })));
    expect(conflictsOn(side)).toMatchObject([{ kind: 'no-window', fits: 0, overflowMs: 300_000 }]);
  });

  test('[P9] the most important gets its room first, among equals the first by id', () => {
    const shared = (first: number, second: number) =>
      conflictsOn(
        sideOf(booked('b', together(2000, { priority: second })), booked('a', together(2000, { priority: first }))),
      ).map(({ commitments }) => commitments[0]);
    expect(shared(0, 0)).toEqual(['b.min.f']);
    expect(shared(1, 0)).toEqual(['b.min.f']);
    expect(shared(0, 1)).toEqual(['a.min.f']);
    const side = sideOf(booked('a', together(2000)), booked('b', together(100)));
    // Of the 80 plays that are left each screen counts what it surely has.
    expect(conflictsOn(side)).toMatchObject([{ kind: 'overbooked', fits: 21 + 18 }]);
  });

  test('[P9] among equals the first by id gets its room first, also where it runs on fewer screens', () => {
    const second = { targets: { units: [], venues: [], tags: [], screens: ['screen-00001'] } };
    const side = sideOf(booked('b', together(1081)), booked('a', together(960), second));
    expect(conflictsOn(side)).toMatchObject([{ commitments: ['b.min.f'], fits: 1080 }]);
    expect(givenOn(side)).toEqual([{ 'b.min.f': 1080 }, { 'a.min.f': 960, 'b.min.f': 0 }]);
  });

  test('[K1] findings on the same screens bear one and the same list of them', () => {
    const side = sideOf(booked('a', together(3000)));
    const [first] = side.targetConflicts(dayOn(TODAY));
    const [second] = side.targetConflicts(dayOn('2026-07-02'));
    expect(second?.screens).toBe(first?.screens);
  });

  test('[P29] [K1] exact times are of each screen by itself', () => {
    const exact = together(1, { exactTimes: ['12:00'] });
    const side = sideOf(booked('a', exact));
    expect(side.hasShared).toBe(false);
    expect(givenOn(side)).toEqual([{ 'a.min.f': 1 }, { 'a.min.f': 1 }]);
  });
});

describe('days of one check', () => {
  test('[P24] days that plan alike are checked once, whatever their date', () => {
    const side = sideOf(booked('a', promiseOf('min', 1100)));
    const [kind] = side.kinds;
    if (!kind) throw new RangeError('no screen');
    const check = side.check(kind, dayOn(TODAY));
    expect(check.conflicts).toHaveLength(1);
    expect(side.check(kind, dayOn('2026-07-02'))).toBe(check);
    expect(side.keyOf(kind, dayOn('2026-07-02'))).toBe(side.keyOf(kind, dayOn(TODAY)));
    expect(side.program(kind)).toBe(side.program(kind));
  });

  test('[P24] parts of counts tell days apart', () => {
    const weekdays = booked('w', promiseOf('min', 100), { weekdays: ['wed'] });
    const side = sideOf(booked('a', together(1020)), weekdays);
    const [kind] = side.kinds;
    if (!kind) throw new RangeError('no screen');
    expect(side.keyOf(kind, dayOn(TODAY))).toContain('|a.min.f=544');
    expect(side.keyOf(kind, dayOn('2026-07-02'))).toContain('|a.min.f=540');
  });

  test('[K1] without such counts nothing is asked of all screens together', () => {
    const side = sideOf(booked('a', promiseOf('min', 5000)));
    expect([side.hasShared, side.targetConflicts(dayOn(TODAY))]).toEqual([false, []]);
  });
});
