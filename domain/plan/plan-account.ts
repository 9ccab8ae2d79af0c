/** What a plan gives every commitment: the account that stands beside its slots. */
import type { CommitmentPlan, Slot, SlotReason } from './day-plan.ts';
import type { DayTask, PlanningDay } from './day-task.ts';
import type { Program } from './program.ts';
import type { RhythmGoal } from './rhythm-goals.ts';
import { FILLER, type SlotColumns } from './slot-columns.ts';
import { windowTimeBetween } from './window-time.ts';

/** Turns columns into slots, each with its reason; `planned[i]` are the plays of task i among them. */
export function slotsOf(
  program: Program,
  day: PlanningDay,
  goals: readonly RhythmGoal[],
  columns: SlotColumns,
  planned: readonly number[],
): Slot[] {
  const played = new Int32Array(day.tasks.length);
  const missed = day.tasks.map((task, i) => missedPlays(day, task, goals[i]));
  // Of a share: over how many plays its bonus is spread; 0 where all of it comes last.
  const spreadOver = goals.map((goal, i) => (goal.isShareBound ? Math.max(goal.needed, planned[i] ?? 0) : 0));
  const { startMs, task, item } = columns;
  const slots: Slot[] = new Array(startMs.length);
  for (let k = 0; k < startMs.length; k += 1) {
    const i = task[k] ?? 0;
    const start = startMs[k] ?? 0;
    // A negative index would be looked up as a name, at many times the price.
    const owner = i < 0 ? undefined : day.tasks[i];
    if (!owner) {
      const filler = program.loop[item[k] ?? 0];
      slots[k] = {
        startMs: start,
        durationMs: filler?.durationMs ?? 0,
        item: filler?.item ?? '',
        commitment: null,
        reason: 'filler',
      };
      continue;
    }
    const isExact = owner.exactPlays > 0 && isReserved(day, i, start);
    const nth = played[i] ?? 0;
    if (!isExact) played[i] = nth + 1;
    const shown = owner.rotation.items[item[k] ?? 0];
    const reason = isExact ? 'scheduled' : reasonOf(nth, missed[i] ?? 0, goals[i]?.needed ?? 0, spreadOver[i] ?? 0);
    slots[k] = {
      startMs: start,
      durationMs: shown?.durationMs ?? 0,
      item: shown?.item ?? '',
      commitment: owner.id,
      reason,
    };
  }
  return slots;
}

const isReserved = (day: PlanningDay, task: number, startMs: number): boolean =>
  day.exactPlays.some((play) => play.task === task && play.startMs === startMs);

/** A count is kept by the first plays; a share by plays all through the day, so that its few bonus plays are spread among them. */
function reasonOf(nth: number, missed: number, needed: number, spreadOver: number): SlotReason {
  if (spreadOver > 0) return shareReason(nth, Math.min(missed, needed), spreadOver - needed, spreadOver);
  if (nth >= needed) return 'bonus';
  return nth < missed ? 'make-good' : 'scheduled';
}

function shareReason(nth: number, madeGood: number, bonus: number, planned: number): SlotReason {
  if (nth < madeGood) return 'make-good';
  const bonusBefore = (k: number): number => Math.floor(((k - madeGood) * bonus) / (planned - madeGood));
  return bonusBefore(nth + 1) > bonusBefore(nth) ? 'bonus' : 'scheduled';
}

/**
 * How many promised repetitions of the day should have been played before now and were not: those of the count whose own window
 * [jT, (j+1)T) is wholly past, and those that the share asks of the plays shown so far, for a share goes by plays and not by the hour.
 */
function missedPlays(day: PlanningDay, task: DayTask, goal: RhythmGoal | undefined): number {
  if (!goal) return 0;
  // What an exact task plays beside its exact times makes up for one of them.
  if (task.isExact) return goal.needed;
  const elapsedMs = task.required > task.tally ? windowTimeBetween(task.windows, 0, day.nowMs) : 0;
  const ofCount = Math.min(task.required, Math.floor(elapsedMs / goal.dayPeriodMs));
  const ofShare = Math.floor((task.minShare ?? 0) * day.playsSoFar + 1e-9);
  const lackingMs = (task.minAirtimeShare ?? 0) * day.shownSoFarMs - task.shownMs;
  const ofAirtime = Math.floor(lackingMs / task.meanDurationMs + 1e-9);
  return Math.max(0, ofCount - task.tally, ofShare - task.tally, ofAirtime);
}

/** The account of every commitment of the day, in the program's order. */
export function accounts(day: PlanningDay, needed: readonly number[], columns: SlotColumns): CommitmentPlan[] {
  const size = day.tasks.length;
  const planned = new Int32Array(size);
  const last = new Float64Array(size);
  const widest = new Float64Array(size);
  const { startMs, task } = columns;
  for (let k = 0; k < task.length; k += 1) {
    const i = task[k] ?? FILLER;
    if (i < 0) continue;
    const atMs = startMs[k] ?? 0;
    const count = planned[i] ?? 0;
    const gapMs = atMs - (last[i] ?? 0);
    if (count > 0 && gapMs > (widest[i] ?? 0)) widest[i] = gapMs;
    planned[i] = count + 1;
    last[i] = atMs;
  }
  return day.tasks.map((task, i) => account(task, needed[i] ?? 0, planned[i] ?? 0, widest[i] ?? 0));
}

function account(task: DayTask, needed: number, planned: number, widestMs: number): CommitmentPlan {
  return {
    id: task.id,
    required: task.required,
    tally: task.tally,
    planned,
    shortBy: Math.max(0, task.required - task.tally - planned),
    idealGapMs: planned < 2 ? null : Math.round(task.restMs / (needed > 0 ? needed : planned)),
    maxGapMs: planned < 2 ? null : widestMs,
  };
}
