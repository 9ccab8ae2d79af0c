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
