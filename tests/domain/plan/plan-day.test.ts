import { describe, expect, test } from 'vitest';
import type { DayPlan } from '../../../domain/plan/day-plan.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { planFaults } from '../../helpers/plan-checker.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
const at = (time: string): number => Date.parse(`${DATE}T${time}:00+08:00`);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Plans and has the independent checker look at every plan made here. */
function plan(program: Program, tally: Record<string, number> = {}, nowMs = 0, date = DATE): DayPlan {
  const made = planDay(program, date, tally, nowMs);
  expect(planFaults(made, { program, date, nowMs, tally })).toEqual([]);
  return made;
}

const startsOf = (made: DayPlan, id: string): number[] =>
  made.slots.filter((slot) => slot.commitment === id).map((slot) => slot.startMs);
const film = (seconds: number): { item: string; durationMs: number; weight: number }[] => [
  { item: 'film', durationMs: seconds * 1000, weight: 1 },
];

describe('counts and windows', () => {
  test('[P1] slots follow each other without overlap and, with a loop that fits, without a hole', () => {
    const made = plan(programOf([commitmentOf('a', { minPlays: 40 }), commitmentOf('b', { minPlays: 100 })]));
    made.slots.slice(1).forEach((slot, k) => {
      const before = made.slots[k];
      expect(slot.startMs).toBe((before?.startMs ?? 0) + (before?.durationMs ?? 0));
    });
    expect(made.slots[0]?.startMs).toBe(at('06:00'));
    expect(at('23:00') - (made.slots.at(-1)?.startMs ?? 0)).toBeLessThanOrEqual(15_000);
  });

  test('[P2] nothing is planned before now', () => {
    const made = plan(programOf([commitmentOf('a', { minPlays: 5 })]), {}, at('12:00') + 1);
    expect(made.slots[0]?.startMs).toBe(at('12:00') + 1);
  });

  test('[P2] a closed day has no slots and names what it cannot keep', () => {
    const program = programOf([commitmentOf('a', { minPlays: 1 })], {
      openingHours: [{ days: ['sun'], from: '08:00', to: '20:00' }],
    });
    const made = plan(program);
    expect(made.slots).toEqual([]);
    expect(made.conflicts).toMatchObject([{ kind: 'no-window', commitments: ['a'], fits: 0 }]);
  });

  test('[P3] plays lie inside day parts, also where parts overlap or run past opening hours', () => {
    const dayParts = [
      { from: '05:00', to: '07:00' },
      { from: '06:30', to: '07:30' },
      { from: '22:00', to: '25:00' },
    ];
    const made = plan(programOf([commitmentOf('a', { minPlays: 12, dayParts })]));
    expect(made.feasible).toBe(true);
    expect(startsOf(made, 'a').length).toBeGreaterThanOrEqual(12);
  });

  test('[P4] the tally counts, and what is left is planned in the rest of the day', () => {
    const part = [{ from: '08:00', to: '20:00' }];
    const made = plan(
      programOf([commitmentOf('c1', { minPlays: 3, dayParts: part, maxPlaysPerHour: 6, minGapMs: MINUTE_MS })]),
      { c1: 1 },
      at('12:00'),
    );
    expect(made.commitments).toMatchObject([{ id: 'c1', required: 3, tally: 1, shortBy: 0, idealGapMs: 4 * HOUR_MS }]);
    expect(made.slots.filter((slot) => slot.reason === 'scheduled')).toHaveLength(2);
  });

  test('[P4] a day that only an exact order fills is filled', () => {
    const program = programOf(
      [
        commitmentOf('long', { minPlays: 1, items: film(1200), dayParts: [{ from: '08:00', to: '08:30' }] }),
        commitmentOf('early', { minPlays: 1, items: film(600), dayParts: [{ from: '08:00', to: '08:10' }] }),
        commitmentOf('late', { minPlays: 3, items: film(600), dayParts: [{ from: '08:20', to: '09:00' }] }),
      ],
      { from: '08:00', to: '09:00' },
    );
    expect(plan(program).feasible).toBe(true);
  });

  test('[P4] a commitment that does not run on the date has neither plays nor an account', () => {
    const made = plan(
      programOf([
        commitmentOf('a', { minPlays: 1, weekdays: ['sun'] }),
        commitmentOf('b', { minPlays: 1, from: '2026-07-02' }),
        commitmentOf('c', { minPlays: 1 }),
      ]),
    );
    expect(made.commitments.map((account) => account.id)).toEqual(['c']);
  });

  test('[P4] no commitments and an empty loop give an empty, feasible plan', () => {
    expect(plan(programOf([], { loop: [] }))).toEqual({
      date: DATE,
      feasible: true,
      slots: [],
      commitments: [],
      conflicts: [],
    });
  });
});

