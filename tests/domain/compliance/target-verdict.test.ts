/** A count for all screens together is judged by the sum of what they proved, and is unknown while a missing log could decide. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeTargetDay, type TargetPart } from '../../../domain/compliance/target-verdict.ts';

const CLOSES = 1000;
const part = (over: Partial<TargetPart>): TargetPart => ({
  proven: 0,
  played: over.proven ?? 0,
  makeGoods: 0,
  expected: null,
  part: 5,
  metByMs: null,
  closesAtMs: CLOSES,
  closed: false,
  reasons: [],
  ...over,
});
const verdict = (parts: TargetPart[], nowMs = 0) => judgeTargetDay(10, parts, nowMs).verdict;

test('[V13] screens of a target make up for each other: the sum of proven plays decides', () => {
  expect(verdict([part({ proven: 9 }), part({ proven: 1 })])).toBe('met');
  expect(verdict([part({ proven: 9, makeGoods: 1 }), part({ proven: 1 })])).toBe('met-by-make-good');
  expect(
    judgeTargetDay(
      10,
      [part({ proven: 4, closed: true }), part({ proven: 5, closed: true, reasons: ['media-missing'] })],
      2000,
    ),
  ).toMatchObject({
    verdict: 'short',
    reasons: ['media-missing'],
    proven: 9,
    missingLogs: 0,
  });
});

test('[V13] below the count with a log missing after closing it is unknown, never short', () => {
  const parts = [part({ proven: 4, closed: true }), part({ proven: 5 })];
  expect(judgeTargetDay(10, parts, CLOSES)).toMatchObject({ verdict: 'unknown', missingLogs: 1 });
});

test('[V13] on track by what is expected of all; a silent screen leaves it unknown where it could still decide', () => {
  expect(verdict([part({ expected: 5 }), part({ expected: 5 })])).toBe('on-track');
  expect(verdict([part({ expected: 5 }), part({ expected: 4, reasons: ['player-down'] })])).toBe('at-risk');
  expect(verdict([part({ expected: 6 }), part({})])).toBe('unknown');
  expect(verdict([part({ expected: 4 }), part({})])).toBe('at-risk');
  expect(verdict([part({ expected: 10 }), part({})])).toBe('on-track');
});

test('[V13] the facts are sums over the screens, and what is expected is said where it decides', () => {
  const met = [
    part({ proven: 6, played: 7, makeGoods: 2, expected: 8, closesAtMs: 900 }),
    part({ proven: 5, expected: 5, closed: true, closesAtMs: CLOSES, reasons: ['media-missing'] }),
    part({ closesAtMs: null, expected: 0 }),
  ];
  const facts = { proven: 11, played: 12, makeGoods: 2, expected: 13, metByMs: null, closesAtMs: CLOSES };
  expect(judgeTargetDay(10, met, 0)).toEqual({ verdict: 'met-by-make-good', reasons: [], ...facts, missingLogs: 1 });
  expect(judgeTargetDay(9, met, 0)).toEqual({ verdict: 'met', reasons: [], ...facts, missingLogs: 1 });
  expect(judgeTargetDay(14, met, 0)).toMatchObject({ verdict: 'at-risk', reasons: ['media-missing'], expected: 13 });
  // A silent screen: what it has shown or proven is expected of it, and said only where that is enough.
  const silent = [part({ proven: 3, played: 4 }), part({ expected: 4 })];
  expect(judgeTargetDay(8, silent, 0)).toMatchObject({ verdict: 'on-track', expected: 8 });
  expect(judgeTargetDay(9, silent, 0)).toEqual({
    verdict: 'unknown',
    reasons: [],
    proven: 3,
    played: 4,
    makeGoods: 0,
    expected: null,
    metByMs: null,
    closesAtMs: CLOSES,
    missingLogs: 2,
  });
  expect(judgeTargetDay(10, silent, 0)).toMatchObject({ verdict: 'at-risk', reasons: ['booked-out'], expected: null });
  // Of a screen whose day is closed nothing more is to come.
  expect(verdict([part({ proven: 3, closed: true }), part({ expected: 6 })])).toBe('at-risk');
});

test('[V13] the count is met when the last screen under way has done its part; nothing more is to come of one shown in full', () => {
  const onTrack = (parts: TargetPart[]) => judgeTargetDay(10, parts, 0).metByMs;
  expect(
    onTrack([part({ expected: 5, metByMs: 300 }), part({ expected: 5, metByMs: 700 }), part({ expected: 0 })]),
  ).toBe(700);
  expect(onTrack([part({ expected: 10 })])).toBeNull();
  expect(onTrack([part({ expected: 5, played: 5, metByMs: 300 }), part({ expected: 5, played: 5 })])).toBeNull();
  expect(onTrack([part({ expected: 5, played: 5, metByMs: 300 }), part({ expected: 5, played: 4 })])).toBe(300);
});

test('[V13] without a log and without opening hours nobody can say', () => {
  expect(verdict([part({ closesAtMs: null })])).toBe('short');
  expect(judgeTargetDay(10, [part({ part: 10 })], CLOSES - 1).verdict).toBe('unknown');
  expect(judgeTargetDay(10, [part({ part: 9 })], CLOSES - 1)).toMatchObject({ verdict: 'at-risk' });
  expect(judgeTargetDay(10, [part({ part: 9 })], CLOSES)).toMatchObject({ verdict: 'unknown', reasons: [] });
  expect(judgeTargetDay(10, [part({ closed: true })], 0)).toMatchObject({ verdict: 'short', reasons: ['booked-out'] });
});

test('[V13] whatever is known, a sum of proven plays below the count is never met', () => {
  const parts = fc.array(
    fc.record({
      proven: fc.nat(8),
      played: fc.nat(8),
      makeGoods: fc.nat(3),
      expected: fc.option(fc.nat(12), { nil: null }),
      part: fc.nat(6),
      metByMs: fc.constant(null),
      closesAtMs: fc.constantFrom(null, CLOSES),
      closed: fc.boolean(),
      reasons: fc.constant([]),
    }),
  );
  fc.assert(
    fc.property(parts, fc.nat(2 * CLOSES), fc.integer({ min: 1, max: 30 }), (given, nowMs, required) => {
      const judged = judgeTargetDay(required, given, nowMs);
      expect(judged.verdict.startsWith('met')).toBe(judged.proven >= required);
      if (judged.verdict === 'short') expect(judged.missingLogs).toBe(0);
    }),
  );
});
