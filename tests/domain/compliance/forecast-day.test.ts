/** What a day under way will come to: when each promise is met, which is at risk, and which is lost for certain. */
import { describe, expect, test } from 'vitest';
import { type DaySoFar, forecastDay } from '../../../domain/compliance/forecast-day.ts';
import { instantOfWallTime } from '../../../domain/time/zone-time.ts';
import { sampleCommitment, sampleProgram, ZONE } from '../../main/support/sample-program.ts';

const DATE = '2026-07-01';
const at = (time: string): number => instantOfWallTime(DATE, time, ZONE);
const soFar = (plays: Record<string, number>, loop: Partial<DaySoFar> = {}): DaySoFar => ({
  plays,
  loopPlays: 0,
  loopShownMs: 0,
  ...loop,
});
/** The forecast of one promise of 15 s films on a screen open from 08:00 to 10:00. */
const forecast = (
  part: Parameters<typeof sampleCommitment>[0],
  time: string,
  so: DaySoFar = soFar({}),
  others: Parameters<typeof sampleCommitment>[0][] = [],
) => {
  const commitments = [sampleCommitment(part), ...others.map((other) => sampleCommitment(other))];
  const found = forecastDay(sampleProgram({ commitments }), DATE, so, at(time)).get('c1');
  if (!found) throw new Error('no forecast');
  return found;
};

describe('[V5] counts', () => {
  test('[V5] the count is met with the last play it needs, before the front-loaded part of the day is over', () => {
    const found = forecast({ minPlays: 20 }, '08:00');
    expect(found.outlook).toBe('makes-it');
    expect(found.expected).toBeGreaterThanOrEqual(20);
    expect(found.metByMs).toBe(found.endsMs[19]);
    expect(found.metByMs).toBeLessThanOrEqual(at('09:31'));
    expect(forecast({ minPlays: 20 }, '08:00', soFar({ c1: 20 })).metByMs).toBeNull();
  });

  test('[V5][V8] missed by the plan for the sake of others, lost where even alone it would not fit', () => {
    const rival = { id: 'c2', minPlays: 300, priority: 1 };
    expect(forecast({ minPlays: 200 }, '08:00', soFar({}), [rival]).outlook).toBe('misses-it');
    expect(forecast({ minPlays: 200 }, '09:30', soFar({ c1: 79 })).outlook).toBe('lost');
    expect(forecast({ minPlays: 200 }, '09:30', soFar({ c1: 80 })).outlook).toBe('makes-it');
    expect(forecast({ minPlays: 20 }, '10:00').outlook).toBe('lost');
  });

  test('[V8] limits are part of what could be had alone', () => {
    const limited = { minPlays: 10, maxPlaysPerHour: 4 };
    expect(forecast(limited, '08:00').outlook).toBe('lost');
    expect(forecast(limited, '08:00', soFar({ c1: 2 })).outlook).toBe('makes-it');
  });
});

describe('[V5] other forms', () => {
  test('[V5] a share counts what the loop has shown so far, and is met at closing only', () => {
    const half = { minPlays: 0, minShare: 0.5 };
    expect(forecast(half, '08:00')).toMatchObject({ outlook: 'makes-it', metByMs: at('10:00') });
    // 30 minutes are left: 120 films of 15 s at most, of 500 plays and more.
    expect(forecast(half, '09:30', soFar({}, { loopPlays: 500, loopShownMs: 5_000_000 })).outlook).toBe('lost');
  });

  test('[V5] a share of airtime goes by time', () => {
    const half = { minPlays: 0, minAirtimeShare: 0.5 };
    expect(forecast(half, '09:00', soFar({}, { loopPlays: 3, loopShownMs: 30 * 60_000 })).outlook).toBe('makes-it');
    expect(forecast(half, '09:30', soFar({}, { loopPlays: 3, loopShownMs: 89 * 60_000 })).outlook).toBe('lost');
  });

  test('[V5] exact times are met with the last of them; a missed one that can be made up for is not lost', () => {
    const exact = { minPlays: 2, exactTimes: ['08:30', '09:30'] };
    expect(forecast(exact, '08:00')).toMatchObject({ outlook: 'makes-it', metByMs: at('09:30') + 15_000, expected: 2 });
    expect(forecast(exact, '09:00')).toMatchObject({ outlook: 'makes-it', expected: 2 });
    expect(forecast(exact, '09:59', soFar({ c1: 1 })).outlook).toBe('makes-it');
    expect(forecast(exact, '10:00', soFar({ c1: 1 })).outlook).toBe('lost');
  });
});

