/** The booking check of a whole catalogue: what it looks at, what it says of an overflow, and which changes it holds against a booking. */
import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../../domain/catalogue/campaign.ts';
import type { Screen } from '../../../domain/catalogue/organisation.ts';
import type { BookingState } from '../../../domain/plan/booking-side.ts';
import { buildProgram, campaignsOf } from '../../../domain/plan/build-program.ts';
import { type BookingCheck, checkBooking } from '../../../domain/plan/check-booking.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import { serviceDates } from '../../../domain/time/service-dates.ts';
import { addDays } from '../../../domain/time/zone-time.ts';
import { campaignOf, largeFleet, promiseOf } from '../../helpers/large-fleet.ts';

const NOW_MS = Date.parse('2026-06-30T00:00:00Z');
const dateOf = serviceDates(NOW_MS);
const NO_HASH = (): Uint8Array => new Uint8Array(32);
const FLIGHT = { id: 'f', name: 'f', nameEn: null, from: '2026-07-06', to: '2026-07-19', extendedTo: null };

const withCampaign = (state: BookingState, campaign: Campaign): BookingState => ({
  ...state,
  campaigns: new Map(state.campaigns).set(campaign.id, campaign),
});
const withScreen = (state: BookingState, screen: Screen): BookingState => ({
  ...state,
  screens: new Map(state.screens).set(screen.id, screen),
});
const booked = (before: BookingState, campaign: Campaign): BookingCheck =>
  checkBooking({ before, after: withCampaign(before, campaign), dateOf, booked: campaign.id });
const changed = (before: BookingState, after: BookingState): BookingCheck =>
  checkBooking({ before, after, dateOf, booked: null });

/** One screen, open from 08:00 to 18:00 (600 minutes), and campaigns of a card of 60 s each. */
function oneScreen(campaigns: Campaign[], over: Partial<Screen> = {}): BookingState {
  const fleet = largeFleet(1, 0);
  const [screen] = fleet.screens.values();
  if (!screen) throw new Error('no screen');
  const openingHours = [{ days: screen.openingHours[0]?.days ?? [], from: '08:00', to: '18:00' }];
  const one = { ...screen, openingHours, ...over };
  return {
    ...fleet,
    screens: new Map([[one.id, one]]),
    campaigns: new Map(campaigns.map((c) => [c.id, c])),
  };
}
const minuteFilms = (id: string, minPlays: number, over: Partial<Campaign> = {}): Campaign =>
  campaignOf(id, minPlays, {
    creatives: [{ item: 'card-60', durationMs: null, weight: 1, flights: [] }],
    flights: [FLIGHT],
    ...over,
  });
const screenOf = (state: BookingState): Screen => {
  const [screen] = state.screens.values();
  if (!screen) throw new Error('no screen');
  return screen;
};

/** Every date on which a screen does not keep everything, found by planning each screen and date by itself. */
function failingByItself(state: BookingState, from: string, to: string): string[] {
  const failing: string[] = [];
  for (const screen of state.screens.values()) {
    const program = buildProgram(screen, campaignsOf(screen, state, dateOf(screen)), state, dateOf(screen), NO_HASH);
    for (let date = from; date <= to; date = addDays(date, 1)) {
      if (!planDay(program, date, {}, 0).feasible) failing.push(`${screen.id} ${date}`);
    }
  }
  return failing;
}
const failingOf = ({ problems }: BookingCheck): string[] =>
  problems.flatMap(({ screens, dates }) => screens.flatMap((id) => dates.map((date) => `${id} ${date}`))).sort();

describe('what is checked', () => {
  test('[K1] screens and days taken together fail exactly where each by itself does', () => {
    const before = largeFleet(31, 12);
    const campaign = campaignOf('new', 560, {
      creatives: [{ item: 'card-60', durationMs: null, weight: 1, flights: [] }],
      flights: [{ ...FLIGHT, from: '2026-07-30', to: '2026-08-04' }],
    });
    const check = booked(before, campaign);
    const alone = failingByItself(withCampaign(before, campaign), '2026-07-30', '2026-08-04');
    expect(alone.length).toBeGreaterThan(30);
    expect(failingOf(check)).toEqual(alone);
  });

  test('[K1] of ten thousand screens one program is made for each kind, before and after', () => {
    let made = 0;
    const fleet = largeFleet(10_000, 3);
    const counted: BookingState = {
      ...fleet,
      playlists: new Proxy(fleet.playlists, {
        get(map, name) {
          if (name === 'get') made += 1;
          const value: unknown = Reflect.get(map, name);
          return typeof value === 'function' ? value.bind(map) : value;
        },
      }),
    };
    expect(booked(counted, campaignOf('new', 20)).problems).toEqual([]);
    expect(made).toBe(2 * 60);
  });

  test('[K2] drafts and campaigns that have ended are not checked, nor are days on which nothing changes', () => {
    const before = oneScreen([minuteFilms('a', 400)]);
    expect(booked(before, minuteFilms('b', 400, { state: 'draft' })).problems).toEqual([]);
    expect(booked(before, minuteFilms('b', 400, { state: 'ended' })).problems).toEqual([]);
    const later = { ...FLIGHT, from: '2026-07-20', to: '2026-07-31' };
    expect(booked(before, minuteFilms('b', 400, { flights: [later] })).problems).toEqual([]);
    expect(booked(before, minuteFilms('b', 400)).problems).toHaveLength(1);
  });

  test('[K3] what did not fit before and is no worse is not held against a change', () => {
    const before = oneScreen([minuteFilms('a', 400), minuteFilms('b', 400)]);
    expect(booked(before, minuteFilms('c', 0, { commitments: [promiseOf('min', 0)] })).problems).toEqual([]);
    const more = booked(before, minuteFilms('c', 1));
    expect(more.problems).toHaveLength(1);
    expect(changed(before, withCampaign(before, minuteFilms('b', 390))).problems).toEqual([]);
    expect(changed(before, withCampaign(before, minuteFilms('b', 410))).problems).toHaveLength(1);
  });
});

