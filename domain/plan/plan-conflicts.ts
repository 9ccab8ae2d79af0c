/** Why promises are not kept, in a form a booking can be refused with. */
import type { Interval } from '../time/interval.ts';
import type { Conflict } from './day-plan.ts';
import type { DayTask, PlanningDay } from './day-task.ts';
import { dayTotal, shownByTask } from './merge-exact.ts';
import { soloCount } from './pack-task.ts';
import { hasShare } from './promised-plays.ts';
import { MAX_RIVALS, type ShortCause } from './settle-counts.ts';
import type { SlotColumns } from './slot-columns.ts';

/** One conflict for every task that gets fewer plays than its minimum; `planned[i]` are those it gets. */
export function countConflicts(
  day: PlanningDay,
  planned: readonly number[],
  causes: ReadonlyMap<number, ShortCause>,
): Conflict[] {
  return day.tasks.flatMap((task, i) => {
    const shortBy = task.required - task.tally - (planned[i] ?? 0);
    if (shortBy <= 0) return [];
    return [countConflict(day, i, shortBy, causes.get(i) ?? { kind: 'work-bound' })];
  });
}

function countConflict(day: PlanningDay, i: number, shortBy: number, cause: ShortCause): Conflict {
  const task = day.tasks[i];
  if (!task) throw new RangeError(`no task ${i}`);
  const base = {
    ...spanOf(day, task),
    commitments: [task.id],
    overflowMs: Math.round(shortBy * task.meanDurationMs),
    fits: task.required - shortBy,
  };
  switch (cause.kind) {
    case 'alone':
      return { ...aloneKind(task), ...base };
    case 'overload':
      return {
        kind: 'overbooked',
        commitments: [task.id, ...idsOf(day, cause.rivals)],
        startMs: cause.span.startMs,
        endMs: cause.span.endMs,
        overflowMs: Math.ceil(cause.span.overflowMs),
        fits: base.fits,
      };
    case 'searched':
    case 'work-bound':
      return {
        kind: cause.kind === 'searched' ? 'overbooked' : 'work-bound',
        ...base,
        commitments: [task.id, ...rivals(day, i)],
      };
  }
}

/** Why a task does not fit even alone. */
function aloneKind(task: DayTask): Pick<Conflict, 'kind' | 'limit'> {
  if (task.restMs === 0) return { kind: 'no-window' };
  const longestMs = Math.max(...task.rotation.items.map((item) => item.durationMs));
  if (task.rest.every((span) => span.endMs - span.startMs < longestMs)) return { kind: 'item-too-long' };
  if (task.hourLimit === 0 && task.minGapMs <= task.meanDurationMs) return { kind: 'overbooked' };
  return { kind: 'limits', limit: bindingLimit(task) };
}

/** The limit without which more plays would fit. */
function bindingLimit(task: DayTask): 'hour' | 'min-gap' {
  if (task.hourLimit === 0) return 'min-gap';
  const asked = task.required - task.tally;
  const withoutHour = soloCount({ ...task, hourLimit: 0 }, asked);
  return withoutHour >= soloCount({ ...task, minGapMs: 0 }, asked) ? 'hour' : 'min-gap';
}

/** One conflict for every task with a largest gap that two of its consecutive plays of one window exceed, or that is given up in one. */
export function gapConflicts(day: PlanningDay, columns: SlotColumns): Conflict[] {
  if (day.tasks.every((task) => task.maxGapMs === null)) return [];
  const starts = startsByTask(day, columns);
  return day.tasks.flatMap((task, i) => {
    if (task.maxGapMs === null) return [];
    const own = starts[i] ?? [];
    const worst = widestGap(day, task, own);
    if (worst === null || worst.endMs - worst.startMs <= task.maxGapMs) return [];
    const fits = task.tally + (starts[i]?.length ?? 0);
    const overflowMs = worst.endMs - worst.startMs - task.maxGapMs;
    return [{ kind: 'max-gap' as const, commitments: [task.id, ...rivals(day, i)], ...worst, overflowMs, fits }];
  });
}