describe('[V5] counts to the play', () => {
  test('[V5] what was met before has no time at which it will be met', () => {
    expect(forecast({ minPlays: 3 }, '08:00', soFar({ c1: 3 }))).toMatchObject({ outlook: 'makes-it', metByMs: null });
    expect(forecast({ minPlays: 3 }, '08:00', soFar({ c1: 4 })).metByMs).toBeNull();
    const one = forecast({ minPlays: 3 }, '08:00', soFar({ c1: 2 }));
    expect(one.metByMs).toBe(one.endsMs[0]);
  });
});

describe('[V8] shares that are lost', () => {
  /** Films of 15 s and of a minute by turns. */
  const turns = {
    minPlays: 0,
    items: [
      { item: 'short', durationMs: 15_000, weight: 1 },
      { item: 'long', durationMs: 60_000, weight: 1 },
    ],
  };
  const lostAfter = (part: object, loop: Partial<DaySoFar>): boolean =>
    forecast({ ...turns, ...part }, '09:45', soFar({}, loop)).outlook === 'lost';

  test('[V8] of plays, where not even all films that the rest holds would do', () => {
    // In 15 minutes 24 films fit: half of 48 plays.
    expect(lostAfter({ minShare: 0.5 }, { loopPlays: 24, loopShownMs: 0 })).toBe(false);
    expect(lostAfter({ minShare: 0.5 }, { loopPlays: 25, loopShownMs: 0 })).toBe(true);
  });

  test('[V8] of airtime, where not even all of the rest would do', () => {
    expect(lostAfter({ minAirtimeShare: 0.5 }, { loopPlays: 1, loopShownMs: 15 * 60_000 })).toBe(false);
    expect(lostAfter({ minAirtimeShare: 0.5 }, { loopPlays: 1, loopShownMs: 15 * 60_000 + 1000 })).toBe(true);
  });
});

describe('[V5] withdrawn content', () => {
  const withdrawn = (part: Parameters<typeof sampleCommitment>[0], plays = 0) =>
    forecast({ ...part, items: [] }, '08:30', soFar({ c1: plays }));

  test('[V5] of a promise all of whose content is withdrawn only what was made before can be kept', () => {
    expect(withdrawn({ minPlays: 3 }, 2)).toEqual({ outlook: 'lost', expected: 2, metByMs: null, endsMs: [] });
    expect(withdrawn({ minPlays: 3 }, 3)).toEqual({ outlook: 'makes-it', expected: 3, metByMs: null, endsMs: [] });
    expect(withdrawn({ minPlays: 0 })).toMatchObject({ outlook: 'makes-it', expected: 0 });
  });

  test('[V5] its share or longest gap is lost, its exact times were kept by as many plays', () => {
    expect(withdrawn({ minPlays: 1, minShare: 0.1 }, 5).outlook).toBe('lost');
    expect(withdrawn({ minPlays: 1, maxGapMs: 60_000 }, 5).outlook).toBe('lost');
    expect(withdrawn({ minPlays: 1, exactTimes: ['08:10'] }, 1).outlook).toBe('makes-it');
    expect(withdrawn({ minPlays: 1, exactTimes: ['08:10'] }, 0).outlook).toBe('lost');
  });

  test('[V5] the others are forecast as ever, each once', () => {
    const commitments = [
      sampleCommitment({ items: [] }),
      sampleCommitment({ id: 'c2', minPlays: 3 }),
      sampleCommitment({ id: 'c3', items: [], to: '2026-06-30' }),
    ];
    const found = forecastDay(sampleProgram({ commitments }), DATE, soFar({}), at('08:00'));
    expect([...found].map(([id, { outlook }]) => [id, outlook])).toEqual([
      ['c1', 'lost'],
      ['c2', 'makes-it'],
    ]);
    expect(found.get('c2')?.expected).toBeGreaterThanOrEqual(3);
  });
});
