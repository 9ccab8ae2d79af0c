/** A settled order of plays is laid with whole loop items between, each play as near to its start as its limits allow. */
import { describe, expect, test } from 'vitest';
import { layOrder } from '../../../domain/plan/lay-order.ts';
import { loopQueue } from '../../../domain/plan/loop-queue.ts';
import type { Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { WEEKDAYS } from '../../../domain/time/weekday.ts';
import { dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { orderOf, type Plays } from '../../helpers/play-orders.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const MINUTE_MS = 60_000;
const LOOP = [{ item: 'loop', durationMs: 30_000 }];

/** Plays of a task of ten-minute films at these minutes, which may move all through the hour. */
const plays = (starts: number[], over: Partial<Plays> = {}): Plays => ({
  durationMs: 10 * MINUTE_MS,
  meanMs: 10 * MINUTE_MS,
  room: [minute(0), minute(120)],
  ...over,
  starts: starts.map(minute),
});

/** Where plays start, [task, minute], once they are laid in an hour; null where they cannot be. `filler`: how many loop items there are. */
function laid(
  tasks: Plays[],
  { wishes = [], ...over }: { wishes?: Partial<ProgramCommitment>[] } & Partial<Program> = {},
): { starts: number[][]; filler: number; items: number[] } | null {
  const commitments = tasks.map((_, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wishes[k] }));
  const day = dayOf(smallProgram(commitments, 60, { loop: LOOP, ...over }));
  const columns = layOrder(day, orderOf(tasks), loopQueue(day.loop, day.loop.length));
  if (!columns) return null;
  const slots = Array.from(columns.startMs, (startMs, k) => ({
    task: columns.task[k] ?? 0,
    at: (startMs - minute(0)) / MINUTE_MS,
    item: columns.item[k] ?? 0,
  }));
  const own = slots.filter(({ task }) => task >= 0);
  return {
    starts: own.map(({ task, at }) => [task, at]),
    filler: slots.length - own.length,
    items: own.map(({ item }) => item),
  };
}

describe('plays and the loop between them', () => {
  test('[P17] a play starts where it is meant to, and the loop fills the rest to closing', () => {
    expect(laid([plays([5, 30])])).toMatchObject({
      starts: [
        [0, 5],
        [0, 30],
      ],
      filler: 10 + 30 + 40,
    });
    expect(laid([plays([0]), plays([10])])).toMatchObject({
      starts: [
        [0, 0],
        [1, 10],
      ],
      filler: 80,
    });
  });

  test('[P17] a loop item may make it ten seconds late; a longer one lets it start early', () => {
    const second = 1 / 60;
    expect(laid([plays([5 + 20 * second])])?.starts).toEqual([[0, 5.5]]);
    expect(laid([plays([5 + 19 * second])])?.starts).toEqual([[0, 5]]);
  });

  test('[P7] no loop item makes it later than its latest start, or than those after it leave it time', () => {
    const room: [number, number] = [minute(0), minute(5.4)];
    expect(laid([plays([5.4], { room })])?.starts).toEqual([[0, 5]]);
    const before = laid([plays([5.4]), plays([15.4], { room: [minute(0), minute(15.4)] })]);
    expect(before?.starts).toEqual([
      [0, 5],
      [1, 15],
    ]);
  });

  test('[P6] it starts no earlier than it may', () => {
    expect(laid([plays([5.2], { room: [minute(5.2), minute(60)] })])?.starts).toEqual([[0, 5.2]]);
    const apart = laid([plays([0, 15.2])], { wishes: [{ minGapMs: 15.2 * MINUTE_MS }] });
    expect(apart?.starts).toEqual([
      [0, 0],
      [0, 15.2],
    ]);
  });

  test('[P5] no hour gets more starts than are allowed in it', () => {
    const hours = { openingHours: [{ days: [...WEEKDAYS], ...part(0, 120) }] };
    const starts = [5.2, 20, 60, 80];
    const laidAt = (maxPlaysPerHour: number | null): number[] | undefined =>
      laid([plays(starts)], { wishes: [{ maxPlaysPerHour }], ...hours })?.starts.map(([, at = 0]) => at);
    expect(laidAt(null)).toEqual([5, 20, 60, 80]);
    expect(laidAt(2)).toEqual([5, 20, 65, 80]);
  });

  test('[P17] without a loop it starts where it is meant to', () => {
    expect(laid([plays([5.2, 30.3])], { loop: [] })).toMatchObject({
      starts: [
        [0, 5.2],
        [0, 30.3],
      ],
      filler: 0,
    });
  });

  test('[P10] its items come in their turn', () => {
    const wishes = [{ items: [film(10), { ...film(10), item: 'other' }] }];
    expect(laid([plays([0, 15, 30])], { wishes })?.items).toEqual([0, 1, 0]);
  });
});

describe('what cannot be laid', () => {
  test('[P1] a play that would come too late', () => {
    expect(laid([plays([0]), plays([5], { room: [minute(0), minute(9)] })])).toBeNull();
    expect(laid([plays([0]), plays([5], { room: [minute(0), minute(10)] })])?.starts).toEqual([
      [0, 0],
      [1, 10],
    ]);
  });

  test('[P2] plays keep to the open time they are meant for', () => {
    const openingHours = [part(0, 20), part(40, 60)].map((span) => ({ days: [...WEEKDAYS], ...span }));
    const both = laid([plays([5, 45])], { openingHours });
    expect(both).toMatchObject({
      starts: [
        [0, 5],
        [0, 45],
      ],
      filler: 10 + 10 + 10 + 10,
    });
    expect(laid([plays([5, 60])], { openingHours })).toBeNull();
  });
});
