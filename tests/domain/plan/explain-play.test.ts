/** Why something was shown, told from what was shown on the day and promised by its program. */
import { describe, expect, test } from 'vitest';
import { explainPlay, type ShownSlot } from '../../../domain/plan/explain-play.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { NOTHING_SHOWN, outlineDay } from '../../../domain/plan/promise-outline.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
const at = (time: string): number => Date.parse(`${DATE}T${time}:00+08:00`);

const play = (time: string, over: Partial<ShownSlot> = {}): ShownSlot => ({
  startMs: at(time),
  durationMs: 30_000,
  item: 'film-a',
  commitment: 'a',
  counted: true,
  reason: 'scheduled',
  ...over,
});

/** What is said of the last of `shown` where commitment `a` is as `over` says, beside another one. */
function explained(over: Partial<ProgramCommitment>, shown: ShownSlot[]) {
  const program = programOf([commitmentOf('b', { minPlays: 7 }), commitmentOf('a', over)]);
  const { promises } = outlineDay(program, planDay(program, DATE, {}, 0), 0, NOTHING_SHOWN);
  return explainPlay(promises, shown, shown.length - 1);
}

const BASE = { item: 'film-a', commitment: 'a', startMs: at('10:00') };
const earlier = (count: number, over: Partial<ShownSlot> = {}): ShownSlot[] =>
  Array.from({ length: count }, (_, k) => play(`09:0${k}`, over));

describe('why something was shown', () => {
  test('[EX2] a play of a count is the first not yet made, whatever others were shown', () => {
    const count = {
      kind: 'count',
      ...BASE,
      of: 3,
      fits: null,
      scope: 'screen',
      everyMs: null,
      turn: null,
      doneByMs: null,
      move: null,
    };
    expect(explained({ minPlays: 3 }, [play('10:00')])).toEqual({ ...count, nth: 1 });
    expect(explained({ minPlays: 3 }, [...earlier(2), play('10:00')])).toEqual({ ...count, nth: 3 });
    const others = [...earlier(1, { counted: false }), ...earlier(4, { commitment: 'b' }), play('09:30')];
    expect(explained({ minPlays: 3 }, [...others, play('10:00')])).toEqual({ ...count, nth: 2 });
    expect(explained({ minPlays: 3, scope: 'target' }, [play('10:00')])).toEqual({ ...count, nth: 1, scope: 'target' });
  });

  test('[EX2] a play that makes up for another says which of how many it is, as long as the count goes', () => {
    const madeGood = { kind: 'make-good', ...BASE, of: 2, because: 'missed', missedBeforeMs: at('10:00') };
    const last = play('10:00', { reason: 'make-good' });
    expect(explained({ minPlays: 2 }, [...earlier(1), last])).toEqual({ ...madeGood, nth: 2 });
    expect(explained({ minPlays: 2 }, [...earlier(2), last])).toEqual({ ...madeGood, nth: null });
  });

  test('[EX2] a play at an exact time, up to a second beside it', () => {
    const over = { exactTimes: ['08:00', '10:00', '12:00'], minPlays: 3 };
    const exact = { kind: 'exact', ...BASE, exactMs: at('10:00'), nth: 2, of: 3 };
    expect(explained(over, [play('10:00')])).toEqual(exact);
    for (const offMs of [-1000, 1000]) {
      const startMs = at('10:00') + offMs;
      expect(explained(over, [play('10:00', { startMs })])).toEqual({ ...exact, startMs });
    }
    expect(explained(over, [play('10:00', { startMs: at('10:00') + 1001 })])).toMatchObject({ kind: 'count', nth: 1 });
  });

  test('[EX2] beyond the count it is for a longest gap, a share, or a bonus', () => {
    const shown = [...earlier(2), play('10:00')];
    const shownBonus = [...earlier(2), play('10:00', { reason: 'bonus' })];
    expect(explained({ minPlays: 2 }, shown)).toEqual({ kind: 'bonus', ...BASE, required: 2, isBetween: false });
    const gap = { kind: 'max-gap', ...BASE, maxGapMs: 3_600_000 };
    expect(explained({ minPlays: 2, maxGapMs: 3_600_000 }, shown)).toEqual({ ...gap, beforeMs: at('09:01') });
    expect(explained({ maxGapMs: 3_600_000 }, [play('10:00')])).toEqual({ ...gap, beforeMs: null });
    const share = { kind: 'share', ...BASE, reached: null };
    expect(explained({ minPlays: 2, minShare: 0.1 }, shown)).toEqual({ ...share, form: 'plays', share: 0.1 });
    expect(explained({ minPlays: 2, minAirtimeShare: 0.2 }, shown)).toEqual({ ...share, form: 'airtime', share: 0.2 });
    const between = { kind: 'bonus', ...BASE, required: 2, isBetween: true };
    expect(explained({ minPlays: 2, minShare: 0.1 }, shownBonus)).toEqual(between);
    expect(explained({ minPlays: 2, minAirtimeShare: 0.2 }, shownBonus)).toEqual(between);
  });

  test('[EX1] the loop is nobody’s, and what does not count keeps nothing', () => {
    const filler = { kind: 'filler', item: 'film-a', startMs: at('10:00'), nextMs: null, next: null };
    expect(explained({}, [play('10:00', { commitment: null, reason: 'filler' })])).toEqual(filler);
    expect(explained({ minPlays: 3 }, [play('10:00', { counted: false })])).toBeNull();
    expect(explained({}, [play('10:00', { commitment: 'gone' })])).toBeNull();
    expect(() => explainPlay([], [play('10:00')], 1)).toThrow(RangeError);
    expect(() => explainPlay([], [], -1)).toThrow('no play -1 among 0');
  });
});
