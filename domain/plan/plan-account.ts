/** What a plan says: slots with their reasons, and the account of every commitment beside them. */
import type { CommitmentPlan, Slot, SlotReason } from './day-plan.ts';
import type { DayTask, PlanningDay } from './day-task.ts';
import type { Program, TimedItem } from './program.ts';
import { isShareBound } from './promised-plays.ts';
import { dayPeriods } from './rhythm-goals.ts';
import { FILLER, type SlotColumns } from './slot-columns.ts';
import { windowTimeBetween } from './window-time.ts';

/** Turns columns into slots and accounts, these in the program's order; `needed[i]` plays of task i are promised from now on. */
export function writePlan(
  program: Program,
  day: PlanningDay,
  needed: readonly number[],
  columns: SlotColumns,
): { slots: Slot[]; commitments: CommitmentPlan[] } {
  const owners = ownersOf(day, needed, columns);
  const { loop } = program;
  const { startMs, task, item } = columns;
  const slots: Slot[] = new Array(startMs.length);
  for (let k = 0; k < startMs.length; k += 1) {
    const i = task[k] ?? FILLER;
    const start = startMs[k] ?? 0;
    // A negative index would be looked up as a name, at many times the price.
    const owner = i < 0 ? undefined : owners[i];
    slots[k] =
      owner === undefined
        ? slotOf(start, loop[item[k] ?? 0], null, 'filler')
        : slotOf(start, owner.items[item[k] ?? 0], owner.task.id, enter(day, i, owner, start));
  }
  return { slots, commitments: owners.map(account) };
}

const slotOf = (
  startMs: number,
  shown: TimedItem | undefined,
  commitment: string | null,
  reason: SlotReason,
): Slot => ({ startMs, durationMs: shown?.durationMs ?? 0, item: shown?.item ?? '', commitment, reason });

/**
 * A task as its slots are written: `missed` plays are to be made up for, `needed` are promised. `spreadOver`: of a share, over how many plays its
 * bonus is spread; 0 where all of it comes last. So far `planned` slots were written, the last from `lastMs` on, `widestMs` the widest gap
 * between them, and `played` of them are not at exact times.
 */
type Owner = {
  readonly task: DayTask;
  readonly items: readonly TimedItem[];
  readonly missed: number;
  readonly needed: number;
  readonly spreadOver: number;
  planned: number;
  played: number;
  lastMs: number;
  widestMs: number;
};

function ownersOf(day: PlanningDay, needed: readonly number[], columns: SlotColumns): Owner[] {
  const periodsMs = dayPeriods(day, needed);
  return day.tasks.map((task, i) => {
    const own = needed[i] ?? 0;
    return {
      task,
      items: task.rotation.items,
      missed: missedPlays(day, task, own, periodsMs[i] ?? 0),
      needed: own,
      spreadOver: isShareBound(task, own) ? Math.max(own, playsOf(columns, i)) : 0,
      planned: 0,
      played: 0,
      lastMs: 0,
      widestMs: 0,
    };
  });
}

const playsOf = ({ task }: SlotColumns, i: number): number => task.reduce((sum, own) => (own === i ? sum + 1 : sum), 0);

/** Enters a slot of `owner`, task `i` of the day, and gives its reason. A count is kept by the first plays; a share by plays all through the day, so that its few bonus plays are spread among them. */
function enter(day: PlanningDay, i: number, owner: Owner, startMs: number): SlotReason {
  const { planned, played, missed, needed, spreadOver } = owner;
  if (planned > 0) owner.widestMs = Math.max(owner.widestMs, startMs - owner.lastMs);
  owner.lastMs = startMs;
  owner.planned = planned + 1;
  if (owner.task.exactPlays > 0 && isReserved(day, i, startMs)) return 'scheduled';
  owner.played = played + 1;
  if (spreadOver > 0) return shareReason(played, Math.min(missed, needed), spreadOver - needed, spreadOver);
  if (played >= needed) return 'bonus';
  return played < missed ? 'make-good' : 'scheduled';
}

const isReserved = (day: PlanningDay, task: number, startMs: number): boolean =>
  day.exactPlays.some((play) => play.task === task && play.startMs === startMs);

function shareReason(nth: number, madeGood: number, bonus: number, planned: number): SlotReason {
  if (nth < madeGood) return 'make-good';
  const bonusBefore = (k: number): number => Math.floor(((k - madeGood) * bonus) / (planned - madeGood));
  return bonusBefore(nth + 1) > bonusBefore(nth) ? 'bonus' : 'scheduled';
}

/**
 * How many promised repetitions of the day should have been played before now and were not: those of the count whose own window
 * [jT, (j+1)T) is wholly past, and those that the share asks of the plays shown so far, for a share goes by plays and not by the hour.
 */
function missedPlays(day: PlanningDay, task: DayTask, needed: number, dayPeriodMs: number): number {
  // What an exact task plays beside its exact times makes up for one of them.
  if (task.isExact) return needed;
  const elapsedMs = task.required > task.tally ? windowTimeBetween(task.windows, 0, day.nowMs) : 0;
  const ofCount = Math.min(task.required, Math.floor(elapsedMs / dayPeriodMs));
  const ofShare = Math.floor((task.minShare ?? 0) * day.playsSoFar + 1e-9);
  const lackingMs = (task.minAirtimeShare ?? 0) * day.shownSoFarMs - task.shownMs;
  const ofAirtime = Math.floor(lackingMs / task.meanDurationMs + 1e-9);
  return Math.max(0, ofCount - task.tally, ofShare - task.tally, ofAirtime);
}

function account({ task, needed, planned, widestMs }: Owner): CommitmentPlan {
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
