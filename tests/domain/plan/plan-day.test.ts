/** A day's plan: its slots, windows and counts, days of other lengths, and what it costs to plan absurd ones. */
import { describe, expect, test } from 'vitest';
import { planDay } from '../../../domain/plan/plan-day.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';
import { at, checkedPlan, DATE, film, HOUR_MS, MINUTE_MS, startsOf } from './support/checked-plan.ts';

describe('counts and windows', () => {
  test('[P1] slots follow each other without overlap and, with a loop that fits, without a hole', () => {
    const made = checkedPlan(programOf([commitmentOf('a', { minPlays: 40 }), commitmentOf('b', { minPlays: 100 })]));
    made.slots.slice(1).forEach((slot, k) => {
      const before = made.slots[k];
      expect(slot.startMs).toBe((before?.startMs ?? 0) + (before?.durationMs ?? 0));
    });
    expect(made.slots[0]?.startMs).toBe(at('06:00'));
    expect(at('23:00') - (made.slots.at(-1)?.startMs ?? 0)).toBeLessThanOrEqual(15_000);
  });

  test('[P2] nothing is planned before now', () => {
    const made = checkedPlan(programOf([commitmentOf('a', { minPlays: 5 })]), {}, at('12:00') + 1);
    expect(made.slots[0]?.startMs).toBe(at('12:00') + 1);
  });

  test('[P2] a closed day has no slots and names what it cannot keep', () => {
    const program = programOf([commitmentOf('a', { minPlays: 1 })], {
      openingHours: [{ days: ['sun'], from: '08:00', to: '20:00' }],
    });
    const made = checkedPlan(program);
    expect(made.slots).toEqual([]);
    expect(made.conflicts).toMatchObject([{ kind: 'no-window', commitments: ['a'], fits: 0 }]);
  });

  test('[P3] plays lie inside day parts, also where parts overlap or run past opening hours', () => {
    const dayParts = [
      { from: '05:00', to: '07:00' },
      { from: '06:30', to: '07:30' },
      { from: '22:00', to: '25:00' },
    ];
    const made = checkedPlan(programOf([commitmentOf('a', { minPlays: 12, dayParts })]));
    expect(made.feasible).toBe(true);
    expect(startsOf(made, 'a').length).toBeGreaterThanOrEqual(12);
  });

  test('[P4] the tally counts, and what is left is planned in the rest of the day', () => {
    const part = [{ from: '08:00', to: '20:00' }];
    const made = checkedPlan(
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
    expect(checkedPlan(program).feasible).toBe(true);
  });

  test('[P4] a commitment that does not run on the date has neither plays nor an account', () => {
    const made = checkedPlan(
      programOf([
        commitmentOf('a', { minPlays: 1, weekdays: ['sun'] }),
        commitmentOf('b', { minPlays: 1, from: '2026-07-02' }),
        commitmentOf('c', { minPlays: 1 }),
      ]),
    );
    expect(made.commitments.map((account) => account.id)).toEqual(['c']);
  });

  test('[P4] no commitments and an empty loop give an empty, feasible plan', () => {
    expect(checkedPlan(programOf([], { loop: [] }))).toEqual({
      date: DATE,
      feasible: true,
      slots: [],
      commitments: [],
      conflicts: [],
    });
  });
});

describe('time', () => {
  test('[P21] hours past midnight belong to their date of service', () => {
    const made = checkedPlan(
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
    const made = checkedPlan(program, {}, 0, date);
    expect(made.slots.reduce((sum, slot) => sum + slot.durationMs, 0)).toBe(hours * HOUR_MS);
    expect(made.feasible).toBe(true);
  });

  test('[P21] a day part inside the hour that is skipped holds nothing, and says so', () => {
    const program = programOf([commitmentOf('a', { minPlays: 1, dayParts: [{ from: '02:00', to: '03:00' }] })], {
      timeZone: 'Europe/Berlin',
      from: '00:00',
      to: '24:00',
    });
    expect(checkedPlan(program, {}, 0, '2026-03-29').conflicts).toMatchObject([{ kind: 'no-window' }]);
  });
});

describe('bounds', () => {
  test('[P23] a loop of one millisecond ends at the bound on slots and says so', () => {
    const made = planDay(programOf([], { loop: [{ item: 'flash', durationMs: 1 }] }), DATE, {}, 0);
    expect(made.conflicts).toMatchObject([{ kind: 'work-bound', commitments: [] }]);
    expect(made.slots.length).toBeLessThanOrEqual(200_000);
  });

  test('[P23] an absurd minimum is answered at once with what fits', () => {
    const made = checkedPlan(programOf([commitmentOf('a', { minPlays: 100_000 })]));
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
