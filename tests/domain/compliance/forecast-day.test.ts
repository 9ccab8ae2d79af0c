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
