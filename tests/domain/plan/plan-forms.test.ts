/** Exact times, separation tags, airtime shares and loop items with hours of their own. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DayPlan, Slot } from '../../../domain/plan/day-plan.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { replanDay } from '../../../domain/plan/replan-day.ts';
import { planFaults } from '../../helpers/plan-checker.ts';
import { commitmentOf, programOf, seededRandom, variedProgram } from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
const at = (time: string): number => Date.parse(`${DATE}T${time}${time.length === 5 ? ':00' : ''}+08:00`);
const seed = Number(process.env.XUNBO_TEST_SEED ?? Date.now() % 2 ** 31);
console.info(`forms of promises: XUNBO_TEST_SEED=${seed}`);

function plan(program: Program, nowMs = 0): DayPlan {
  const made = planDay(program, DATE, {}, nowMs);
  expect(planFaults(made, { program, date: DATE, nowMs, tally: {} })).toEqual([]);
  return made;
}

const own = (made: DayPlan, id: string): Slot[] => made.slots.filter((slot) => slot.commitment === id);
const exact = (id: string, exactTimes: string[], over = {}) =>
  commitmentOf(id, { exactTimes, minPlays: exactTimes.length, ...over });

describe('exact times', () => {
  test('[P29] a play starts to the second, whatever else is promised', () => {
    const busy = commitmentOf('busy', { minPlays: 300, items: [{ item: 'long', durationMs: 170_000, weight: 1 }] });
    const made = plan(programOf([busy, exact('news', ['08:00', '12:30', '20:15'])]));
    expect(made.feasible).toBe(true);
    expect(own(made, 'news').map(({ startMs, reason }) => [startMs, reason])).toEqual([
      [at('08:00'), 'scheduled'],
      [at('12:30'), 'scheduled'],
      [at('20:15'), 'scheduled'],
    ]);
  });

  test('[P29] a play up to a second late is still on time; later it is made up for', () => {
    const program = programOf([exact('news', ['08:00'])]);
    expect(own(plan(program, at('08:00') + 1000), 'news')).toMatchObject([
      { startMs: at('08:00') + 1000, reason: 'scheduled' },
    ]);
    const late = own(plan(program, at('08:00') + 1001), 'news');
    expect(late).toMatchObject([{ reason: 'make-good' }]);
  });

  test('[P29] one that was shown on time is not shown again; one that was cut is made up for', () => {
    const program = programOf([exact('news', ['08:00', '10:00'])]);
    const shown = (counted: boolean) => [
      { startMs: at('08:00') + 120, durationMs: 30_000, item: 'film-news', commitment: 'news', counted },
    ];
    const rest = (counted: boolean): Slot[] => own(replanDay(program, DATE, shown(counted), at('08:01')), 'news');
    expect(rest(true).map(({ startMs, reason }) => [startMs, reason])).toEqual([[at('10:00'), 'scheduled']]);
    expect(
      rest(false)
        .map(({ reason }) => reason)
        .sort(),
    ).toEqual(['make-good', 'scheduled']);
  });

  test('[P29] of two promises for one moment the more important has it, and the conflict names both', () => {
    const made = plan(programOf([exact('low', ['09:00']), exact('high', ['09:00'], { priority: 1 })]));
    expect(own(made, 'high')[0]?.startMs).toBe(at('09:00'));
    expect(made.conflicts).toEqual([
      {
        kind: 'exact-time',
        commitments: ['low', 'high'],
        startMs: at('09:00'),
        endMs: at('09:00:30'),
        overflowMs: 30_000,
        fits: 0,
      },
    ]);
  });

  test('[P29] [V11] what makes up for one that cannot be had comes after it, where there is room then', () => {
    const high = exact('high', ['21:00', '22:59'], { priority: 1 });
    const made = own(plan(programOf([exact('low', ['08:00', '21:00']), high])), 'low');
    expect(made.map(({ reason }) => reason)).toEqual(['scheduled', 'make-good']);
    expect(made[1]?.startMs).toBeGreaterThan(at('21:00'));
    const late = own(plan(programOf([exact('low', ['08:00', '22:59']), high])), 'low');
    expect(late.map(({ reason }) => reason).sort()).toEqual(['make-good', 'scheduled']);
  });

  test('[P29] an exact time outside opening hours or cut off by closing is a conflict, never moved in silence', () => {
    const made = plan(
      programOf([exact('news', ['05:00', '22:59'], { items: [{ item: 'n', durationMs: 90_000, weight: 1 }] })]),
    );
    expect(made.conflicts.map(({ kind, startMs, overflowMs }) => [kind, startMs, overflowMs])).toEqual([
      ['exact-time', at('22:59'), 90_000],
    ]);
    expect(plan(programOf([exact('news', ['23:30'])])).conflicts).toMatchObject([{ kind: 'exact-time' }]);
  });
});

describe('separation', () => {
  const tagged = (id: string, over = {}) => commitmentOf(id, { separation: 'bank', ...over });

  test('[P30] two plays of a tag never follow each other, the loop included', () => {
    const program = programOf([tagged('a', { minPlays: 300 }), tagged('b', { minPlays: 300 })], {
      loop: [
        { item: 'x', durationMs: 15_000, separation: 'bank' },
        { item: 'y', durationMs: 15_000 },
      ],
    });
    const made = plan(program);
    expect(made.feasible).toBe(true);
    expect(made.commitments.map(({ shortBy }) => shortBy)).toEqual([0, 0]);
  });

  test('[P30] where nothing can be shown between, a pause of ten seconds parts them', () => {
    const made = plan(programOf([tagged('a', { minPlays: 400 }), tagged('b', { minPlays: 400 })], { loop: [] }));
    expect(made.feasible).toBe(true);
    const pauses = made.slots.slice(1).map((slot, k) => slot.startMs - (made.slots[k]?.startMs ?? 0) - 30_000);
    expect(Math.min(...pauses)).toBe(10_000);
  });

  test('[P30] two exact times that touch cannot both be had', () => {
    const long = [{ item: 'minute', durationMs: 60_000, weight: 1 }];
    const made = plan(programOf([tagged('a', { exactTimes: ['08:00', '08:01'], minPlays: 2, items: long })]));
    expect(made.conflicts).toMatchObject([{ kind: 'exact-time', commitments: ['a'], startMs: at('08:01') }]);
  });

  test('[P30] a plan made again minds what was shown last', () => {
    const program = programOf([tagged('a', { minPlays: 100, minGapMs: 1 })], {
      loop: [{ item: 'y', durationMs: 15_000 }],
    });
    const played = [{ startMs: at('08:00'), durationMs: 30_000, item: 'film-a', commitment: 'a', counted: true }];
    expect(replanDay(program, DATE, played, at('08:00:30')).slots[0]?.commitment).toBeNull();
  });
});

describe('share of airtime', () => {
  test('[P31] the time of its plays is at least the share of all time shown, and hardly more', () => {
    const program = programOf([
      commitmentOf('law', { minAirtimeShare: 0.03, items: [{ item: 'law', durationMs: 47_000, weight: 1 }] }),
    ]);
    const made = plan(program);
    const shownMs = made.slots.reduce((sum, slot) => sum + slot.durationMs, 0);
    const ownMs = own(made, 'law').reduce((sum, slot) => sum + slot.durationMs, 0);
    expect(made.feasible).toBe(true);
    expect(ownMs / shownMs).toBeGreaterThanOrEqual(0.03);
    expect(ownMs / shownMs).toBeLessThan(0.04);
  });

  test('[P31] a share that the hourly limit forbids is a conflict that says what fits', () => {
    const made = plan(programOf([commitmentOf('law', { minAirtimeShare: 0.5, maxPlaysPerHour: 2 })]));
    expect(made.conflicts).toMatchObject([{ kind: 'min-airtime', commitments: ['law'], fits: 34 }]);
  });
});

describe('loop items', () => {
  const shownItems = (made: DayPlan): Set<string> => new Set(made.slots.map(({ item }) => item));

  test('[P32] an item is shown on its dates, weekdays and hours only', () => {
    const loop = [
      { item: 'always', durationMs: 15_000 },
      { item: 'morning', durationMs: 15_000, dayParts: [{ from: '07:00', to: '09:00' }] },
      { item: 'weekend', durationMs: 15_000, weekdays: ['sat' as const, 'sun' as const] },
      { item: 'later', durationMs: 15_000, from: '2026-07-02' },
      { item: 'over', durationMs: 15_000, to: '2026-06-30' },
    ];
    const made = plan(programOf([], { loop }));
    expect(shownItems(made)).toEqual(new Set(['always', 'morning']));
    const morning = made.slots.filter(({ item }) => item === 'morning');
    expect(morning[0]?.startMs).toBe(at('07:00'));
    expect(Math.max(...morning.map((slot) => slot.startMs + slot.durationMs))).toBeLessThanOrEqual(at('09:00'));
    expect(morning.length).toBe(240);
    expect(shownItems(planDay(programOf([], { loop }), '2026-07-04', {}, 0))).toContain('weekend');
  });

  test('[P32] an item that waits for its hours keeps no other from its turn', () => {
    const loop = [
      { item: 'evening', durationMs: 20_000, dayParts: [{ from: '20:00', to: '21:00' }] },
      { item: 'a', durationMs: 20_000 },
      { item: 'b', durationMs: 20_000 },
    ];
    const made = plan(programOf([commitmentOf('c', { minPlays: 60 })], { loop }));
    const day = made.slots.filter(({ commitment, startMs }) => commitment === null && startMs < at('20:00'));
    expect(day.map(({ item }) => item).every((item, k, row) => k === 0 || item !== row[k - 1])).toBe(true);
    expect(made.slots.filter(({ item }) => item === 'evening').length).toBeGreaterThan(50);
  });
});

test('[P1] [P2] [P3] [P5] [P6] [P18] [P29] [P30] [P31] [P32] no plan of any mix of forms has a fault, fresh or made again', () => {
  const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
  fc.assert(
    fc.property(seeds, (which) => {
      const program = variedProgram(which);
      const fresh = planDay(program, DATE, {}, 0);
      expect(planFaults(fresh, { program, date: DATE, nowMs: 0, tally: {} })).toEqual([]);
      const random = seededRandom(which);
      const kept = fresh.slots.slice(0, Math.floor(fresh.slots.length * random()));
      const last = kept.at(-1);
      const nowMs = (last ? last.startMs + last.durationMs : at('06:00')) + Math.floor(random() * 30) * 60_000;
      const played = kept.map(({ startMs, durationMs, item, commitment }, k) => {
        return { startMs, durationMs, item, commitment, counted: k % 7 !== 3 };
      });
      const again = replanDay(program, DATE, played, nowMs);
      expect(planFaults(again, { program, date: DATE, nowMs, tally: {}, played })).toEqual([]);
    }),
    { seed, numRuns: Number(process.env.XUNBO_TEST_RUNS ?? 120) },
  );
});
