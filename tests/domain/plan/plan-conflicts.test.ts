/** Every promise that a plan does not keep has a conflict with its span, its rivals and the count that fits. */
import { describe, expect, test } from 'vitest';
import type { Conflict } from '../../../domain/plan/day-plan.ts';
import type { PlanningDay } from '../../../domain/plan/day-task.ts';
import { countConflicts, gapConflicts, shareConflicts } from '../../../domain/plan/plan-conflicts.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import type { ShortCause } from '../../../domain/plan/settle-counts.ts';
import { FILLER, type SlotColumns } from '../../../domain/plan/slot-columns.ts';
import { columnsOf, dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const MINUTE_MS = 60_000;

const day = (wishes: Partial<ProgramCommitment>[], nowMin = 0, starts: number[] = []): PlanningDay =>
  dayOf(smallProgram(wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wish }))), nowMin, {
    c0: { playsByItem: [starts.length], starts: starts.map(minute) },
  });

/** Slots as [task, minute after opening]. */
const columns = (...slots: [number, number][]): SlotColumns =>
  columnsOf(
    slots.map(([, start]) => minute(start)),
    slots.map(([task]) => task),
  );

const because = (kind: 'alone' | 'searched' | 'work-bound'): Map<number, ShortCause> => new Map([[0, { kind }]]);

describe('counts', () => {
  test('[P20] what is kept is no conflict', () => {
    expect(countConflicts(day([{ minPlays: 2 }, {}]), [2, 0], new Map())).toEqual([]);
    expect(countConflicts(day([{ minPlays: 2 }], 30, [5]), [1], new Map())).toEqual([]);
  });

  test.each<[Partial<ProgramCommitment>, Conflict['kind']]>([
    [{ minPlays: 9 }, 'overbooked'],
    [{ minPlays: 9, maxPlaysPerHour: 2 }, 'limits'],
    [{ minPlays: 9, minGapMs: 11 * MINUTE_MS }, 'limits'],
    [{ minPlays: 9, minGapMs: 10 * MINUTE_MS }, 'overbooked'],
    [{ minPlays: 9, dayParts: [{ from: '05:00', to: '06:00' }] }, 'no-window'],
    [{ minPlays: 9, dayParts: [part(0, 9), part(20, 25)] }, 'item-too-long'],
    [{ minPlays: 9, dayParts: [part(0, 9), part(20, 30)] }, 'overbooked'],
    [{ minPlays: 9, items: [film(5), film(12)], dayParts: [part(0, 11)] }, 'item-too-long'],
  ])('[P20] too much even alone, %j: %s', (wish, kind) => {
    const [conflict] = countConflicts(day([wish]), [1], because('alone'));
    expect(conflict).toMatchObject({ kind, commitments: ['c0'], fits: 1 });
  });

  test.each<[Partial<ProgramCommitment>, string | undefined]>([
    [{ minPlays: 9 }, undefined],
    [{ minPlays: 9, maxPlaysPerHour: 2 }, 'hour'],
    [{ minPlays: 9, minGapMs: 11 * MINUTE_MS }, 'min-gap'],
    // Two an hour, but five at their least distance; three at their least distance, but five an hour.
    [{ minPlays: 9, maxPlaysPerHour: 2, minGapMs: 11 * MINUTE_MS }, 'hour'],
    [{ minPlays: 9, maxPlaysPerHour: 5, minGapMs: 25 * MINUTE_MS }, 'min-gap'],
    [{ minPlays: 9, maxPlaysPerHour: 3, minGapMs: 25 * MINUTE_MS }, 'hour'],
  ])('[P20] the limit that binds is named, %j: %s', (wish, limit) => {
    const [conflict] = countConflicts(day([wish]), [1], because('alone'));
    expect(conflict?.limit).toBe(limit);
  });

  test('[P20] span, overflow and count that fits are those of the rest of the day', () => {
    const wish = { minPlays: 9, dayParts: [part(10, 20), part(30, 50)] };
    expect(countConflicts(day([wish], 15, [12]), [2], because('alone'))).toMatchObject([
      { startMs: minute(15), endMs: minute(50), overflowMs: 6 * 10 * MINUTE_MS, fits: 3 },
    ]);
    // Where no window is left, the open time stands for it.
    expect(countConflicts(day([{ ...wish, dayParts: [part(0, 10)] }], 15), [0], because('alone'))).toMatchObject([
      { kind: 'no-window', startMs: minute(15), endMs: minute(60), fits: 0 },
    ]);
  });

  test('[P20] a proved overload is named with its own span and rivals', () => {
    const span = { startMs: minute(5), endMs: minute(25), overflowMs: 90_000.5, indexes: [0, 1], forced: [1, 1] };
    const causes = new Map<number, ShortCause>([[1, { kind: 'overload', span, rivals: [0, 2] }]]);
    expect(countConflicts(day([{}, { minPlays: 4 }, {}]), [0, 1, 0], causes)).toEqual([
      {
        kind: 'overbooked',
        commitments: ['c1', 'c0', 'c2'],
        startMs: minute(5),
        endMs: minute(25),
        overflowMs: 90_001,
        fits: 1,
      },
    ]);
  });

  test('[P20] what a search refused names all whose windows meet its own and who have something to promise', () => {
    const wishes = [
      { minPlays: 4, dayParts: [part(0, 20)] },
      { minPlays: 1, dayParts: [part(20, 40)] },
      { minPlays: 1, dayParts: [part(19, 40)] },
      { minPlays: 0, dayParts: [part(0, 20)] },
      { minPlays: 1 },
      { minPlays: 1, dayParts: [part(0, 20)] },
    ];
    expect(countConflicts(day(wishes), [1, 1, 1, 0, 1, 1], because('searched'))).toMatchObject([
      { kind: 'overbooked', commitments: ['c0', 'c2', 'c4', 'c5'], fits: 1, overflowMs: 30 * MINUTE_MS },
    ]);
  });

  test('[P23] where the work ended first, that is said', () => {
    expect(countConflicts(day([{ minPlays: 4 }]), [1], because('work-bound'))).toMatchObject([{ kind: 'work-bound' }]);
    expect(countConflicts(day([{ minPlays: 4 }]), [1], new Map())).toMatchObject([{ kind: 'work-bound' }]);
  });
});

