/** Why a slot is where it is: which of a count it is, when its turn was, and what moved it. */
import { describe, expect, test } from 'vitest';
import type { DayPlan, PlayedSlot, Slot } from '../../../domain/plan/day-plan.ts';
import { explainMoment } from '../../../domain/plan/explain-moment.ts';
import { explainSlot, type SlotExplanation } from '../../../domain/plan/explain-slot.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { NOTHING_SHOWN, outlineDay } from '../../../domain/plan/promise-outline.ts';
import { replanDay } from '../../../domain/plan/replan-day.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
const at = (time: string): number => Date.parse(`${DATE}T${time.length === 5 ? `${time}:00` : time}+08:00`);
const MINUTE_MS = 60_000;

/** A promised slot of commitment `id` at `time`. */
const slot = (id: string, time: string, over: Partial<Slot> = {}): Slot => ({
  startMs: at(time),
  durationMs: 30_000,
  item: `film-${id}`,
  commitment: id,
  reason: 'scheduled',
  ...over,
});

/** A plan of exactly `slots`. */
function planOf(program: Program, slots: Slot[]): DayPlan {
  const commitments = program.commitments.map(({ id, minPlays }) => {
    const planned = slots.filter((one) => one.commitment === id).length;
    const shortBy = Math.max(0, minPlays - planned);
    return { id, required: minPlays, tally: 0, planned, shortBy, idealGapMs: null, maxGapMs: null };
  });
  return { date: DATE, feasible: true, slots, commitments, conflicts: [] };
}

/** Explains the slot at `index` of a plan of `slots`. */
function explained(program: Program, slots: Slot[], index: number): SlotExplanation {
  return explainSlot(outlineDay(program, planOf(program, slots), 0, NOTHING_SHOWN), slots, index);
}

/** Explains the slot that a real plan has for `id` at or after `time`. */
function explainedAt(program: Program, plan: DayPlan, fromMs: number, id: string | null, time: string) {
  const index = plan.slots.findIndex((one) => one.commitment === id && one.startMs >= at(time));
  return explainSlot(outlineDay(program, plan, fromMs, NOTHING_SHOWN), plan.slots, index);
}

/** Every 15 minutes from 08:00, the `moved` one (counted from 0) at another time. */
function rhythm(count: number, moved?: { nth: number; time: string }): Slot[] {
  return Array.from({ length: count }, (_, nth) =>
    moved?.nth === nth ? slot('a', moved.time) : slot('a', '08:00', { startMs: at('08:00') + nth * 15 * MINUTE_MS }),
  );
}

describe('a promised count', () => {
  test('[EX2][EX3] says which of how many it is, when its turn is, and by when all are done', () => {
    const program = programOf([commitmentOf('a', { minPlays: 12 })]);
    expect(explained(program, rhythm(12), 2)).toEqual({
      kind: 'count',
      item: 'film-a',
      commitment: 'a',
      startMs: at('08:30'),
      nth: 3,
      of: 12,
      fits: null,
      scope: 'screen',
      everyMs: 15 * MINUTE_MS,
      turn: { startMs: at('08:22:30'), endMs: at('08:37:30') },
      doneByMs: at('10:45:30'),
      move: null,
    });
  });

  test('[EX2] counts on from the plays made before, and says how many of the count fit', () => {
    const program = programOf([commitmentOf('a', { minPlays: 6 })]);
    const plan = planDay(program, DATE, { a: 4 }, at('12:00'));
    expect(explainedAt(program, plan, at('12:00'), 'a', '12:00')).toMatchObject({ kind: 'count', nth: 5, of: 6 });
    const short = planOf(program, rhythm(4));
    const said = explainSlot(outlineDay(program, short, 0, NOTHING_SHOWN), short.slots, 3);
    expect(said).toMatchObject({ kind: 'count', nth: 4, of: 6, fits: 4 });
  });

  test('[EX2] bonus plays before it do not count, and what is beyond the count has no place in it', () => {
    const program = programOf([commitmentOf('a', { minPlays: 3 })]);
    const slots = rhythm(3);
    const bonus = slot('a', '08:05', { reason: 'bonus' });
    expect(explained(program, [...slots.slice(0, 1), bonus, ...slots.slice(1)], 2)).toMatchObject({
      kind: 'count',
      nth: 2,
      of: 3,
    });
    const madeGood = rhythm(4).map((one) => ({ ...one, reason: 'make-good' as const }));
    expect(explained(program, madeGood, 2)).toMatchObject({ kind: 'make-good', nth: 3, of: 3 });
    expect(explained(program, madeGood, 3)).toMatchObject({ kind: 'make-good', nth: null, of: 3 });
  });

  test('[EX2] there is no slot beyond the last', () => {
    const program = programOf([commitmentOf('a', { minPlays: 3 })]);
    expect(() => explained(program, rhythm(3), 3)).toThrow('no slot 3 among 3');
  });

  test('[EX3] a single play has no rhythm and no turn', () => {
    const program = programOf([commitmentOf('a', { minPlays: 1 })]);
    expect(explained(program, [slot('a', '08:00')], 0)).toMatchObject({ nth: 1, of: 1, everyMs: null, turn: null });
  });

  test('[EX3] a rhythm goes by the time its hours are open: a break at noon is no part of it', () => {
    const dayParts = [
      { from: '08:00', to: '09:00' },
      { from: '14:00', to: '15:00' },
    ];
    const program = programOf([commitmentOf('a', { minPlays: 4, dayParts })]);
    const slots = ['08:00', '08:30', '14:00', '14:30'].map((time) => slot('a', time));
    expect(explained(program, slots, 2)).toMatchObject({
      everyMs: 30 * MINUTE_MS,
      turn: { startMs: at('08:45'), endMs: at('14:15') },
      move: null,
    });
  });
});

