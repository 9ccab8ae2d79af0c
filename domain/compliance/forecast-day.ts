/** What a day under way will come to: the expected count of every promise at closing, and when it will be met. */
import type { DayPlan, Slot } from '../plan/day-plan.ts';
import { type DayTask, type PlanningDay, planningDay } from '../plan/day-task.ts';
import { sharedOut } from '../plan/item-rotation.ts';
import { soloCount } from '../plan/pack-task.ts';
import { planRest } from '../plan/plan-rest.ts';
import type { Program, ProgramCommitment } from '../plan/program.ts';
import { intervalsFrom } from '../time/interval.ts';
import type { LocalDate } from '../time/zone-time.ts';
import { promisedOn } from './promise-day.ts';
import { hasOtherForms } from './promise-forms.ts';
import type { Outlook } from './verdict.ts';

/** Counted plays of a date so far: of each commitment by id, and of the loop with their time in milliseconds. */
export type DaySoFar = {
  readonly plays: Readonly<Record<string, number>>;
  readonly loopPlays: number;
  readonly loopShownMs: number;
};

/**
 * One promise by the plan of the rest. `expected`: plays by closing, bonus included. `metByMs`: end of the play with which the count is met; for
 * a promise of a share or a gap, which only the whole day shows, its closing; null where it is met already or will not be. `endsMs`: ends of the
 * planned plays, in order, by which it can be told whether the screen keeps to the plan.
 */
export type PromiseForecast = {
  readonly outlook: Exclude<Outlook, 'unknown'>;
  readonly expected: number;
  readonly metByMs: number | null;
  readonly endsMs: readonly number[];
};

/** A forecast of every promise of a date, by commitment id. */
export type DayForecast = ReadonlyMap<string, PromiseForecast>;

/** The forecast of `program` on `date` as seen at `nowMs`, from counts alone; pure. What `validateProgram` rejects may throw a RangeError. */
export function forecastDay(program: Program, date: LocalDate, soFar: DaySoFar, nowMs: number): DayForecast {
  const historyOf = ({ id, items }: ProgramCommitment) => ({
    playsByItem: sharedOut(items, Object.hasOwn(soFar.plays, id) ? (soFar.plays[id] ?? 0) : 0),
    starts: [],
  });
  const loop = { plays: soFar.loopPlays, shownMs: soFar.loopShownMs, last: null };
  const day = planningDay(program, date, nowMs, historyOf, loop);
  const plan = planRest(program, day, []);
  const slots = slotsByCommitment(plan);
  const missed = new Set(plan.conflicts.map(({ commitments }) => commitments[0]));
  const promises = new Map(program.commitments.map((commitment) => [commitment.id, commitment]));
  const withdrawn = promisedOn(program, date).filter(({ promise }) => promise.items.length === 0);
  return new Map([
    ...withdrawn.map(({ promise }) => [promise.id, ofWithdrawn(promise, soFar)] as const),
    ...day.tasks.map((task) => {
      const planned = slots.get(task.id) ?? [];
      const isMissed = missed.has(task.id) || task.tally + planned.length < task.required;
      const promise = promises.get(task.id);
      const forecast: PromiseForecast = {
        outlook: isMissed ? (isLost(task, day) ? 'lost' : 'misses-it') : 'makes-it',
        expected: task.tally + planned.length,
        metByMs: isMissed || !promise ? null : metByMs(task, promise, planned),
        endsMs: planned.map(endOf),
      };
      return [task.id, forecast] as const;
    }),
  ]);
}

/** A promise all of whose content is withdrawn: nothing more is shown of it, so that only a count made before can be kept. */
function ofWithdrawn(promise: ProgramCommitment, soFar: DaySoFar): PromiseForecast {
  const expected = Object.hasOwn(soFar.plays, promise.id) ? (soFar.plays[promise.id] ?? 0) : 0;
  const isKept = expected >= promise.minPlays && (promise.exactTimes.length > 0 || !hasOtherForms(promise));
  return { outlook: isKept ? 'makes-it' : 'lost', expected, metByMs: null, endsMs: [] };
}

const endOf = ({ startMs, durationMs }: Slot): number => startMs + durationMs;

function slotsByCommitment({ slots }: DayPlan): Map<string, Slot[]> {
  const found = new Map<string, Slot[]>();
  for (const slot of slots) {
    if (slot.commitment === null) continue;
    const own = found.get(slot.commitment);
    if (own) own.push(slot);
    else found.set(slot.commitment, [slot]);
  }
  return found;
}

function metByMs(task: DayTask, promise: ProgramCommitment, planned: readonly Slot[]): number | null {
  if (hasOtherForms(promise) && promise.exactTimes.length === 0) return task.windows.at(-1)?.endMs ?? null;
  if (task.tally >= task.required) return null;
  const last = planned[task.required - task.tally - 1];
  return last ? endOf(last) : null;
}

/**
 * The promise could not be made even if the screen showed nothing else from now on: not its count within its limits, nor its shares. A gap is
 * never lost by a plan, for it lies between plays that were made.
 */
function isLost(task: DayTask, day: PlanningDay): boolean {
  const alone: DayTask = { ...task, rest: intervalsFrom(task.windows, day.nowMs) };
  const missing = Math.max(0, task.required - task.tally);
  if (soloCount(alone, missing) < missing) return true;
  return task.minShare !== null || task.minAirtimeShare !== null ? isShareLost(alone, day) : false;
}

function isShareLost(alone: DayTask, day: PlanningDay): boolean {
  const shortestMs = Math.min(...alone.rotation.items.map(({ durationMs }) => durationMs));
  const restMs = alone.rest.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const most = soloCount(alone, Math.floor(restMs / shortestMs));
  const longestMs = Math.max(...alone.rotation.items.map(({ durationMs }) => durationMs));
  const mostMs = Math.min(restMs, most * longestMs);
  const isBelow = (part: number, all: number, share: number | null): boolean =>
    share !== null && part < share * all - 1e-9;
  return (
    isBelow(alone.tally + most, day.playsSoFar + most, alone.minShare) ||
    isBelow(alone.shownMs + mostMs, day.shownSoFarMs + mostMs, alone.minAirtimeShare)
  );
}