describe('largest gaps', () => {
  const wish = { maxGapMs: 20 * MINUTE_MS };

  test('[P7] exactly as wide as allowed is kept', () => {
    expect(gapConflicts(day([wish, {}]), columns([0, 0], [FILLER, 10], [0, 20], [1, 30], [0, 40]))).toEqual([]);
    expect(gapConflicts(day([{}]), columns([0, 0], [0, 50]))).toEqual([]);
  });

  test('[P7] the widest of those that are wider is named', () => {
    expect(gapConflicts(day([wish, { minPlays: 1 }]), columns([0, 0], [0, 21], [0, 43], [1, 55]))).toEqual([
      {
        kind: 'max-gap',
        commitments: ['c0', 'c1'],
        startMs: minute(21),
        endMs: minute(43),
        overflowMs: 2 * MINUTE_MS,
        fits: 3,
      },
    ]);
  });

  test('[P7] closed windows are no gap', () => {
    const dayParts = [part(0, 15), part(45, 60)];
    expect(gapConflicts(day([{ ...wish, dayParts }]), columns([0, 5], [0, 45]))).toEqual([]);
  });

  test('[P7] [P18] from the last play shown only what a plan can still change', () => {
    expect(gapConflicts(day([wish], 30, [5]), columns([0, 35], [0, 50]))).toEqual([]);
    expect(gapConflicts(day([wish], 30, [30]), columns([0, 51]))).toMatchObject([
      { startMs: minute(30), endMs: minute(51), fits: 2 },
    ]);
  });

  test('[P7] the time from the opening of a window to the first start, and from the last to its end, counts', () => {
    expect(gapConflicts(day([wish]), columns([0, 20], [0, 40]))).toEqual([]);
    expect(gapConflicts(day([wish]), columns([0, 21], [0, 40]))).toMatchObject([
      { startMs: minute(0), endMs: minute(21), overflowMs: MINUTE_MS, fits: 2 },
    ]);
    expect(gapConflicts(day([wish]), columns([0, 0], [0, 19], [0, 39]))).toMatchObject([
      { startMs: minute(39), endMs: minute(60) },
    ]);
    expect(gapConflicts(day([wish]), columns())).toMatchObject([{ startMs: minute(0), endMs: minute(60), fits: 0 }]);
    expect(gapConflicts(day([{ ...wish, dayParts: [part(0, 20)] }]), columns())).toEqual([]);
    expect(gapConflicts(day([{ ...wish, dayParts: [part(0, 21)] }]), columns())).toHaveLength(1);
  });

  test('[P7] windows that are over are past', () => {
    expect(gapConflicts(day([{ ...wish, dayParts: [part(0, 30), part(40, 60)] }], 30), columns([0, 50]))).toEqual([]);
  });
});