describe('what is said', () => {
  test('[K4] an overflow names its interval, by how much, who is in it and what would fit', () => {
    const evening = [{ from: '17:00', to: '18:00' }];
    const before = oneScreen([minuteFilms('a', 40, { dayParts: evening }), minuteFilms('b', 100)]);
    const { problems, counts } = booked(before, minuteFilms('c', 35, { dayParts: evening }));
    const at = (clock: string): number => Date.parse(`2026-07-06T${clock}:00+08:00`);
    expect(problems).toMatchObject([
      {
        screens: [screenOf(before).id],
        conflicts: [
          {
            kind: 'overbooked',
            commitments: ['c.min.f', 'a.min.f'],
            startMs: at('17:00'),
            endMs: at('18:00'),
            overflowMs: 15 * 60_000,
            fits: 20,
          },
        ],
      },
    ]);
    expect(problems[0]?.dates).toHaveLength(14);
    expect(counts).toEqual([{ commitment: 'min', fits: 20, isEnough: true }]);
  });

  test('[K4] where another campaign comes short, the largest count that leaves it its own is found', () => {
    const before = oneScreen([minuteFilms('z', 400)]);
    const urgent = minuteFilms('urgent', 300, { commitments: [promiseOf('min', 300, { priority: 9 })] });
    const check = booked(before, urgent);
    expect(check.problems[0]?.conflicts[0]).toMatchObject({ commitments: ['z.min.f', 'urgent.min.f'], fits: 300 });
    expect(check.counts).toEqual([{ commitment: 'min', fits: 200, isEnough: true }]);
    const fitting = (minPlays: number): Campaign =>
      minuteFilms('urgent', minPlays, { commitments: [promiseOf('min', minPlays, { priority: 9 })] });
    expect(booked(before, fitting(200)).problems).toEqual([]);
    expect(booked(before, fitting(201)).problems).toHaveLength(1);
  });

  test.each([
    ['hour', { maxPlaysPerHour: 2 }, 20],
    ['min-gap', { minGapMin: 30 }, 20],
    ['hour', { maxPlaysPerHour: 2, minGapMin: 10 }, 20],
  ] as const)('[K5] the limit that binds is named: %s', (limit, over, fits) => {
    const commitments = [promiseOf('min', 30, over)];
    const [problem] = booked(oneScreen([]), minuteFilms('a', 30, { commitments })).problems;
    expect(problem?.conflicts).toMatchObject([{ kind: 'limits', limit, fits }]);
  });

  test('[K6] days fuller than 80 % are warned of, with screens, dates and how full', () => {
    const before = oneScreen([minuteFilms('a', 300)]);
    expect(booked(before, minuteFilms('b', 180)).warnings).toEqual([]);
    const { load, warnings, problems } = booked(before, minuteFilms('b', 186));
    expect(problems).toEqual([]);
    expect(load).toBeCloseTo(0.81, 6);
    expect(warnings).toMatchObject([{ screens: [screenOf(before).id] }]);
    expect(warnings[0]?.dates).toHaveLength(14);
  });
});

