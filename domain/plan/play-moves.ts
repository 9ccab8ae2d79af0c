/** Moves of single plays in the order of a day, the others giving way, and what they are worth. */
import type { DayTask } from './day-task.ts';
import type { PlayOrder } from './play-order.ts';

const HOUR_MS = 3_600_000;

/** A play is moved past at most so many others at a time. */
export const REACH = 5;

/** A move that shifts more plays than this is not tried. */
const MOST_SHIFTED = 40;

/** A search under way: the order, the limits of its tasks, the number of moves tried so far, and the log of the one being tried. */
export type MoveSearch = {
  readonly order: PlayOrder;
  readonly tasks: readonly DayTask[];
  readonly shifted: Int32Array;
  readonly wasMs: Float64Array;
  /** The number of the attempt in which a play was last shifted. */
  readonly shiftedIn: Int32Array;
  count: number;
  attempts: number;
};

/** A search that changes `order`. */
export const moveSearch = (tasks: readonly DayTask[], order: PlayOrder): MoveSearch => ({
  order,
  tasks,
  shifted: new Int32Array(MOST_SHIFTED + 2),
  wasMs: new Float64Array(order.startMs.length),
  shiftedIn: new Int32Array(order.startMs.length),
  count: 0,
  attempts: 0,
});

/** Makes the best move of play `id`, if any is for the better, and gives whether one was. */
export function improve(search: MoveSearch, id: number): boolean {
  const { place, seq, startMs, durationMs, earliestMs, latestMs } = search.order;
  const from = place[id] ?? 0;
  const beforeMs = startMs[id - 1] ?? 0;
  const afterMs = startMs[id + 1] ?? 0;
  const midMs = Math.round((beforeMs + afterMs) / 2);
  let best = -1e-9;
  let bestTo = -1;
  let bestMs = 0;
  for (let to = Math.max(0, from - REACH); to <= Math.min(seq.length - 1, from + REACH); to += 1) {
    // The neighbours between which it would stand once it is taken out of its own place.
    const left = to <= from ? to - 1 : to;
    const right = to < from ? to : to + 1;
    const leftId = seq[left] ?? 0;
    const freeMs = left < 0 ? (earliestMs[id] ?? 0) : (startMs[leftId] ?? 0) + (durationMs[leftId] ?? 0);
    const fullMs = right < seq.length ? (startMs[seq[right] ?? 0] ?? 0) - (durationMs[id] ?? 0) : (latestMs[id] ?? 0);
    const isRoom = freeMs <= fullMs;
    const candidates = isRoom
      ? [Math.min(fullMs, Math.max(freeMs, midMs)), midMs]
      : [freeMs, fullMs, Math.round((freeMs + fullMs) / 2), midMs];
    for (let k = 0; k < candidates.length; k += 1) {
      const atMs = candidates[k] ?? 0;
      if (atMs <= beforeMs || atMs >= afterMs || (k > 0 && atMs === candidates[0])) continue;
      const change = attempt(search, id, left, right, atMs);
      takeBack(search);
      if (change < best) {
        best = change;
        bestTo = to;
        bestMs = atMs;
      }
    }
  }
  return bestTo >= 0 && force(search, id, bestTo, bestMs);
}

/** Puts play `id` at place `to` and starts it at `atMs` whatever that costs; false, and nothing changed, where it is not allowed. */
export function force(search: MoveSearch, id: number, to: number, atMs: number): boolean {
  const from = search.order.place[id] ?? 0;
  const change = attempt(search, id, to <= from ? to - 1 : to, to < from ? to : to + 1, atMs);
  if (change === Number.POSITIVE_INFINITY) {
    takeBack(search);
    return false;
  }
  moveTo(search.order, id, to);
  return true;
}

/**
 * Starts play `id` at `atMs` between the places `left` and `right`, those in its way giving way to both sides. Gives by how much the
 * cost of all gaps changes (Infinity where something is not allowed); the starts stay changed until they are taken back.
 */
