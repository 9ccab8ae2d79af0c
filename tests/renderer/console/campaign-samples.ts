/** Campaigns for the tests of the console's campaign pages. */
import type { Campaign } from '../../../domain/catalogue/campaign.ts';
import { WEEKDAYS } from '../../../domain/time/weekday.ts';

/** A valid campaign with one flight, one film and one promise of three plays a day. */
export function campaign(more: Partial<Campaign>): Campaign {
  return {
    id: 'drive',
    name: '入户听民声',
    nameEn: null,
    unitId: 'centre',
    state: 'live',
    flights: [{ id: 'f1', name: '第一阶段', nameEn: null, from: '2026-07-01', to: '2026-10-31', extendedTo: null }],
    weekdays: [...WEEKDAYS],
    dayParts: [],
    creatives: [{ item: 'film', durationMs: null, weight: 1, flights: [] }],
    targets: { units: [], venues: [], tags: [], screens: [] },
    commitments: [
      {
        id: 'c1',
        minPlays: 3,
        scope: 'screen',
        minShare: null,
        minAirtimeShare: null,
        exactTimes: [],
        maxGapMin: null,
        minConsecutiveDays: null,
        maxPlaysPerHour: null,
        minGapMin: null,
        dayParts: [],
        priority: 0,
      },
    ],
    frontLoad: 0.75,
    separation: null,
    extendDays: 0,
    overrideReason: null,
    ...more,
  };
}

/** Ids in order: `flight-1`, `promise-2`. */
export function counter(): (kind: string) => string {
  let count = 0;
  return (kind) => {
    count += 1;
    return `${kind}-${count}`;
  };
}
