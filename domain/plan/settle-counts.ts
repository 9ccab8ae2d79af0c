/** Which counts a day can hold when it cannot hold all that was promised, and why not more. */
import type { DayTask, PlanningDay } from './day-task.ts';
import { type Overload, worstOverload } from './forced-work.ts';
import { type PackOutcome, type Placed, packSearch } from './pack-search.ts';
import { type PackTask, packTask, soloCount } from './pack-task.ts';
import type { SlotColumns } from './slot-columns.ts';

/** Why a task got less than it asked for: alone too much, in a proved overload, after a complete search, or when the budget ended. */
export type ShortCause =
  | { readonly kind: 'alone' }
  | { readonly kind: 'overload'; readonly span: Overload; readonly rivals: readonly number[] }
  | { readonly kind: 'searched' }
  | { readonly kind: 'work-bound' };

/** Plays of every task that fit together, slots for them, and the cause of every shortage. */
export type Settlement = { readonly columns: SlotColumns; readonly causes: ReadonlyMap<number, ShortCause> };

/** Ways to make slots: a sweep for counts, if one manages; and a placing that a search found. */
export type SlotMaker = {
  readonly sweep: (counts: readonly number[]) => SlotColumns | null;
  readonly place: (packs: readonly PackTask[], indexOf: readonly number[], plays: readonly Placed[]) => SlotColumns;
};

/** Work of one search, in branches times tasks; the largest takes some tens of milliseconds. */
const SEARCH_BUDGET = 300_000;
const MAX_BUDGET = 12_000_000;

/** Up to so many plays a settlement is exact: every count is the largest that the tasks before it leave. */
const EXACT_UP_TO = 72;

/** Rounds of dropping one play at a time; then the number doubles from round to round, so that there is an end. */
const SINGLE_ROUNDS = 6;

/** Rounds of taking plays out of proved overloads. */
const OVERLOAD_ROUNDS = 64;

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
  const budget = Math.min(MAX_BUDGET, Math.max(SEARCH_BUDGET, 2 * total * packs.length));
  if (total > EXACT_UP_TO && worstOverload(packs, day.openRest))
    return { packs, indexOf, outcome: { kind: 'impossible' } };
  return { packs, indexOf, outcome: packSearch(packs, budget, day.hasTags ? day : null) };
}

/**
 * Counts that fit, at most `wanted`: the task of the lowest priority, and among equals the last, gives way first. Small days are settled
 * exactly; on large ones the sweep is asked before the search, which could hardly say yes where the sweep does not.
 */
export function settleCounts(day: PlanningDay, wanted: readonly number[], make: SlotMaker): Settlement {
  const causes = new Map<number, ShortCause>();
  const counts = day.tasks.map((task, i) => {
    const alone = soloCount(task, wanted[i] ?? 0);
    if (alone < (wanted[i] ?? 0)) causes.set(i, { kind: 'alone' });
    return alone;
  });
  const order = yieldingOrder(day.tasks);
  dropOverloads(day, counts, order, causes);
  if (counts.reduce((sum, count) => sum + count, 0) <= EXACT_UP_TO) {
    const whole = packCounts(day, counts, false);
    const { packs, indexOf, outcome } =
      whole.outcome.kind === 'found' ? whole : growExactly(day, counts, order, causes);
    const plays = outcome.kind === 'found' ? outcome.plays : [];
    return { columns: make.sweep(counts) ?? make.place(packs, indexOf, plays), causes };
  }
  for (let round = 0; ; round += 1) {
    const swept = make.sweep(counts);
    if (swept) return { columns: swept, causes };
    const { packs, indexOf, outcome } = packCounts(day, counts, false);
    if (outcome.kind === 'found') return { columns: make.place(packs, indexOf, outcome.plays), causes };
    const kind = outcome.kind === 'impossible' ? 'searched' : 'work-bound';
    dropPlays(counts, order, causes, kind, 2 ** Math.max(0, round - SINGLE_ROUNDS));
  }
}

/** Task indexes, the first to give way first: lowest priority, then last in the program. */
const yieldingOrder = (tasks: readonly DayTask[]): number[] =>
  tasks.map((_, i) => i).sort((x, y) => (tasks[x]?.priority ?? 0) - (tasks[y]?.priority ?? 0) || y - x);

/** Takes plays out of proved overloads until none is proved any more. */
function dropOverloads(
  day: PlanningDay,
  counts: number[],
  yielding: readonly number[],
  causes: Map<number, ShortCause>,
): void {
  for (let round = 0; round < OVERLOAD_ROUNDS; round += 1) {
    const indexOf = yielding.filter((i) => (counts[i] ?? 0) > 0);
    const packs = indexOf.flatMap((i) => {
      const task = day.tasks[i];
      const pack = task ? packTask(task, counts[i] ?? 0, false) : null;
      return pack ? [pack] : [];
    });
    const span = worstOverload(packs, day.openRest);
    if (!span) return;
    relieve(span, packs, indexOf, counts, causes);
  }
}

/** Drops plays forced into `span` until it holds the rest; `packs` and so `span.indexes` are in yielding order. */
function relieve(
  span: Overload,
  packs: readonly PackTask[],
  indexOf: readonly number[],
  counts: number[],
  causes: Map<number, ShortCause>,
): void {
  let overflowMs = span.overflowMs;
  for (let k = 0; k < span.indexes.length && overflowMs > 0; k += 1) {
    const pack = packs[span.indexes[k] ?? 0];
    const victim = indexOf[span.indexes[k] ?? 0] ?? 0;
    if (!pack) continue;
    const longestMs = Math.max(...pack.durationsMs);
    const dropped = Math.min(span.forced[k] ?? 0, Math.max(1, Math.ceil(overflowMs / longestMs)));
    const rivals = span.indexes.slice(k + 1).map((other) => indexOf[other] ?? 0);
    if (!causes.has(victim))
      causes.set(victim, { kind: 'overload', span: { ...span, overflowMs }, rivals: rivals.sort((x, y) => x - y) });
    counts[victim] = Math.max(0, (counts[victim] ?? 0) - dropped);
    overflowMs -= dropped * longestMs;
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

/** Takes `many` plays from the tasks first in yielding order that have any. */
function dropPlays(
  counts: number[],
  yielding: readonly number[],
  causes: Map<number, ShortCause>,
  kind: 'searched' | 'work-bound',
  many: number,
): void {
  let left = many;
  for (const victim of yielding) {
    const dropped = Math.min(left, counts[victim] ?? 0);
    if (dropped === 0) continue;
    counts[victim] = (counts[victim] ?? 0) - dropped;
    left -= dropped;
    if (!causes.has(victim)) causes.set(victim, { kind });
    if (left === 0) return;
  }
}