describe('limits', () => {
  test('[P5] no rolling hour holds more starts than allowed', () => {
    const made = plan(programOf([commitmentOf('a', { minPlays: 50, maxPlaysPerHour: 3 })]));
    const starts = startsOf(made, 'a');
    expect(starts).toHaveLength(51);
    starts.slice(3).forEach((start, k) => {
      expect(start - (starts[k] ?? 0)).toBeGreaterThanOrEqual(HOUR_MS);
    });
  });

  test('[P5] limits that contradict the minimum are named with the count that fits', () => {
    const made = plan(programOf([commitmentOf('a', { minPlays: 60, maxPlaysPerHour: 1 })]));
    expect(made.conflicts).toMatchObject([{ kind: 'limits', commitments: ['a'], fits: 17 }]);
    expect(made.commitments[0]).toMatchObject({ planned: 17, shortBy: 43 });
  });

  test('[P6] starts keep their least distance', () => {
    const made = plan(programOf([commitmentOf('a', { minPlays: 30, minGapMs: 33 * MINUTE_MS })]));
    const starts = startsOf(made, 'a');
    expect(Math.min(...starts.slice(1).map((start, k) => start - (starts[k] ?? 0)))).toBeGreaterThanOrEqual(
      33 * MINUTE_MS,
    );
    expect(made.feasible).toBe(true);
  });

  test('[P7] a largest gap is kept all through the windows, with or without a minimum', () => {
    const made = plan(
      programOf([
        commitmentOf('a', { maxGapMs: 20 * MINUTE_MS }),
        commitmentOf('b', { minPlays: 200, items: film(120) }),
      ]),
    );
    expect(made.feasible).toBe(true);
    expect(made.commitments[0]?.maxGapMs).toBeLessThanOrEqual(20 * MINUTE_MS);
    expect(at('23:00') - (startsOf(made, 'a').at(-1) ?? 0)).toBeLessThanOrEqual(20 * MINUTE_MS);
  });

  test('[P7] a largest gap that cannot be held is a conflict, and the minimums are still planned', () => {
    const made = plan(
      programOf([
        commitmentOf('a', { minPlays: 10, maxGapMs: 2 * MINUTE_MS, items: film(150) }),
        commitmentOf('b', { minPlays: 5 }),
      ]),
    );
    expect(made.conflicts).toMatchObject([{ kind: 'max-gap', commitments: ['a', 'b'] }]);
    expect(made.commitments.map((account) => account.shortBy)).toEqual([0, 0]);
  });

  test.each([0.03, 1 / 3, 0.5, 0.8])('[P8] a share of %d of all plays of the day is reached', (minShare) => {
    const made = plan(
      programOf([commitmentOf('a', { minShare }), commitmentOf('b', { minPlays: 60, items: film(90) })]),
    );
    expect(made.feasible).toBe(true);
    expect(startsOf(made, 'a').length / made.slots.length).toBeGreaterThanOrEqual(minShare);
    // Neither is the share bought by far too many plays.
    expect(startsOf(made, 'a').length / made.slots.length).toBeLessThan(minShare * 1.1 + 0.02);
  });

  test('[P8] a share that the day parts do not hold is a conflict', () => {
    const made = plan(programOf([commitmentOf('a', { minShare: 0.5, dayParts: [{ from: '08:00', to: '09:00' }] })]));
    expect(made.conflicts).toMatchObject([{ kind: 'min-share', commitments: ['a'] }]);
  });

  test('[P9] where not all fits, the lower priority gives way and the conflict says to whom', () => {
    const made = plan(
      programOf(
        [
          commitmentOf('low', { minPlays: 40, items: film(60) }),
          commitmentOf('high', { minPlays: 40, items: film(60), priority: 1 }),
        ],
        {
          from: '08:00',
          to: '09:00',
        },
      ),
    );
    expect(made.commitments.map((account) => account.shortBy)).toEqual([20, 0]);
    expect(made.conflicts).toEqual([
      {
        kind: 'overbooked',
        commitments: ['low', 'high'],
        startMs: at('08:00'),
        endMs: at('09:00'),
        overflowMs: 20 * MINUTE_MS,
        fits: 20,
      },
    ]);
  });

  test('[P9] the span that overflows is named, not the whole day', () => {
    const evening = [{ from: '19:00', to: '20:00' }];
    const made = plan(
      programOf([
        commitmentOf('a', { minPlays: 50, items: film(60), dayParts: evening }),
        commitmentOf('b', { minPlays: 20, items: film(60), dayParts: evening }),
        commitmentOf('c', { minPlays: 20, items: film(60) }),
      ]),
    );
    expect(made.conflicts).toMatchObject([
      { commitments: ['b', 'a'], startMs: at('19:00'), endMs: at('20:00'), overflowMs: 10 * MINUTE_MS, fits: 10 },
    ]);
  });

  test('[P9] an item longer than its day part is named as that', () => {
    const made = plan(
      programOf([commitmentOf('a', { minPlays: 1, items: film(601), dayParts: [{ from: '08:00', to: '08:10' }] })]),
    );
    expect(made.conflicts).toMatchObject([{ kind: 'item-too-long', fits: 0 }]);
  });
});

