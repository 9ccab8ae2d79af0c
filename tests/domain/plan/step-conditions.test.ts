/** What comes before being in step, and what is shown until the next common slot. */
import { describe, expect, test } from 'vitest';
import type { DayPlan, PlayedSlot, Slot } from '../../../domain/plan/day-plan.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { LoopItem, Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { stayInStep } from '../../../domain/plan/stay-in-step.ts';
import { clockAt, DAY, film, minute, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const MINUTE_MS = 60_000;

/** Two hours with a promise of films of a minute, and a loop of half minutes. */
const programWith = (
  wish: Partial<ProgramCommitment>,
  loop: LoopItem[] = [{ item: 'loop', durationMs: 30_000 }],
): Program => smallProgram([commitmentOf('a', { minPlays: 12, items: [film(1)], ...wish })], 120, { loop });

const startsOf = ({ slots }: DayPlan): number[] =>
  slots.flatMap(({ commitment, startMs }) => (commitment === 'a' ? [startMs] : []));
const playedAt = (startMs: number, commitment = 'a'): PlayedSlot => ({
  startMs,
  durationMs: MINUTE_MS,
  item: 'film-1',
  commitment,
  counted: true,
});

/** Whether a screen goes on in step from `nowMs`, which has counted so many plays more than the shared plan had by then. */
function isInStep(
  wish: Partial<ProgramCommitment>,
  more: number,
  nowMs = minute(50),
  played: PlayedSlot[] = [],
): boolean {
  const program = programWith(wish);
  const shared = planDay(program, DAY, {}, 0);
  const tally = startsOf(shared).filter((startMs) => startMs < nowMs).length + more;
  const own = planDay(program, DAY, { a: tally }, nowMs);
  return stayInStep(program, DAY, own, played, nowMs) !== own;
}

describe('what comes before the step', () => {
  test('[P33] a count that the others do not make up for', () => {
    expect([isInStep({}, 0), isInStep({}, 5), isInStep({}, -1)]).toEqual([true, true, true]);
    // The shared plan has bonus plays for what was missed, but not for all of a full day.
    const full = { minPlays: 60, frontLoad: 1 };
    expect([isInStep(full, 0), isInStep(full, -3)]).toEqual([true, false]);
  });

  test.each<[string, Partial<ProgramCommitment>]>([
    ['a share of plays', { minShare: 0.2 }],
    ['a share of airtime', { minAirtimeShare: 0.2 }],
    ['a largest gap', { maxGapMs: 20 * MINUTE_MS }],
    ['exact times', { minPlays: 3, exactTimes: [clockAt(10), clockAt(30), clockAt(90)] }],
  ])('[P33] %s of which a play was missed', (_, wish) => {
    expect([isInStep(wish, 0), isInStep(wish, -1)]).toEqual([true, false]);
  });

  test('[P33] the least distance to what was played last', () => {
    const apart = { minGapMs: 5 * MINUTE_MS };
    const shared = planDay(programWith(apart), DAY, {}, 0);
    const next = startsOf(shared).find((startMs) => startMs > minute(50)) ?? 0;
    const nowMs = next - 30_000;
    const apartBy = (gapMs: number): boolean => isInStep(apart, 0, nowMs, [playedAt(next - gapMs)]);
    expect([apartBy(5 * MINUTE_MS), apartBy(5 * MINUTE_MS - 1)]).toEqual([true, false]);
    expect(isInStep({}, 0, nowMs, [playedAt(next - 1)])).toBe(true);
    expect(isInStep(apart, 0, nowMs, [playedAt(next - 1, 'other')])).toBe(true);
  });

  test('[P33] the most plays an hour', () => {
    const hourly = { minPlays: 4, maxPlaysPerHour: 3 };
    const shared = planDay(programWith(hourly), DAY, {}, 0);
    const next = startsOf(shared).find((startMs) => startMs > minute(50)) ?? 0;
    const nowMs = next - 30_000;
    const withPlayed = (...agoMin: number[]): boolean =>
      isInStep(
        hourly,
        0,
        nowMs,
        agoMin.map((ago) => playedAt(next - ago * MINUTE_MS)),
      );
    expect([withPlayed(), withPlayed(60, 61, 62)]).toEqual([true, true]);
    expect([withPlayed(59, 58, 57), withPlayed(57, 59, 58)]).toEqual([false, false]);
  });
});

describe('until the next common slot', () => {
  const loop = [
    { item: 'plain', durationMs: 30_000 },
    { item: 'bank', durationMs: 30_000, separation: 'bank' },
    { item: 'long', durationMs: 20 * MINUTE_MS },
  ];
  /** What is shown before the others start their next slot, where an own plan from a minute into their film has `items`. */
  function bridged(items: string[]): [string, number][] {
    const own = programWith({ minPlays: 3, items: [film(10)] }, loop);
    const shared = planDay(own, DAY, {}, 0);
    const nowMs = (startsOf(shared)[0] ?? 0) + MINUTE_MS;
    const meeting = shared.slots.find(({ startMs }) => startMs >= nowMs);
    let atMs = nowMs;
    const slots = items.map((item): Slot => {
      const durationMs = loop.find((one) => one.item === item)?.durationMs ?? 10 * MINUTE_MS;
      const isFilm = item === 'film-10';
      const slot = { startMs: atMs, durationMs, item, commitment: isFilm ? 'a' : null, reason: 'filler' as const };
      // Close together, so that many of them begin before the others' next one.
      atMs += 1000;
      return slot;
    });
    const account = { id: 'a', required: 3, tally: 3, planned: 0, shortBy: 0, idealGapMs: null, maxGapMs: null };
    const plan = { date: DAY, feasible: true, slots, commitments: [account], conflicts: [] };
    const made = stayInStep(own, DAY, plan, [], nowMs);
    return made.slots
      .filter(({ startMs }) => startMs < (meeting?.startMs ?? 0))
      .map(({ item, startMs }) => [item, (startMs - nowMs) / MINUTE_MS]);
  }

  test('[P33] loop items follow each other in the order of the own plan, promised plays left out', () => {
    expect(bridged(['plain', 'film-10', 'plain', 'plain'])).toEqual([
      ['plain', 0],
      ['plain', 0.5],
      ['plain', 1],
    ]);
    expect(bridged([])).toEqual([]);
  });

  test('[P33] up to the next slot of the others and not past it', () => {
    const many = bridged(Array.from({ length: 30 }, () => 'plain'));
    expect(many).toHaveLength(18);
    expect(many.at(-1)).toEqual(['plain', 8.5]);
    expect(bridged(['plain', 'long', 'plain'])).toEqual([
      ['plain', 0],
      ['plain', 0.5],
    ]);
  });

  test('[P30] [P33] two of a tag never stand back to back', () => {
    expect(bridged(['bank', 'bank', 'plain', 'bank']).map(([item]) => item)).toEqual(['bank', 'plain', 'bank']);
    expect(bridged(['plain', 'plain', 'bank']).map(([item]) => item)).toEqual(['plain', 'plain', 'bank']);
  });

  test('[P33] from there on the slots are those of the others', () => {
    const one = programWith({});
    const shared = planDay(one, DAY, {}, 0);
    const [first = 0] = startsOf(shared);
    for (const nowMs of [first, first + 1, first + MINUTE_MS]) {
      const tally = startsOf(shared).filter((startMs) => startMs < nowMs).length;
      const plan = stayInStep(one, DAY, planDay(one, DAY, { a: tally }, nowMs), [], nowMs);
      const rest = shared.slots.filter(({ startMs }) => startMs >= nowMs);
      expect(plan.slots.filter(({ startMs }) => startMs >= (rest[0]?.startMs ?? 0))).toEqual(rest);
      const starts = startsOf(plan);
      const gaps = starts.slice(1).map((start, k) => start - (starts[k] ?? 0));
      expect(plan.commitments).toMatchObject([
        { tally, planned: starts.length, shortBy: 0, maxGapMs: Math.max(...gaps) },
      ]);
    }
  });

  test('[P33] with fewer than two plays left there is no gap between them', () => {
    const one = programWith({ minPlays: 2, frontLoad: 1 });
    const shared = planDay(one, DAY, {}, 0);
    const starts = startsOf(shared);
    const accountFrom = (nth: number) => {
      const nowMs = starts.at(nth) ?? 0;
      const own = planDay(one, DAY, { a: starts.length + nth }, nowMs);
      return stayInStep(one, DAY, own, [], nowMs).commitments[0];
    };
    expect(accountFrom(-1)).toMatchObject({ planned: 1, idealGapMs: null, maxGapMs: null });
    expect(accountFrom(-2)).toMatchObject({ planned: 2, maxGapMs: (starts.at(-1) ?? 0) - (starts.at(-2) ?? 0) });
  });
});