describe('what moved a slot out of its turn', () => {
  const twelve = { minPlays: 12 };
  const b = commitmentOf('b', { minPlays: 1, items: [{ item: 'film-b', durationMs: 300_000, weight: 1 }] });

  test('[EX3] a film of another promise in the way is named with its length', () => {
    const program = programOf([commitmentOf('a', twelve), b]);
    const slots = [...rhythm(12, { nth: 2, time: '08:41' }), slot('b', '08:36', { durationMs: 300_000 })];
    slots.sort((x, y) => x.startMs - y.startMs);
    const because = { kind: 'film', item: 'film-b', commitment: 'b', durationMs: 300_000 };
    expect(explained(program, slots, 3)).toMatchObject({
      move: { direction: 'late', byMs: 3.5 * MINUTE_MS, because },
    });
  });

  test('[EX3] films of others that fill its turn move it forward', () => {
    const program = programOf([commitmentOf('a', twelve), b]);
    const blocks = ['08:22:30', '08:27:30', '08:32:30'].map((time) => slot('b', time, { durationMs: 300_000 }));
    const slots = [...rhythm(12, { nth: 2, time: '08:20' }), ...blocks].sort((x, y) => x.startMs - y.startMs);
    expect(explained(program, slots, 2)).toMatchObject({
      move: { direction: 'early', byMs: 2.5 * MINUTE_MS, because: { kind: 'film', item: 'film-b' } },
    });
  });

  test('[EX3] a loop item that was still on is named', () => {
    const program = programOf([commitmentOf('a', twelve)]);
    const filler = slot('a', '08:37', { item: 'loop-a', commitment: null, reason: 'filler', durationMs: 60_000 });
    const slots = [...rhythm(12, { nth: 2, time: '08:38' }), filler].sort((x, y) => x.startMs - y.startMs);
    expect(explained(program, slots, 3)).toMatchObject({
      move: { direction: 'late', because: { kind: 'loop-item', item: 'loop-a', durationMs: 60_000 } },
    });
  });

  test.each([
    ['min-gap', { minGapMs: 25 * MINUTE_MS }, { kind: 'min-gap', minGapMs: 25 * MINUTE_MS }],
    ['hour-limit', { maxPlaysPerHour: 2 }, { kind: 'hour-limit', limit: 2 }],
    ['uneven', {}, { kind: 'uneven' }],
  ])('[EX3] a late play names its limit: %s', (_, limit, because) => {
    const program = programOf([commitmentOf('a', { ...twelve, ...limit })]);
    expect(explained(program, rhythm(12, { nth: 2, time: '08:40' }), 2)).toMatchObject({
      move: { direction: 'late', byMs: 2.5 * MINUTE_MS, because },
    });
  });

  test('[EX3] an early play names the largest gap or the end of its hours', () => {
    const early = rhythm(12, { nth: 2, time: '08:20' });
    const gap = programOf([commitmentOf('a', { ...twelve, maxGapMs: 6 * MINUTE_MS })]);
    expect(explained(gap, early, 2)).toMatchObject({
      move: { direction: 'early', because: { kind: 'max-gap', maxGapMs: 6 * MINUTE_MS } },
    });
    const dayParts = [
      { from: '08:00', to: '08:21' },
      { from: '08:31', to: '11:00' },
    ];
    const hours = programOf([commitmentOf('a', { ...twelve, dayParts })]);
    const slots = rhythm(12, { nth: 2, time: '08:19' });
    const said = explained(hours, slots, 2);
    expect(said.kind === 'count' && said.move).toMatchObject({
      direction: 'early',
      because: { kind: 'closes', atMs: at('08:21') },
    });
  });
});