/** One conflict for every task whose share of all plays, or of all time shown, stays below its minimum. */
export function shareConflicts(day: PlanningDay, columns: SlotColumns): Conflict[] {
  if (!day.tasks.some(hasShare)) return [];
  const starts = startsByTask(day, columns);
  const total = dayTotal(day, columns);
  const shown = total.shownMs > 0 ? shownByTask(day, columns).byTask : null;
  return day.tasks.flatMap((task, i) => {
    const plays = task.tally + (starts[i]?.length ?? 0);
    const base = { commitments: [task.id, ...rivals(day, i)], ...spanOf(day, task), fits: plays };
    const conflicts: Conflict[] = [];
    if (task.minShare !== null && plays < task.minShare * total.plays - 1e-9) {
      const overflowMs = Math.ceil((task.minShare * total.plays - plays) * task.meanDurationMs);
      conflicts.push({ kind: 'min-share', ...base, overflowMs });
    }
    const lackingMs = (task.minAirtimeShare ?? 0) * total.shownMs - task.shownMs - (shown?.[i] ?? 0);
    if (lackingMs > 1e-9 * total.shownMs)
      conflicts.push({ kind: 'min-airtime', ...base, overflowMs: Math.ceil(lackingMs) });
    return conflicts;
  });
}

/**
 * The widest time without a start: from the opening of a window to the first start in it, from start to start, and from the last one to
 * the window's end. What was too wide before now cannot be changed by any plan, so it is not a conflict of this one.
 */
function widestGap(
  day: PlanningDay,
  task: DayTask,
  planned: readonly number[],
): { startMs: number; endMs: number } | null {
  const starts = [...task.pastStarts, ...planned];
  let worst: { startMs: number; endMs: number } | null = null;
  for (const window of task.windows) {
    if (window.endMs <= day.nowMs) continue;
    const marks = [...starts.filter((start) => window.startMs <= start && start < window.endMs), window.endMs];
    let last = window.startMs;
    for (const mark of marks) {
      const isToCome = mark >= day.nowMs && last + (task.maxGapMs ?? 0) >= day.nowMs;
      if (isToCome && mark - last > (worst ? worst.endMs - worst.startMs : 0)) worst = { startMs: last, endMs: mark };
      last = mark;
    }
  }
  return worst;
}

/** The planned starts of every task, in order. */
function startsByTask(day: PlanningDay, columns: SlotColumns): number[][] {
  const starts = day.tasks.map((): number[] => []);
  for (let k = 0; k < columns.task.length; k += 1) {
    const i = columns.task[k] ?? -1;
    if (i >= 0) starts[i]?.push(columns.startMs[k] ?? 0);
  }
  return starts;
}

/** From the opening to the closing of a task's remaining windows; of the day's where it has none. */
function spanOf(day: PlanningDay, task: DayTask): { startMs: number; endMs: number } {
  const spans = task.rest.length > 0 ? task.rest : day.openRest;
  return { startMs: spans[0]?.startMs ?? day.nowMs, endMs: spans.at(-1)?.endMs ?? day.nowMs };
}

/** Ids of the other tasks with promised plays whose windows meet those of task `i`, at most so many as are named. */
function rivals(day: PlanningDay, i: number): string[] {
  const own = day.tasks[i]?.rest ?? [];
  const found: string[] = [];
  for (let k = 0; k < day.tasks.length && found.length < MAX_RIVALS; k += 1) {
    const other = day.tasks[k];
    if (other && k !== i && other.required > other.tally && meet(own, other.rest)) found.push(other.id);
  }
  return found;
}

/** Tasks of the same day parts share one list of windows. */
const meet = (own: readonly Interval[], other: readonly Interval[]): boolean =>
  (own === other && own.length > 0) || other.some((a) => own.some((b) => a.startMs < b.endMs && b.startMs < a.endMs));

const idsOf = (day: PlanningDay, indexes: readonly number[]): string[] => indexes.map((k) => day.tasks[k]?.id ?? '');
