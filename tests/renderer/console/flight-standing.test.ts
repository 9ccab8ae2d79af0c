/** The panel of consecutive days: what is shown of a flight, and in what tone. */
import { expect, it } from 'vitest';
import type { FlightView } from '../../../protocol/http/views.ts';
import {
  FLIGHT_KINDS,
  FLIGHT_TONES,
  flightParts,
  hasBegun,
} from '../../../renderer/console/pages/campaigns/flight-standing.ts';

const flight = (over: Partial<FlightView>): FlightView => ({
  campaign: { id: 'c', name: '入户', nameEn: null },
  flight: {
    id: 'f',
    name: '一',
    nameEn: null,
    from: '2026-07-01',
    to: '2026-07-31',
    extendedTo: null,
    latest: '2026-07-31',
  },
  commitment: 'c.k.f',
  scope: 'screen',
  minConsecutiveDays: 20,
  screens: 3,
  counts: { kept: 0, reachable: 3, extendable: 0, lost: 0, unknown: 0 },
  days: { kept: 0, short: 0, unknown: 0 },
  longestRun: 0,
  shortestRun: 0,
  reachOn: '2026-07-20',
  refused: null,
  rows: [],
  ...over,
});

it('[CC34] a flight is shown once a day was judged or it cannot be kept as it stands, and only where days in a row are promised', () => {
  expect(hasBegun(flight({}))).toBe(false);
  expect(hasBegun(flight({ days: { kept: 0, short: 0, unknown: 1 } }))).toBe(true);
  expect(hasBegun(flight({ days: { kept: 9, short: 0, unknown: 0 }, minConsecutiveDays: null }))).toBe(false);
  const none = { kept: 0, reachable: 0, extendable: 0, lost: 0, unknown: 0 };
  expect(hasBegun(flight({ counts: { ...none, lost: 1 } }))).toBe(true);
  expect(hasBegun(flight({ counts: { ...none, extendable: 1 } }))).toBe(true);
});

it('[CC34] every verdict that occurs is counted, best first, and only what is kept looks kept', () => {
  const counts = { kept: 1, reachable: 0, extendable: 0, lost: 2, unknown: 3 };
  expect(flightParts(flight({ counts }))).toEqual([
    { kind: 'kept', n: 1 },
    { kind: 'unknown', n: 3 },
    { kind: 'lost', n: 2 },
  ]);
  expect(FLIGHT_KINDS.filter((kind) => FLIGHT_TONES[kind] === 'good')).toEqual(['kept']);
});
