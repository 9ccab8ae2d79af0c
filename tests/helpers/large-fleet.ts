/** A fleet of thousands of screens in a few dozen kinds, with campaigns booked on them. */
import type { Campaign, Commitment } from '../../domain/catalogue/campaign.ts';
import type { Playlist, Slogan } from '../../domain/catalogue/content.ts';
import type { Screen, Unit } from '../../domain/catalogue/organisation.ts';
import type { BookingState } from '../../domain/plan/booking-side.ts';
import { WEEKDAYS } from '../../domain/time/weekday.ts';
import { byId } from './by-id.ts';
import { PLACEMENT } from './sample-entities.ts';

const ZONES = ['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Hong_Kong'];
const HOURS = [
  ['05:00', '23:00'],
  ['06:00', '22:00'],
  ['08:00', '18:00'],
  ['07:30', '21:00'],
  ['06:00', '25:00'],
] as const;
const LOOPS = 4;
const named = (name: string): { name: string; nameEn: null } => ({ name, nameEn: null });

/** A promise of `minPlays` a day for each screen; `over` changes what a test is about. */
export const promiseOf = (id: string, minPlays: number, over: Partial<Commitment> = {}): Commitment => ({
  id,
  scope: 'screen',
  minPlays,
  minShare: null,
  minAirtimeShare: null,
  exactTimes: [],
  maxGapMin: null,
  minConsecutiveDays: null,
  maxPlaysPerHour: null,
  minGapMin: null,
  dayParts: [],
  priority: 0,
  ...over,
});

/** A live campaign of one card on all screens of the town, from July to September 2026; `over` changes what a test is about. */
export const campaignOf = (id: string, minPlays: number, over: Partial<Campaign> = {}): Campaign => ({
  id,
  ...named(id),
  unitId: 'town',
  state: 'live',
  flights: [{ id: 'f', ...named('f'), from: '2026-07-01', to: '2026-09-28', extendedTo: null }],
  weekdays: [...WEEKDAYS],
  dayParts: [],
  creatives: [{ item: 'card-15', durationMs: null, weight: 1, flights: [] }],
  targets: { units: ['town'], venues: [], tags: [], screens: [] },
  commitments: [promiseOf('min', minPlays)],
  frontLoad: 0.75,
  separation: null,
  extendDays: 0,
  overrideReason: null,
  ...over,
});

const cardOf = (seconds: number): Slogan => ({
  id: `card-${seconds}`,
  ...named(`${seconds}`),
  unitId: 'town',
  text: `${seconds}`,
  textEn: null,
  shape: 'card',
  theme: 'red',
  durationMs: seconds * 1000,
  withdrawnAtMs: null,
});

const loopOf = (k: number): Playlist => ({
  id: `loop-${k}`,
  ...named(`${k}`),
  unitId: 'town',
  items: Array.from({ length: 12 }, (_, n) => ({
    ...PLACEMENT,
    item: `card-${8 + ((n * (k + 3)) % 13)}`,
  })),
  ticker: [],
});

/** Screen number `k`: of one of 60 pairs of zone, hours and loop. */
export function fleetScreen(k: number, districts: number): Screen {
  const [from, to] = HOURS[k % HOURS.length] ?? HOURS[0];
  return {
    id: `screen-${String(k).padStart(5, '0')}`,
    ...named(`${k}`),
    kind: 'player',
    unitId: `district-${k % districts}`,
    siteId: 'site',
    venue: 'bus-stop',
    tags: [],
    timeZone: ZONES[Math.floor(k / HOURS.length) % ZONES.length] ?? 'Asia/Shanghai',
    openingHours: [{ days: [...WEEKDAYS], from, to }],
    orientation: 'landscape',
    rotation: 0,
    sound: null,
    syncGroup: null,
    loopId: `loop-${Math.floor(k / (HOURS.length * ZONES.length)) % LOOPS}`,
  };
}

/** A catalogue of `count` screens in 60 kinds with `booked` campaigns of three months, some of them in phases. */
export function largeFleet(count: number, booked: number): BookingState {
  const districts = 20;
  const units: Unit[] = [
    { id: 'town', ...named('town'), parentId: null },
    ...Array.from({ length: districts }, (_, k) => ({ id: `district-${k}`, ...named(`${k}`), parentId: 'town' })),
  ];
  const campaigns = Array.from({ length: booked }, (_, k) =>
    campaignOf(`booked-${String(k).padStart(2, '0')}`, 20 + ((k * 7) % 40), {
      creatives: [{ item: `card-${10 + (k % 20)}`, durationMs: null, weight: 1, flights: [] }],
      flights: [
        {
          id: 'f',
          ...named('f'),
          from: `2026-0${6 + (k % 3)}-${String(1 + k).padStart(2, '0')}`,
          to: '2026-10-31',
          extendedTo: null,
        },
      ],
    }),
  );
  return {
    units: byId(units),
    media: new Map(),
    slogans: byId(Array.from({ length: 60 }, (_, k) => cardOf(k + 3))),
    streams: new Map(),
    playlists: byId(Array.from({ length: LOOPS }, (_, k) => loopOf(k))),
    campaigns: byId(campaigns),
    screens: byId(Array.from({ length: count }, (_, k) => fleetScreen(k, districts))),
  };
}
