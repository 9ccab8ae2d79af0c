/** Booking checks of fixed catalogues: the hashes of what they say lie in `golden/`; `-u` renews them. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Campaign } from '../../../domain/catalogue/campaign.ts';
import type { BookingState } from '../../../domain/plan/booking-side.ts';
import { checkBooking } from '../../../domain/plan/check-booking.ts';
import { serviceDates } from '../../../domain/time/service-dates.ts';
import { range } from '../../helpers/golden-days.ts';
import { campaignOf, largeFleet, promiseOf } from '../../helpers/large-fleet.ts';
import { pickInt, seededRandom } from '../../helpers/random-program.ts';

const NOW_MS = Date.parse('2026-06-30T00:00:00Z');

/** Seeds of bookings that are not all empty; those that take long stand by themselves. */
const KINDS: [string, readonly number[]][] = [
  ['quick', [6, 7, 8, 15, 18, 19, 27, 31, 32, 40]],
  ['long', [2, 5, 17, 21, 22, 24]],
];

/** A campaign of a few days with promises of any form, many of them too large. */
function randomCampaign(id: string, random: () => number): Campaign {
  const maybe = <T>(chance: number, value: T): T | null => (random() < chance ? value : null);
  const commitments = range(1, pickInt(random, 1, 2)).map((k) => {
    const exactTimes = random() < 0.15 ? ['09:00', '12:30'] : [];
    return promiseOf(`p${k}`, pickInt(random, 0, 500), {
      scope: exactTimes.length === 0 && random() < 0.3 ? 'target' : 'screen',
      exactTimes,
      minShare: maybe(0.15, 0.3),
      minAirtimeShare: maybe(0.15, 0.2),
      maxGapMin: maybe(0.15, 20),
      minGapMin: maybe(0.2, 5),
      maxPlaysPerHour: maybe(0.2, 6),
      dayParts: random() < 0.3 ? [{ from: '17:00', to: '19:00' }] : [],
      priority: pickInt(random, 0, 2),
    });
  });
  const from = pickInt(random, 7, 9);
  const flight = {
    id: 'f',
    name: 'f',
    nameEn: null,
    from: `2026-07-0${from}`,
    to: `2026-07-${pickInt(random, 10, 11)}`,
  };
  return campaignOf(id, 0, {
    creatives: [{ item: `card-${pickInt(random, 20, 60)}`, durationMs: null, weight: 1, flights: [] }],
    flights: [{ ...flight, extendedTo: null }],
    commitments,
    separation: maybe(0.15, 'bank'),
    weekdays: random() < 0.3 ? ['mon', 'wed', 'sat'] : ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    targets:
      random() < 0.3
        ? { units: [], venues: [], tags: [], screens: ['screen-00001', 'screen-00002'] }
        : { units: ['town'], venues: [], tags: [], screens: [] },
  });
}

test.each(KINDS)('[P19] [K1] [K4] what is said of fixed bookings stays what it was: %s ones', async (kind, seeds) => {
  const lines = seeds.map((seed) => {
    const random = seededRandom(seed);
    const fleet = largeFleet(pickInt(random, 1, 9), 0);
    const booked = range(1, pickInt(random, 1, 4)).map((k) => randomCampaign(`c${k}`, random));
    const before: BookingState = { ...fleet, campaigns: new Map(booked.map((one) => [one.id, one])) };
    const campaign = randomCampaign(seed % 3 === 0 ? 'c1' : 'new', random);
    const after = { ...before, campaigns: new Map(before.campaigns).set(campaign.id, campaign) };
    const check = checkBooking({
      before,
      after,
      dateOf: serviceDates(NOW_MS),
      booked: seed % 4 === 0 ? null : campaign.id,
    });
    return `${seed} ${createHash('sha256').update(JSON.stringify(check)).digest('hex').slice(0, 16)}\n`;
  });
  await expect(lines.join('')).toMatchFileSnapshot(`golden/${kind}-bookings.txt`);
});
