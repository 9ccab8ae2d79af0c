/** What the forms of a promise ask of each other, wherever a campaign is read. */
import { describe, expect, test } from 'vitest';
import { commitmentSchema } from '../../protocol/catalogue.ts';
import { faultsOf } from '../../protocol/errors.ts';
import { publishedSchemaText } from '../../protocol/file-json-schema.ts';

function faults(more: object): Record<string, string> {
  const input = { id: 'c', minPlays: 0, ...more };
  const parsed = commitmentSchema.safeParse(input);
  if (parsed.success) return {};
  return Object.fromEntries(faultsOf(parsed.error, input).map(({ place, allowed }) => [place, allowed]));
}

const TIMES = { exactTimes: ['08:00', '12:00'] };

describe('one promise', () => {
  test('[F21] promises at least one of count, share, airtime share, longest gap and exact times', () => {
    expect(faults({})).toEqual({
      minPlays: 'at least one of: a count above 0, a share, a longest gap, exact times',
    });
    expect(faults({ minConsecutiveDays: 30, maxPlaysPerHour: 4, minGapMin: 5 })).toHaveProperty('minPlays');
    for (const one of [{ minPlays: 1 }, { minShare: 0.1 }, { minAirtimeShare: 0.03 }, { maxGapMin: 30 }, TIMES])
      expect(faults(one), JSON.stringify(one)).toEqual({});
  });

  test('[F21] of exact times, the count is at most their number, and there may be consecutive days, day parts and a priority', () => {
    const beside = { minConsecutiveDays: 30, dayParts: [{ from: '07:00', to: '20:00' }], priority: 5 };
    expect(faults({ ...TIMES, ...beside, minPlays: 2 })).toEqual({});
    expect(faults({ ...TIMES, minPlays: 3 })).toEqual({ minPlays: 'beside exact times at most their number, 2' });
  });

  test.each([
    ['minShare', 0.1],
    ['minAirtimeShare', 0.1],
    ['maxGapMin', 30],
    ['maxPlaysPerHour', 4],
    ['minGapMin', 5],
    ['scope', 'target'],
  ])('[F21] exact times stand without %s', (field, value) => {
    expect(faults({ minPlays: 1, [field]: value })).toEqual({});
    const found = faults({ ...TIMES, [field]: value });
    expect(Object.keys(found)).toEqual([field]);
    expect(found[field]).toMatch(/beside exact times/);
  });

  test('[F21] the published schema says so too', () => {
    const text = publishedSchemaText('campaign').replace(/\s+/g, '');
    expect(text).toContain('"if":{"properties":{"exactTimes":{"type":"array","minItems":1}}');
    expect(text).toContain('"minGapMin":{"type":"null"}');
    expect(text).toContain('"else":{"anyOf":[{"properties":{"minPlays":{"type":"number","exclusiveMinimum":0}}');
  });
});
