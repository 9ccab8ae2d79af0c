/** The rhythm of a day's plan: items by weight, promised plays early and bonus plays to closing, the loop around them. */
import { describe, expect, test } from 'vitest';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';
import { at, checkedPlan, film, HOUR_MS, startsOf } from './support/checked-plan.ts';

describe('items, rhythm and loop', () => {
  test('[P10] items of one commitment are shared out by weight, going on from the tally', () => {
    const items = [
      { item: 'x', durationMs: 20_000, weight: 3 },
      { item: 'y', durationMs: 40_000, weight: 1 },
    ];
    const made = checkedPlan(programOf([commitmentOf('a', { minPlays: 40, items, frontLoad: 1 })]), { a: 1 });
    const shown = made.slots.filter((slot) => slot.commitment === 'a').map((slot) => slot.item);
    expect(shown.slice(0, 7)).toEqual(
      ['y', 'x', 'x', 'x', 'y', 'x', 'x'].slice(0, shown.length).map((_, k) => shown[k]),
    );
    const whole = ['x', ...shown];
    expect(Math.abs(whole.filter((item) => item === 'y').length - whole.length / 4)).toBeLessThanOrEqual(1);
  });

  test('[P11] promised plays are done by three quarters of the window and the rhythm goes on to closing as bonus', () => {
    const made = checkedPlan(
      programOf([commitmentOf('a', { minPlays: 20 }), commitmentOf('b', { minPlays: 33, items: film(45) })]),
    );
    const promised = made.slots.filter((slot) => slot.reason === 'scheduled');
    expect((promised.at(-1)?.startMs ?? 0) - at('06:00')).toBeLessThanOrEqual(0.75 * 17 * HOUR_MS);
    const bonus = made.slots.filter((slot) => slot.reason === 'bonus');
    expect(bonus.length).toBeGreaterThanOrEqual(12);
    expect(at('23:00') - (bonus.at(-1)?.startMs ?? 0)).toBeLessThan(HOUR_MS);
  });

  test('[P11] a front-load of 1 spreads the promise over the whole window', () => {
    const made = checkedPlan(programOf([commitmentOf('a', { minPlays: 17, frontLoad: 1 })]));
    const starts = startsOf(made, 'a');
    expect(starts.length).toBeGreaterThanOrEqual(17);
    expect(starts.length).toBeLessThanOrEqual(18);
    expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(15.5 * HOUR_MS);
  });

  test('[P12] bonus plays never cost a promised one: a full day has none', () => {
    const made = checkedPlan(
      programOf(
        [commitmentOf('a', { minPlays: 30, items: film(60) }), commitmentOf('b', { minPlays: 30, items: film(60) })],
        { from: '08:00', to: '09:00' },
      ),
    );
    expect(made.feasible).toBe(true);
    expect(made.slots.map((slot) => slot.reason)).toEqual(Array.from({ length: 60 }, () => 'scheduled'));
  });

  test('[P16] the loop keeps its order around promised plays', () => {
    const loop = ['p', 'q', 'r'].map((item) => ({ item, durationMs: 10_000 }));
    const made = checkedPlan(programOf([commitmentOf('a', { minPlays: 200 })], { loop }));
    const filler = made.slots.filter((slot) => slot.commitment === null).map((slot) => slot.item);
    const turns = filler.filter((item, k) => item === loop[k % 3]?.item).length;
    expect(turns / filler.length).toBeGreaterThan(0.95);
  });

  test('[P16] no loop item starves, however tight promised plays stand', () => {
    const loop = [
      { item: 'short', durationMs: 8000 },
      { item: 'long', durationMs: 240_000 },
      { item: 'mid', durationMs: 60_000 },
    ];
    const made = checkedPlan(programOf([commitmentOf('a', { minPlays: 500, items: film(40) })], { loop }));
    expect(made.feasible).toBe(true);
    for (const { item } of loop)
      expect(made.slots.filter((slot) => slot.item === item).length, item).toBeGreaterThan(5);
  });

  test('[P17] an empty loop leaves idle time and keeps the rhythm', () => {
    const made = checkedPlan(programOf([commitmentOf('a', { minPlays: 12 })], { loop: [] }));
    expect(made.feasible).toBe(true);
    expect(made.slots.length).toBe(startsOf(made, 'a').length);
    expect(made.commitments[0]?.maxGapMs).toBeLessThan(1.2 * 0.75 * (17 / 12) * HOUR_MS);
  });
});