describe('shares', () => {
  const filler = (count: number): [number, number][] => Array.from({ length: count }, (_, k) => [FILLER, 20 + k / 2]);

  test('[P8] a share that is reached is no conflict, to the play', () => {
    expect(shareConflicts(day([{ minShare: 0.5 }]), columns([0, 0], [0, 10], ...filler(2)))).toEqual([]);
    expect(shareConflicts(day([{ minShare: 0.5 }]), columns())).toEqual([]);
    expect(shareConflicts(day([{}]), columns(...filler(3)))).toEqual([]);
  });

  test('[P8] what is lacking is told in time, and what there is in plays', () => {
    expect(shareConflicts(day([{ minShare: 0.5 }, { minPlays: 1 }]), columns([0, 0], [1, 10], ...filler(3)))).toEqual([
      {
        kind: 'min-share',
        commitments: ['c0', 'c1'],
        startMs: minute(0),
        endMs: minute(60),
        overflowMs: 15 * MINUTE_MS,
        fits: 1,
      },
    ]);
  });

  test('[P8] a share of airtime goes by time', () => {
    // Ten minutes of it, ten of the loop.
    const slots = columns([0, 0], ...filler(20));
    expect(shareConflicts(day([{ minAirtimeShare: 0.5 }]), slots)).toEqual([]);
    expect(shareConflicts(day([{ minAirtimeShare: 0.6 }]), slots)).toMatchObject([
      { kind: 'min-airtime', commitments: ['c0'], overflowMs: 2 * MINUTE_MS, fits: 1 },
    ]);
    expect(shareConflicts(day([{ minAirtimeShare: 0.6 }]), columns())).toEqual([]);
    // Ten more were shown before: twenty of thirty.
    expect(shareConflicts(day([{ minAirtimeShare: 0.66 }], 30, [5]), slots)).toEqual([]);
    expect(shareConflicts(day([{ minAirtimeShare: 0.7 }], 30, [5]), slots)).toMatchObject([
      { kind: 'min-airtime', overflowMs: MINUTE_MS, fits: 2 },
    ]);
  });

  test('[P8] plays shown before count on both sides', () => {
    expect(shareConflicts(day([{ minShare: 0.5 }], 30, [5, 15]), columns(...filler(2)))).toEqual([]);
    expect(shareConflicts(day([{ minShare: 0.5 }], 30, [5, 15]), columns(...filler(3)))).toMatchObject([
      { kind: 'min-share', overflowMs: 5 * MINUTE_MS, fits: 2 },
    ]);
  });
});