function attempt(search: MoveSearch, id: number, left: number, right: number, atMs: number): number {
  const { seq, startMs, durationMs, earliestMs, latestMs } = search.order;
  search.attempts += 1;
  search.count = 0;
  if (atMs < (earliestMs[id] ?? 0) || atMs > (latestMs[id] ?? 0)) return Number.POSITIVE_INFINITY;
  shift(search, id, atMs);
  let toMs = atMs;
  for (let k = left; k >= 0; k -= 1) {
    const other = seq[k] ?? 0;
    if (other === id) continue;
    toMs -= durationMs[other] ?? 0;
    if ((startMs[other] ?? 0) <= toMs) break;
    if (toMs < (earliestMs[other] ?? 0) || search.count > MOST_SHIFTED) return Number.POSITIVE_INFINITY;
    shift(search, other, toMs);
  }
  toMs = atMs + (durationMs[id] ?? 0);
  for (let k = right; k < seq.length; k += 1) {
    const other = seq[k] ?? 0;
    if (other === id) continue;
    if ((startMs[other] ?? 0) >= toMs) break;
    if (toMs > (latestMs[other] ?? 0) || search.count > MOST_SHIFTED) return Number.POSITIVE_INFINITY;
    shift(search, other, toMs);
    toMs += durationMs[other] ?? 0;
  }
  return changeOfCost(search);
}

function shift(search: MoveSearch, id: number, toMs: number): void {
  search.wasMs[id] = search.order.startMs[id] ?? 0;
  search.shiftedIn[id] = search.attempts;
  search.shifted[search.count] = id;
  search.count += 1;
  search.order.startMs[id] = toMs;
}

function takeBack({ order, shifted, wasMs, count }: MoveSearch): void {
  for (let k = 0; k < count; k += 1) {
    const id = shifted[k] ?? 0;
    order.startMs[id] = wasMs[id] ?? 0;
  }
}

function changeOfCost({ order, tasks, shifted, shiftedIn, wasMs, count, attempts }: MoveSearch): number {
  const { startMs, taskOf } = order;
  let change = 0;
  for (let k = 0; k < count; k += 1) {
    const id = shifted[k] ?? 0;
    const isMs = startMs[id] ?? 0;
    const oldMs = wasMs[id] ?? 0;
    const beforeMs = startMs[id - 1] ?? 0;
    const wasBeforeMs = shiftedIn[id - 1] === attempts ? (wasMs[id - 1] ?? 0) : beforeMs;
    change += costOf(order, id, isMs - beforeMs) - costOf(order, id, oldMs - wasBeforeMs);
    if (shiftedIn[id + 1] !== attempts) {
      const afterMs = startMs[id + 1] ?? 0;
      change += costOf(order, id + 1, afterMs - isMs) - costOf(order, id + 1, afterMs - oldMs);
    }
    const limit = tasks[taskOf[id] ?? 0]?.hourLimit ?? 0;
    if (limit > 0 && exceedsHour(order, id, limit)) return Number.POSITIVE_INFINITY;
    if (!(change < Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
  }
  return change;
}

/** The sum over all gaps of what is to be made small. */
export function costOfAll(order: PlayOrder): number {
  const { seq, startMs } = order;
  let sum = 0;
  for (const id of seq) sum += costOf(order, id, (startMs[id] ?? 0) - (startMs[id - 1] ?? 0));
  return sum;
}

/** The twelfth power of a gap in mean gaps: a stand-in for the widest one that also sees the others. */
function costOf({ minGapMs, perMean }: PlayOrder, id: number, gapMs: number): number {
  if (gapMs < (minGapMs[id] ?? 0)) return Number.POSITIVE_INFINITY;
  const ratio = gapMs * (perMean[id] ?? 0);
  if (ratio < 1) return 0;
  const square = ratio * ratio;
  const fourth = square * square;
  return fourth * fourth * fourth;
}

/** Whether an hour with play `id` in it has more than `limit` starts; guards are no plays. */
function exceedsHour({ startMs, taskOf }: PlayOrder, id: number, limit: number): boolean {
  const own = taskOf[id];
  const atMs = startMs[id] ?? 0;
  return (
    (taskOf[id - limit] === own && atMs - (startMs[id - limit] ?? 0) < HOUR_MS) ||
    (taskOf[id + limit] === own && (startMs[id + limit] ?? 0) - atMs < HOUR_MS)
  );
}

function moveTo({ seq, place }: PlayOrder, id: number, to: number): void {
  const step = to < (place[id] ?? 0) ? -1 : 1;
  for (let k = place[id] ?? 0; k !== to; k += step) {
    const other = seq[k + step] ?? 0;
    seq[k] = other;
    place[other] = k;
  }
  seq[to] = id;
  place[id] = to;
}
