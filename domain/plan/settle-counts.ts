/** Which counts a day can hold when it cannot hold all that was promised, and why not more. */
import type { DayTask, PlanningDay } from './day-task.ts';
import { type Overload, worstOverload } from './forced-work.ts';
import { exceedsDay, firstCounts, isHuge, sweepWork } from './huge-day.ts';
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

/** A day is made at most so many times while plays that were dropped too many are given back, each time for this much work: tasks times plays. */
const GIVE_BACK_PLANS = 12;
const GIVE_BACK_WORK = 12_000_000;

/** Above so much work, tasks times plays, no sweep is tried while counts are settled. */
const SWEEP_WORK = 50_000_000;

/** Competitors named at most with a shortage: the most important ones. */
export const MAX_RIVALS = 100;

/** Rounds of taking plays out of proved overloads. */
const OVERLOAD_ROUNDS = 64;

/** What a pack of counts came to. */
export type PackResult = { readonly packs: PackTask[]; readonly indexOf: number[]; readonly outcome: PackOutcome };

/** Searches for a placing of `counts[i]` plays of every task of the day; tasks of none are left out. */
export function packCounts(day: PlanningDay, counts: readonly number[], keepsGaps: boolean): PackResult {
  const packs: PackTask[] = [];
  const indexOf: number[] = [];
  if (exceedsDay(day, counts)) return { packs, indexOf, outcome: { kind: 'impossible' } };
  // A placing is at least one branch a play, so that the budget cannot be enough.
  const many = counts.filter((count) => count > 0).length;
  if (many * sumOf(counts) > MAX_BUDGET) return { packs, indexOf, outcome: { kind: 'work-bound' } };
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
  const order = yieldingOrder(day.tasks);
  const { counts, alone, causes } = countsInBounds(day, wanted, order);
  if (sumOf(counts) > EXACT_UP_TO) return { columns: settleLarge(day, counts, order, causes, make), causes };
  const whole = packCounts(day, counts, false);
  const { packs, indexOf, outcome } = whole.outcome.kind === 'found' ? whole : growExactly(day, counts, order, causes);
  const plays = outcome.kind === 'found' ? outcome.plays : [];
  // One overload may have been relieved by what another took out later.
  const raised = giveBack(day, counts, alone, order, make);
  return { columns: raised?.() ?? make.sweep(counts) ?? make.place(packs, indexOf, plays), causes };
}

/** Counts before any placing is sought: those each task could have `alone`, and what proved overloads leave of them; `causes` of the rest. */
export type BoundedCounts = {
  readonly counts: number[];
  readonly alone: readonly number[];
  readonly causes: Map<number, ShortCause>;
};

/** Lowers `wanted` to what no plan is proved to exceed, in `yielding` order ({@link yieldingOrder}). */
export function countsInBounds(
  day: PlanningDay,
  wanted: readonly number[],
  yielding: readonly number[],
): BoundedCounts {
  const causes = new Map<number, ShortCause>();
  const counts = countsAlone(day, wanted, yielding, causes);
  const alone = [...counts];
  dropOverloads(day, counts, yielding, causes);
  return { counts, alone, causes };
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** What every task could have if it had the screen for itself; on a huge day, what more important ones leave of it. */
function countsAlone(
  day: PlanningDay,
  wanted: readonly number[],
  yielding: readonly number[],
  causes: Map<number, ShortCause>,
): number[] {
  const first = isHuge(day, wanted) ? firstCounts(day, wanted, yielding.toReversed()) : null;
  const counts = first?.counts ?? day.tasks.map((task, i) => soloCount(task, wanted[i] ?? 0));
  counts.forEach((count, i) => {
    if (count < (wanted[i] ?? 0)) causes.set(i, { kind: 'alone' });
  });
  for (const i of first?.cut ?? []) causes.set(i, { kind: 'work-bound' });
  return counts;
}

/** Writes the slots of a plan: plans are found many times on the way to the counts that fit, and written once. */
type Writer = () => SlotColumns;

/** A plan found for counts, or why there is none. */
type Attempt = { readonly write: Writer } | { readonly write: null; readonly kind: 'searched' | 'work-bound' };

function attempt(day: PlanningDay, counts: readonly number[], make: SlotMaker): Attempt {
  const isSwept = sweepWork(day, counts) <= SWEEP_WORK;
  const swept = isSwept ? make.sweep(counts) : null;
  if (swept) return { write: () => swept };
  const { packs, indexOf, outcome } = packCounts(day, counts, false);
  if (outcome.kind === 'found') {
    const { plays } = outcome;
    return { write: () => make.place(packs, indexOf, plays) };
  }
  return { write: null, kind: outcome.kind === 'impossible' ? 'searched' : 'work-bound' };
}

/**
 * Settles a large day: 1, 2, 4, … plays are dropped in yielding order until a plan is found; then what was dropped is given back, most
 * important first, as far as plans are found within the bound on work. `counts` are changed to those of the plan.
 */
function settleLarge(
  day: PlanningDay,
  counts: number[],
  yielding: readonly number[],
  causes: Map<number, ShortCause>,
  make: SlotMaker,
): SlotColumns {
  const wanted = [...counts];
  const known = new Set(causes.keys());
  const misfits = new Set<string>();
  for (let drop = 1; ; drop *= 2) {
    const made = attempt(day, counts, make);
    if (made.write) {
      const write = giveBack(day, counts, wanted, yielding, make, misfits) ?? made.write;
      for (const i of causes.keys()) if (!known.has(i) && counts[i] === wanted[i]) causes.delete(i);
      return write();
    }
    misfits.add(counts.join());
    dropPlays(counts, yielding, causes, made.kind, drop);
  }
}

/** Raises `counts` towards `wanted`; gives the last plan found, or null where no more fitted or was tried. `misfits` are counts known to have no plan. */
function giveBack(
  day: PlanningDay,
  counts: number[],
  wanted: readonly number[],
  yielding: readonly number[],
  make: SlotMaker,
  misfits: ReadonlySet<string> = new Set(),
): Writer | null {
  let best: Writer | null = null;
  let plans = Math.min(GIVE_BACK_PLANS, Math.floor(GIVE_BACK_WORK / Math.max(1, sweepWork(day, wanted))));
  for (const i of yielding.toReversed()) {
    let low = counts[i] ?? 0;
    let high = wanted[i] ?? 0;
    let tried = high;
    while (low < high && plans > 0) {
      plans -= 1;
      counts[i] = tried;
      const made = misfits.has(counts.join()) ? null : attempt(day, counts, make).write;
      if (made) {
        low = tried;
        best = made;
      } else high = tried - 1;
      tried = Math.ceil((low + high) / 2);
    }
    counts[i] = low;
  }
  return best;
}

/** Task indexes, the first to give way first: lowest priority, then last in the program. */
export const yieldingOrder = (tasks: readonly DayTask[]): number[] =>
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
    if (!causes.has(victim)) {
      const first = Math.max(k + 1, span.indexes.length - MAX_RIVALS);
      const rivals = span.indexes.slice(first).map((other) => indexOf[other] ?? 0);
      causes.set(victim, { kind: 'overload', span: { ...span, overflowMs }, rivals: rivals.sort((x, y) => x - y) });
    }
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
