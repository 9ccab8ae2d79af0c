/** What a plan gives every commitment: the account that stands beside its slots. */
import type { CommitmentPlan, Slot, SlotReason } from './day-plan.ts';
import type { DayTask, PlanningDay } from './day-task.ts';
import type { Program } from './program.ts';
import type { RhythmGoal } from './rhythm-goals.ts';
import type { SlotColumns } from './slot-columns.ts';
import { windowTimeBetween } from './window-time.ts';

/** Turns columns into slots, each with its reason. */
export function slotsOf(
  program: Program,
  day: PlanningDay,
  goals: readonly RhythmGoal[],
  columns: SlotColumns,
): Slot[] {
  const played = new Int32Array(day.tasks.length);
  const missed = day.tasks.map((task, i) => missedPlays(task, goals[i], day.nowMs));
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
    const nth = played[i] ?? 0;
    played[i] = nth + 1;
    const shown = owner.rotation.items[item[k] ?? 0];
    const reason = reasonOf(nth, missed[i] ?? 0, goals[i]?.needed ?? 0);
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

function reasonOf(nth: number, missed: number, needed: number): SlotReason {
  if (nth >= needed) return 'bonus';
  return nth < missed ? 'make-good' : 'scheduled';
}

/** How many promised repetitions of the day had their own window [jT, (j+1)T) wholly before now and have not been played. */
function missedPlays(task: DayTask, goal: RhythmGoal | undefined, nowMs: number): number {
  if (!goal || task.required <= task.tally) return 0;
  const elapsedMs = windowTimeBetween(task.windows, 0, nowMs);
  const passed = Math.min(task.required, Math.floor(elapsedMs / goal.dayPeriodMs));
  return Math.max(0, passed - task.tally);
}

/** The account of every commitment of the day, in the program's order. */
export function accounts(day: PlanningDay, columns: SlotColumns): CommitmentPlan[] {
  const size = day.tasks.length;
  const planned = new Int32Array(size);
  const last = new Float64Array(size);
  const widest = new Float64Array(size);
  for (let k = 0; k < columns.startMs.length; k += 1) {
    const i = columns.task[k] ?? 0;
    if (i < 0) continue;
    const start = columns.startMs[k] ?? 0;
    const count = planned[i] ?? 0;
    if (count > 0) widest[i] = Math.max(widest[i] ?? 0, start - (last[i] ?? 0));
    planned[i] = count + 1;
    last[i] = start;
  }
  return day.tasks.map((task, i) => account(task, planned[i] ?? 0, widest[i] ?? 0));
}

function account(task: DayTask, planned: number, widestMs: number): CommitmentPlan {
  const remaining = task.required - task.tally;
  return {
    id: task.id,
    required: task.required,
    tally: task.tally,
    planned,
    shortBy: Math.max(0, remaining - planned),
    idealGapMs: planned < 2 ? null : Math.round(task.restMs / (remaining > 0 ? remaining : planned)),
    maxGapMs: planned < 2 ? null : widestMs,
  };
}