describe('changes of what promises stand on', () => {
  const full = (): BookingState => oneScreen([minuteFilms('a', 500)]);
  const hours = (from: string, to: string): Pick<Screen, 'openingHours'> => ({
    openingHours: [{ days: screenOf(full()).openingHours[0]?.days ?? [], from, to }],
  });

  test('[K7] opening hours: shorter ones break promises, longer ones do not', () => {
    const before = full();
    const shorter = withScreen(before, { ...screenOf(before), ...hours('09:00', '17:00') });
    expect(changed(before, shorter).problems[0]?.conflicts[0]).toMatchObject({ fits: 480, commitments: ['a.min.f'] });
    expect(changed(before, withScreen(before, { ...screenOf(before), ...hours('07:00', '20:00') })).problems).toEqual(
      [],
    );
  });

  test('[K7] targets: a tag or unit that brings a campaign onto a full screen', () => {
    const other = minuteFilms('b', 200, { targets: { units: [], venues: [], tags: ['north'], screens: [] } });
    const before = withCampaign(full(), other);
    const tagged = withScreen(before, { ...screenOf(before), tags: ['north'] });
    expect(changed(before, tagged).problems[0]?.conflicts[0]?.commitments).toEqual(['b.min.f', 'a.min.f']);
    const elsewhere = { ...other, targets: { units: ['district-9'], venues: [], tags: [], screens: [] } };
    const outside = withCampaign(full(), elsewhere);
    const units = new Map(outside.units).set('district-0', {
      id: 'district-0',
      name: '0',
      nameEn: null,
      parentId: 'district-9',
    });
    expect(changed(outside, { ...outside, units }).problems).toHaveLength(1);
  });

  test('[K7] lengths of what is promised, and a screen that comes new', () => {
    const before = full();
    const card = before.slogans.get('card-60');
    if (!card) throw new Error('no card');
    const longer = { ...before, slogans: new Map(before.slogans).set('card-60', { ...card, durationMs: 90_000 }) };
    expect(changed(before, longer).problems).toHaveLength(1);
    const none = { ...before, screens: new Map() };
    expect(changed(none, before).problems).toEqual([]);
    const tight = withScreen(none, { ...screenOf(before), ...hours('10:00', '12:00') });
    expect(changed(none, tight).problems).toHaveLength(1);
  });

  test('[K7] loops: no length of theirs costs a count, and one with nothing between plays of a tag does', () => {
    const before = oneScreen([minuteFilms('a', 500, { separation: 'charity' })]);
    const playlist = before.playlists.get(screenOf(before).loopId ?? '');
    if (!playlist) throw new Error('no loop');
    const loopOf = (items: typeof playlist.items): BookingState => ({
      ...before,
      playlists: new Map(before.playlists).set(playlist.id, { ...playlist, items }),
    });
    expect(changed(before, loopOf(playlist.items.map((item) => ({ ...item, item: 'card-12' })))).problems).toEqual([]);
    expect(changed(before, loopOf(playlist.items.map((item) => ({ ...item, item: 'card-40' })))).problems).toHaveLength(
      1,
    );
  });
});

describe('counts for a whole target', () => {
  const shared = (minPlays: number): Campaign =>
    minuteFilms('all', minPlays, { commitments: [promiseOf('sum', minPlays, { scope: 'target' })] });
  const twoScreens = (campaigns: Campaign[]): BookingState => {
    const one = oneScreen(campaigns);
    const second = {
      ...screenOf(one),
      id: 'second',
      openingHours: [{ days: ['mon' as const], from: '08:00', to: '10:00' }],
    };
    return withScreen(one, second);
  };

  test('[TW3] a count for all screens together fits where the sum of their rooms carries it on every day', () => {
    expect(booked(twoScreens([]), shared(600)).problems).toEqual([]);
    const { problems, counts } = booked(twoScreens([]), shared(610));
    // Six hundred on the one screen, and 120 on the other, which is open on Mondays only.
    expect(problems).toMatchObject([{ conflicts: [{ kind: 'overbooked', commitments: ['all.sum.f'], fits: 600 }] }]);
    expect(problems[0]?.dates).toHaveLength(12);
    expect(counts).toEqual([{ commitment: 'sum', fits: 600, isEnough: true }]);
  });

  test('[TW3] a campaign that takes the room a shared count needs is refused, and so are hours', () => {
    const before = twoScreens([shared(500)]);
    const onFirst = { targets: { units: [], venues: [], tags: [], screens: ['screen-00000'] } };
    expect(booked(before, minuteFilms('b', 100, onFirst)).problems).toEqual([]);
    // 470 are left on the first screen, and 120 more on the second on Mondays.
    const { problems } = booked(before, minuteFilms('b', 130, onFirst));
    expect(problems.flatMap(({ conflicts }) => conflicts)).toMatchObject([
      { commitments: ['all.sum.f', 'b.min.f'], fits: 470, overflowMs: 30 * 60_000 },
    ]);
    const first = screenOf(before);
    const closed = withScreen(before, { ...first, openingHours: [{ days: ['mon'], from: '08:00', to: '18:00' }] });
    expect(changed(before, closed).problems[0]?.conflicts[0]).toMatchObject({ commitments: ['all.sum.f'], fits: 0 });
  });

  test('[TW3] channels without a player have no room', () => {
    const before = oneScreen([], { kind: 'external' });
    expect(booked(before, shared(1)).problems).toEqual([]);
    const both = withScreen(oneScreen([]), { ...screenOf(before), id: 'channel' });
    expect(booked(both, shared(601)).counts).toEqual([{ commitment: 'sum', fits: 600, isEnough: true }]);
  });
});