describe('items, rhythm and loop', () => {
  test('[P10] items of one commitment are shared out by weight, going on from the tally', () => {
    const items = [
      { item: 'x', durationMs: 20_000, weight: 3 },
      { item: 'y', durationMs: 40_000, weight: 1 },
    ];
    const made = plan(programOf([commitmentOf('a', { minPlays: 40, items, frontLoad: 1 })]), { a: 1 });
    const shown = made.slots.filter((slot) => slot.commitment === 'a').map((slot) => slot.item);
    expect(shown.slice(0, 7)).toEqual(
      ['y', 'x', 'x', 'x', 'y', 'x', 'x'].slice(0, shown.length).map((_, k) => shown[k]),
    );
    const whole = ['x', ...shown];
    expect(Math.abs(whole.filter((item) => item === 'y').length - whole.length / 4)).toBeLessThanOrEqual(1);
  });

  test('[P11] promised plays are done by three quarters of the window and the rhythm goes on to closing as bonus', () => {
    const made = plan(
      programOf([commitmentOf('a', { minPlays: 20 }), commitmentOf('b', { minPlays: 33, items: film(45) })]),
    );
    const promised = made.slots.filter((slot) => slot.reason === 'scheduled');
    expect((promised.at(-1)?.startMs ?? 0) - at('06:00')).toBeLessThanOrEqual(0.75 * 17 * HOUR_MS);
    const bonus = made.slots.filter((slot) => slot.reason === 'bonus');
    expect(bonus.length).toBeGreaterThanOrEqual(12);
    expect(at('23:00') - (bonus.at(-1)?.startMs ?? 0)).toBeLessThan(HOUR_MS);
  });

  test('[P11] a front-load of 1 spreads the promise over the whole window', () => {
    const made = plan(programOf([commitmentOf('a', { minPlays: 17, frontLoad: 1 })]));
    const starts = startsOf(made, 'a');
    expect(starts.length).toBeGreaterThanOrEqual(17);
    expect(starts.length).toBeLessThanOrEqual(18);
    expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(15.5 * HOUR_MS);
  });

  test('[P12] bonus plays never cost a promised one: a full day has none', () => {
    const made = plan(
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
    const made = plan(programOf([commitmentOf('a', { minPlays: 200 })], { loop }));
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
    const made = plan(programOf([commitmentOf('a', { minPlays: 500, items: film(40) })], { loop }));
    expect(made.feasible).toBe(true);
    for (const { item } of loop)
      expect(made.slots.filter((slot) => slot.item === item).length, item).toBeGreaterThan(5);
  });

  test('[P17] an empty loop leaves idle time and keeps the rhythm', () => {
    const made = plan(programOf([commitmentOf('a', { minPlays: 12 })], { loop: [] }));
    expect(made.feasible).toBe(true);
    expect(made.slots.length).toBe(startsOf(made, 'a').length);
    expect(made.commitments[0]?.maxGapMs).toBeLessThan(1.2 * 0.75 * (17 / 12) * HOUR_MS);
  });
});

describe('time', () => {
  test('[P21] hours past midnight belong to their date of service', () => {
    const made = plan(
      programOf([commitmentOf('a', { minPlays: 4, dayParts: [{ from: '24:10', to: '25:30' }] })], {
        from: '18:00',
        to: '25:30',
      }),
    );
    expect(made.feasible).toBe(true);
    expect(startsOf(made, 'a')[0]).toBeGreaterThanOrEqual(Date.parse('2026-07-02T00:10:00+08:00'));
  });

  test.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-07-01', 24],
  ])('[P21] %s in Berlin has %d hours', (date, hours) => {
    const program = programOf([commitmentOf('a', { minPlays: 24, maxPlaysPerHour: 2 })], {
      timeZone: 'Europe/Berlin',
      from: '00:00',
      to: '24:00',
    });
    const made = plan(program, {}, 0, date);
    expect(made.slots.reduce((sum, slot) => sum + slot.durationMs, 0)).toBe(hours * HOUR_MS);
    expect(made.feasible).toBe(true);
  });

  test('[P21] a day part inside the hour that is skipped holds nothing, and says so', () => {
    const program = programOf([commitmentOf('a', { minPlays: 1, dayParts: [{ from: '02:00', to: '03:00' }] })], {
      timeZone: 'Europe/Berlin',
      from: '00:00',
      to: '24:00',
    });
    expect(plan(program, {}, 0, '2026-03-29').conflicts).toMatchObject([{ kind: 'no-window' }]);
  });
});

