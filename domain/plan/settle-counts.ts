/** Which counts a day can hold when it cannot hold all that was promised, and why not more. */
import type { DayTask, PlanningDay } from './day-task.ts';
import { type Overload, worstOverload } from './forced-work.ts';
import { type PackOutcome, type Placed, packSearch } from './pack-search.ts';
import { type PackTask, packTask, soloCount } from './pack-task.ts';

/** Why a task got less than it asked for: alone too much, in a proved overload, after a complete search, or when the budget ended. */
export type ShortCause =
  | { readonly kind: 'alone' }
  | { readonly kind: 'overload'; readonly span: Overload; readonly rivals: readonly number[] }
  | { readonly kind: 'searched' }
  | { readonly kind: 'work-bound' };

/** Plays of every task that fit together, their placing (task indexes of the day), and the cause of every shortage. */
export type Settlement = {
  readonly counts: number[];
  readonly causes: Map<number, ShortCause>;
  readonly packs: readonly PackTask[];
  readonly indexOf: readonly number[];
  readonly plays: readonly Placed[];
};

/** Work of one search, in branches times tasks; the largest takes some tens of milliseconds. */
const SEARCH_BUDGET = 300_000;
const MAX_BUDGET = 3_000_000;

/** Up to so many plays a settlement is exact: every count is the largest that the tasks before it leave. */
const EXACT_UP_TO = 72;

/** Rounds of dropping plays until the rest fits. */
const MAX_ROUNDS = 64;

/** What a pack of counts came to. */
export type PackResult = { readonly packs: PackTask[]; readonly indexOf: number[]; readonly outcome: PackOutcome };

/** Searches for a placing of `counts[i]` plays of every task of the day; tasks of none are left out. */
export function packCounts(day: PlanningDay, counts: readonly number[], keepsGaps: boolean): PackResult {
  const packs: PackTask[] = [];
  const indexOf: number[] = [];
  let total = 0;
  for (const [i, task] of day.tasks.entries()) {
    const count = counts[i] ?? 0;
    if (count === 0) continue;
    const pack = packTask(task, count, keepsGaps);
    if (!pack) return { packs, indexOf, outcome: { kind: 'impossible' } };
    packs.push(pack);
    indexOf.push(i);
    total += count;
  }
  const budget = Math.min(MAX_BUDGET, Math.max(SEARCH_BUDGET, 4 * total * packs.length));
  if (total > EXACT_UP_TO && worstOverload(packs, day.openRest))
    return { packs, indexOf, outcome: { kind: 'impossible' } };
  return { packs, indexOf, outcome: packSearch(packs, budget) };
}

/**
 * Counts that fit, at most `wanted`: the task of the lowest priority, and among equals the last, gives way first. `fits`
 * lets a cheaper way than the search say yes.
 */
export function settleCounts(day: PlanningDay, wanted: readonly number[]): Settlement {
  const causes = new Map<number, ShortCause>();
  const counts = day.tasks.map((task, i) => {
    const alone = soloCount(task, wanted[i] ?? 0);
    if (alone < (wanted[i] ?? 0)) causes.set(i, { kind: 'alone' });
    return alone;
  });
  dropOverloads(day, counts, causes);
  const order = yieldingOrder(day.tasks);
  const total = counts.reduce((sum, count) => sum + count, 0);
  let result = packCounts(day, counts, false);
  if (result.outcome.kind !== 'found' && total <= EXACT_UP_TO) result = growExactly(day, counts, order, causes);
  for (let round = 0; result.outcome.kind !== 'found'; round += 1) {
    const kind = result.outcome.kind === 'impossible' ? 'searched' : 'work-bound';
    dropPlays(day, counts, order, causes, kind, 2 ** Math.max(0, round - MAX_ROUNDS));
    result = packCounts(day, counts, false);
  }
  return { counts, causes, packs: result.packs, indexOf: result.indexOf, plays: result.outcome.plays };
}

/** Task indexes, the first to give way first: lowest priority, then last in the program. */
const yieldingOrder = (tasks: readonly DayTask[]): number[] =>
  tasks.map((_, i) => i).sort((x, y) => (tasks[x]?.priority ?? 0) - (tasks[y]?.priority ?? 0) || y - x);

/** Takes plays out of proved overloads until none is proved any more. */
function dropOverloads(day: PlanningDay, counts: number[], causes: Map<number, ShortCause>): void {
  const order = yieldingOrder(day.tasks);
  for (let round = 0; round < MAX_ROUNDS * 4; round += 1) {
    const indexOf = order.filter((i) => (counts[i] ?? 0) > 0);
    const packs = indexOf.flatMap((i) => {
      const task = day.tasks[i];
      const pack = task ? packTask(task, counts[i] ?? 0, false) : null;
      return pack ? [pack] : [];
    });
    const span = worstOverload(packs, day.openRest);
    if (!span) return;
    // The list is in yielding order, so the first of those forced into the span is the one to give way.
    const victim = indexOf[span.indexes[0] ?? 0] ?? 0;
    const longestMs = Math.max(...(packs[span.indexes[0] ?? 0]?.durationsMs ?? [1]));
    const dropped = Math.max(1, Math.floor(span.overflowMs / longestMs));
    const rivals = span.indexes.slice(1).map((k) => indexOf[k] ?? 0);
    if (!causes.has(victim)) causes.set(victim, { kind: 'overload', span, rivals: rivals.sort((x, y) => x - y) });
    counts[victim] = Math.max(0, (counts[victim] ?? 0) - dropped);
  }
}

/** One task after another, most important first, gets the largest count that those before it leave; `counts` are changed to that. */
function growExactly(
  day: PlanningDay,
  counts: number[],
  yielding: readonly number[],
  causes: Map<number, ShortCause>,
): PackResult {
  const wanted = [...counts];
  counts.fill(0);
  let best = packCounts(day, counts, false);
  for (const i of yielding.toReversed()) {
    let cause: ShortCause = { kind: 'searched' };
    let low = 0;
    let high = wanted[i] ?? 0;
    let tried = high;
    while (low < high) {
      counts[i] = tried;
      const result = packCounts(day, counts, false);
      if (result.outcome.kind === 'found') {
        low = tried;
        best = result;
      } else {
        high = tried - 1;
        if (result.outcome.kind === 'work-bound') cause = { kind: 'work-bound' };
      }
      tried = Math.ceil((low + high) / 2);
    }
    counts[i] = low;
    if (low < (wanted[i] ?? 0) && !causes.has(i)) causes.set(i, cause);
  }
  return best;
}

/** Takes `many` plays from the first task in yielding order that has any. */
function dropPlays(
  day: PlanningDay,
  counts: number[],
  yielding: readonly number[],
  causes: Map<number, ShortCause>,
  kind: 'searched' | 'work-bound',
  many: number,
): void {
  const victim = yielding.find((i) => (counts[i] ?? 0) > 0 && (day.tasks[i]?.restMs ?? 0) > 0);
  if (victim === undefined) return;
  counts[victim] = Math.max(0, (counts[victim] ?? 0) - many);
  if (!causes.has(victim)) causes.set(victim, { kind });
}
