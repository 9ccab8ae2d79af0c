/** The verdict of a screen-day: met by proven plays alone, short only with a reason, and unknown while the log is missing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DayEvidence, type DayVerdict, judgeDay, verdictRank } from '../../../domain/compliance/verdict.ts';

const day = (over: Partial<DayEvidence>): DayEvidence => ({
  required: 3,
  proven: 0,
  makeGoods: 0,
  forms: null,
  hasWindow: true,
  enrolled: true,
  over: false,
  closed: false,
  outlook: 'makes-it',
  reason: null,
  ...over,
});
const kept = { broken: [], open: false, byMakeGood: false };
const open = { broken: [], open: true, byMakeGood: false };

test('[V1] a promise is met by proven plays alone', () => {
  expect(judgeDay(day({ proven: 3 })).verdict).toBe('met');
  expect(judgeDay(day({ proven: 2 })).verdict).toBe('on-track');
});

test('[V2] a promise that needed plays made up for is met by make-good', () => {
  expect(judgeDay(day({ proven: 3, makeGoods: 1 })).verdict).toBe('met-by-make-good');
  expect(judgeDay(day({ proven: 4, makeGoods: 1 })).verdict).toBe('met');
  expect(judgeDay(day({ proven: 3, forms: { ...kept, byMakeGood: true } })).verdict).toBe('met-by-make-good');
});

test('[V3] a day is short once its log is complete, with the reason the player gave', () => {
  expect(judgeDay(day({ proven: 1, over: true, closed: true, reason: 'media-missing' }))).toEqual({
    verdict: 'short',
    reasons: ['media-missing'],
  });
  expect(judgeDay(day({ proven: 1, over: true })).verdict).toBe('unknown');
});

test('[V4] a screen without a player is unknown and says why', () => {
  expect(judgeDay(day({ outlook: 'unknown', enrolled: false }))).toEqual({
    verdict: 'unknown',
    reasons: ['not-enrolled'],
  });
});

test('[V5] the day under way is at risk, with a reason, when the plan of the rest no longer makes it', () => {
  expect(judgeDay(day({ outlook: 'misses-it', reason: 'player-down' }))).toEqual({
    verdict: 'at-risk',
    reasons: ['player-down'],
  });
  expect(judgeDay(day({ outlook: 'misses-it' })).reasons).toHaveLength(1);
});

test.each([
  [{ hasWindow: false, proven: 3, closed: true }, 'short', ['closed']],
  [{ proven: 3 }, 'met', []],
  [{ proven: 3, makeGoods: 1, forms: kept }, 'met-by-make-good', []],
  [{ proven: 2, closed: true }, 'short', ['player-down']],
  [{ proven: 2, closed: true, reason: 'booked-out' }, 'short', ['booked-out']],
  [{ proven: 2, closed: true, forms: { ...kept, broken: ['share'] } }, 'short', ['player-down']],
  [{ proven: 3, closed: true, forms: { ...kept, broken: ['share'] } }, 'short', ['booked-out']],
  [
    { proven: 3, closed: true, forms: { ...kept, broken: ['gap'] }, reason: 'media-missing' },
    'short',
    ['media-missing'],
  ],
  [{ proven: 3, closed: true, forms: open }, 'unknown', []],
  [{ proven: 2, outlook: 'lost' }, 'short', ['player-down']],
  [{ proven: 2, over: true }, 'unknown', []],
  [{ proven: 2, outlook: 'unknown' }, 'unknown', []],
  [{ proven: 2, over: true, enrolled: false }, 'unknown', ['not-enrolled']],
  [{ proven: 2, outlook: 'misses-it' }, 'at-risk', ['booked-out']],
  [{ proven: 2 }, 'on-track', []],
] as [Partial<DayEvidence>, DayVerdict, string[]][])(
  '[V1] [V2] [V3] [V4] [V5] %j is %s %j',
  (over, verdict, reasons) => {
    expect(judgeDay(day(over))).toEqual({ verdict, reasons });
  },
);

test('[V8] verdicts are sorted with the worst first', () => {
  const all: DayVerdict[] = ['met', 'on-track', 'short', 'met-by-make-good', 'unknown', 'at-risk'];
  const sorted = all.toSorted((one, other) => verdictRank(one) - verdictRank(other));
  expect(sorted).toEqual(['short', 'at-risk', 'unknown', 'on-track', 'met-by-make-good', 'met']);
});

test('[V8] a day is short before its end where the promise could not be kept even with the screen for itself', () => {
  expect(judgeDay(day({ outlook: 'lost', reason: 'media-missing' }))).toEqual({
    verdict: 'short',
    reasons: ['media-missing'],
  });
  // Proven plays outweigh whatever a forecast of old counts said.
  expect(judgeDay(day({ outlook: 'lost', proven: 3 })).verdict).toBe('met');
});

test('[V9] a promised day without a window is short, and needs no log to be', () => {
  expect(judgeDay(day({ hasWindow: false, required: 0, outlook: 'unknown' }))).toEqual({
    verdict: 'short',
    reasons: ['closed'],
  });
});

test('[V6] whatever is known, a promise is met only by its count and all its forms', () => {
  const evidence = fc.record({
    required: fc.nat(50),
    proven: fc.nat(50),
    makeGoods: fc.nat(50),
    forms: fc.constantFrom(null, kept, open, { ...kept, byMakeGood: true }, { ...kept, broken: ['gap' as const] }),
    hasWindow: fc.boolean(),
    enrolled: fc.boolean(),
    over: fc.boolean(),
    closed: fc.boolean(),
    outlook: fc.constantFrom('makes-it' as const, 'misses-it' as const, 'lost' as const, 'unknown' as const),
    reason: fc.constant(null),
  });
  fc.assert(
    fc.property(evidence, (known) => {
      const { verdict, reasons } = judgeDay(known);
      const isKept = known.forms === null || (known.forms.broken.length === 0 && !known.forms.open);
      expect(verdict.startsWith('met')).toBe(known.hasWindow && known.proven >= known.required && isKept);
      if (verdict === 'short' || verdict === 'at-risk') expect(reasons).not.toHaveLength(0);
    }),
  );
});

test('[V7] a count alone never keeps a promise of other forms: open while the day lasts, unknown where it stays open', () => {
  expect(judgeDay(day({ proven: 3, forms: open })).verdict).toBe('on-track');
  expect(judgeDay(day({ proven: 3, forms: open, over: true, closed: true })).verdict).toBe('unknown');
  const broken = { ...kept, broken: ['share' as const] };
  expect(judgeDay(day({ proven: 3, forms: broken, over: true, closed: true })).verdict).toBe('short');
  expect(judgeDay(day({ required: 0, forms: open })).verdict).toBe('on-track');
  expect(judgeDay(day({ required: 0, forms: kept, closed: true })).verdict).toBe('met');
});
