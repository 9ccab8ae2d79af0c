import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DayEvidence, judgeDay, judgeRest } from '../../../domain/compliance/verdict.ts';

const day = (over: Partial<DayEvidence>): DayEvidence => ({
  required: 3,
  proven: 0,
  makeGoods: 0,
  rest: 'kept',
  enrolled: true,
  over: false,
  closed: false,
  expected: 3,
  reason: null,
  ...over,
});

test('[V1] a promise is met by proven plays alone', () => {
  expect(judgeDay(day({ proven: 3 })).verdict).toBe('met');
  expect(judgeDay(day({ proven: 2, expected: 9 })).verdict).toBe('on-track');
});

test('[V2] a promise that needed plays made up for is met by make-good', () => {
  expect(judgeDay(day({ proven: 3, makeGoods: 1 })).verdict).toBe('met-by-make-good');
  expect(judgeDay(day({ proven: 4, makeGoods: 1 })).verdict).toBe('met');
});

test('[V3] a day is short only once its log is complete, with the reason the player gave', () => {
  expect(judgeDay(day({ proven: 1, over: true, closed: true, reason: 'media-missing' }))).toEqual({
    verdict: 'short',
    reasons: ['media-missing'],
  });
  expect(judgeDay(day({ proven: 1, over: true })).verdict).toBe('unknown');
});

test('[V4] a screen without a player is unknown and says why', () => {
  expect(judgeDay(day({ expected: null, enrolled: false }))).toEqual({ verdict: 'unknown', reasons: ['not-enrolled'] });
});

test('[V5] the day under way is at risk when the plan of the rest no longer makes it', () => {
  expect(judgeDay(day({ proven: 1, expected: 2 })).verdict).toBe('at-risk');
});

test('[V6] whatever is known, fewer proven plays than required is never met', () => {
  const evidence = fc.record({
    required: fc.nat(50),
    proven: fc.nat(50),
    makeGoods: fc.nat(50),
    rest: fc.constantFrom('kept' as const, 'broken' as const, 'open' as const),
    enrolled: fc.boolean(),
    over: fc.boolean(),
    closed: fc.boolean(),
    expected: fc.option(fc.nat(100), { nil: null }),
    reason: fc.constant(null),
  });
  fc.assert(
    fc.property(evidence, (known) => {
      const { verdict } = judgeDay(known);
      expect(verdict.startsWith('met')).toBe(known.proven >= known.required && known.rest === 'kept');
    }),
  );
});

test('[V7] a count alone never keeps a promise that is also a share or a gap', () => {
  const share = { minShare: 0.34, maxGapMs: null };
  expect(judgeRest(share, { plays: 60, allPlays: 100, closed: false })).toBe('open');
  expect(judgeRest(share, { plays: 33, allPlays: 100, closed: true })).toBe('broken');
  expect(judgeRest(share, { plays: 34, allPlays: 100, closed: true })).toBe('kept');
  expect(judgeRest({ minShare: null, maxGapMs: 60_000 }, { plays: 9, allPlays: 9, closed: true })).toBe('open');
  expect(judgeRest({ minShare: null, maxGapMs: null }, { plays: 0, allPlays: 0, closed: false })).toBe('kept');
  expect(judgeDay(day({ proven: 3, rest: 'open' })).verdict).toBe('on-track');
  expect(judgeDay(day({ proven: 3, rest: 'open', over: true, closed: true })).verdict).toBe('unknown');
  expect(judgeDay(day({ proven: 3, rest: 'broken', over: true, closed: true })).verdict).toBe('short');
  expect(judgeDay(day({ required: 0, proven: 0, rest: 'open', expected: 5 })).verdict).toBe('on-track');
});