describe('other slots', () => {
  test('[EX2] make-good, bonus, filler and the largest gap are told apart', () => {
    const program = programOf([
      commitmentOf('a', { minPlays: 34 }),
      commitmentOf('g', { maxGapMs: 30 * MINUTE_MS }),
      commitmentOf('b', { minPlays: 2, frontLoad: 0.2 }),
    ]);
    const played: PlayedSlot[] = [];
    const plan = replanDay(program, DATE, played, at('14:30'));
    expect(explainedAt(program, plan, at('14:30'), 'a', '14:30')).toMatchObject({
      kind: 'make-good',
      nth: 1,
      of: 34,
      missedBeforeMs: at('14:30'),
    });
    const gap = explainedAt(program, plan, at('14:30'), 'g', '16:00');
    expect(gap).toMatchObject({ kind: 'max-gap', maxGapMs: 30 * MINUTE_MS });
    const next = plan.slots.find((one) => one.commitment !== null && one.startMs > at('16:00'));
    expect(explainedAt(program, plan, at('14:30'), null, '16:00')).toMatchObject({
      kind: 'filler',
      nextMs: next?.startMs,
    });
    const whole = planDay(programOf([commitmentOf('b', { minPlays: 2, frontLoad: 0.2 })]), DATE, {}, 0);
    expect(explainedAt(program, whole, 0, 'b', '20:00')).toMatchObject({
      kind: 'bonus',
      required: 2,
      isBetween: false,
    });
  });

  test('[EX2] a share says what it is of and what the plan reaches', () => {
    const program = programOf([commitmentOf('s', { minShare: 0.25 })]);
    const plan = planDay(program, DATE, {}, 0);
    const said = explainedAt(program, plan, 0, 's', '12:00');
    const own = plan.slots.filter((one) => one.commitment === 's').length;
    expect(said).toMatchObject({ kind: 'share', form: 'plays', share: 0.25, reached: own / plan.slots.length });
  });

  test('[EX2] a share beside a count decides from the play on that the count does not ask for', () => {
    const shares = { minShare: 0.25, minAirtimeShare: 0.2 };
    const counted = programOf([commitmentOf('a', { minPlays: 3, ...shares })]);
    expect(explained(counted, rhythm(3), 2)).toMatchObject({ kind: 'count', nth: 3 });
    expect(explained(counted, rhythm(4), 0)).toMatchObject({ kind: 'share', form: 'plays', share: 0.25 });
    const airtime = programOf([commitmentOf('a', { minPlays: 3, minAirtimeShare: 0.2 })]);
    expect(explained(airtime, rhythm(4), 3)).toMatchObject({ kind: 'share', form: 'airtime', share: 0.2, reached: 1 });
    // More plays than the count without a share to ask for them.
    expect(explained(programOf([commitmentOf('a', { minPlays: 3 })]), rhythm(4), 3)).toMatchObject({ kind: 'count' });
  });

  test('[EX2] an exact time is named, and by how much a late one misses it', () => {
    const program = programOf([commitmentOf('e', { minPlays: 2, exactTimes: ['12:00', '09:00'] })]);
    const slots = [slot('e', '09:00'), slot('e', '12:00:01')];
    expect(explained(program, slots, 0)).toMatchObject({ kind: 'exact', exactMs: at('09:00'), nth: 1, of: 2 });
    expect(explained(program, slots, 1)).toMatchObject({ kind: 'exact', exactMs: at('12:00'), nth: 2, of: 2 });
  });
});

describe('a moment', () => {
  const program = programOf([commitmentOf('a', { minPlays: 1 })], { from: '08:00', to: '20:00', loop: [] });
  const slots = [slot('a', '10:00')];
  const moment = (time: string, commitment: string | null = null, from = '08:00') =>
    explainMoment(program, { date: DATE, slots }, at(from), at(time), commitment);

  test('[EX1] the slot showing then is found, its end not included', () => {
    expect(moment('10:00')).toEqual({ kind: 'slot', index: 0 });
    expect(moment('10:00:29')).toEqual({ kind: 'slot', index: 0 });
    expect(moment('10:00:30')).toMatchObject({ kind: 'idle', fromMs: at('10:00:30'), toMs: at('20:00') });
  });

  test('[EX1] a closed screen says when it opens, the same day or a later one', () => {
    expect(moment('07:00')).toMatchObject({ kind: 'closed', opensMs: at('08:00') });
    expect(moment('21:00')).toMatchObject({ kind: 'closed', opensMs: at('08:00') + 86_400_000 });
    const never = { ...program, openingHours: [] };
    expect(explainMoment(never, { date: DATE, slots: [] }, 0, at('12:00'), null)).toMatchObject({ opensMs: null });
  });

  test('[EX1] what lies before the plan is past, and a commitment without a later play says so', () => {
    expect(moment('08:30', null, '09:00')).toMatchObject({ kind: 'past', fromMs: at('09:00') });
    expect(moment('09:30', 'a')).toEqual({ kind: 'slot', index: 0 });
    expect(moment('10:00:30', 'a')).toMatchObject({ kind: 'none-left', commitment: 'a' });
  });
});