describe('bounds', () => {
  test('[P23] a loop of one millisecond ends at the bound on slots and says so', () => {
    const made = planDay(programOf([], { loop: [{ item: 'flash', durationMs: 1 }] }), DATE, {}, 0);
    expect(made.conflicts).toMatchObject([{ kind: 'work-bound', commitments: [] }]);
    expect(made.slots.length).toBeLessThanOrEqual(200_000);
  });

  test('[P23] an absurd minimum is answered at once with what fits', () => {
    const made = plan(programOf([commitmentOf('a', { minPlays: 100_000 })]));
    expect(made.conflicts).toMatchObject([{ kind: 'overbooked', commitments: ['a'], fits: 2040 }]);
  });

  test('[P23] 2,000 commitments that do not fit end in bounded time', () => {
    const many = Array.from({ length: 2000 }, (_, k) =>
      commitmentOf(`c${k}`, { minPlays: 3, items: film(20), minGapMs: 600_000 }),
    );
    const made = planDay(programOf(many), DATE, {}, 0);
    expect(made.feasible).toBe(false);
    expect(made.conflicts.length).toBeGreaterThan(0);
  });

  test('[P19] equal input gives an equal plan', () => {
    const program = programOf([
      commitmentOf('a', { minPlays: 77 }),
      commitmentOf('b', { minPlays: 31, minGapMs: 700_000 }),
    ]);
    expect(JSON.stringify(planDay(program, DATE, { a: 3 }, at('07:00')))).toBe(
      JSON.stringify(planDay(structuredClone(program), DATE, { a: 3 }, at('07:00'))),
    );
  });
});
