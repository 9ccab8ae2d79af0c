/** Evens out a day: moves plays in its order until no gap is much wider than its task's mean one. */
import type { DayTask } from './day-task.ts';
import { costOfAll, force, improve, type MoveSearch, moveSearch, REACH } from './play-moves.ts';
import type { PlayOrder } from './play-order.ts';

/** Gaps up to so many mean ones are left alone. */
const FINE_RATIO = 1.15;

/** Where no gap is wider than this, nothing is moved out of the way any more. */
const GOOD_RATIO = 1.18;

/** Rounds through the wide gaps at most. */
const ROUNDS = 12;

/** How often the way of a wide gap is cleared at most, and of how many of the widest in turn. */
const CLEARINGS = 60;
const WIDEST = 3;

/** So many places on both sides of a gap are evened out again once its way was cleared. */
const MARGIN = 6;

/** Moves tried at most: the bound on the work. */
const MOST_ATTEMPTS = 80_000;

/**
 * Narrows the widest gaps of `order`, which is changed: local search over putting one play elsewhere, the others giving way, as long as the sum of a
 * high power of all gaps, each in its task's mean ones, falls; where that ends, plays are moved out of the widest gaps, and what
 * comes of it is kept if it is better in the end. Windows, horizons, least gaps and hourly limits are kept.
 */
export function evenOut(tasks: readonly DayTask[], order: PlayOrder): void {
  const search = moveSearch(tasks, order);
  settle(search, 0, order.seq.length);
  for (let k = 0; k < CLEARINGS && search.attempts < MOST_ATTEMPTS; k += 1) {
    const [id] = widestGaps(order).slice(k % WIDEST);
    if (id === undefined || ratioBefore(order, id) <= GOOD_RATIO) return;
    clearWay(search, id, Math.floor(k / WIDEST));
  }
}

/** Makes moves of the plays at places `from` to `to` for the better until there are none. */
function settle(search: MoveSearch, from: number, to: number): void {
  const { order } = search;
  for (let round = 0; round < ROUNDS; round += 1) {
    let isMoved = false;
    for (const id of order.seq.slice(from, to)) {
      if (ratioBefore(order, id) > FINE_RATIO && improve(search, id)) isMoved = true;
      if ((order.nth[id] ?? 0) > 0 && ratioBefore(order, id) > FINE_RATIO && improve(search, id - 1)) isMoved = true;
      if (search.attempts >= MOST_ATTEMPTS) return;
    }
    if (!isMoved) return;
  }
}

/** The gap before play `id` in mean gaps of its task. */
const ratioBefore = ({ startMs, perMean }: PlayOrder, id: number): number =>
  ((startMs[id] ?? 0) - (startMs[id - 1] ?? 0)) * (perMean[id] ?? 0);

/** The plays with the widest gaps before them, the widest first, among equals in order of time. */
function widestGaps(order: PlayOrder): number[] {
  const found: number[] = [];
  for (const id of order.seq) {
    let at = found.length;
    while (at > 0 && ratioBefore(order, found[at - 1] ?? 0) < ratioBefore(order, id)) at -= 1;
    if (at < WIDEST) found.splice(at, 0, id);
    if (found.length > WIDEST) found.pop();
  }
  return found;
}

/**
 * Moves a play out of the gap before play `id`, to its end or its beginning by turns of `turn`, the longest first, and settles what is around;
 * all is taken back where that was not for the better.
 */
function clearWay(search: MoveSearch, id: number, turn: number): void {
  const { seq, place, startMs, durationMs, nth } = search.order;
  const end = place[id] ?? 0;
  const begin = nth[id] === 0 ? Math.max(0, end - REACH) : (place[id - 1] ?? 0);
  const between = [...seq.subarray(begin + 1, end)].sort(
    (a, b) => (durationMs[b] ?? 0) - (durationMs[a] ?? 0) || a - b,
  );
  const moved = between[turn >> 1];
  if (moved === undefined) return;
  const was = { seq: seq.slice(), place: place.slice(), startMs: startMs.slice(), cost: costOfAll(search.order) };
  const isToEnd = turn % 2 === 0;
  const other = seq[isToEnd ? end : begin] ?? 0;
  const ownMs = durationMs[moved] ?? 0;
  const atMs = isToEnd
    ? (startMs[other] ?? 0) + (durationMs[other] ?? 0) - ownMs
    : (startMs[other] ?? 0) - Math.round(ownMs / 2);
  if (!force(search, moved, isToEnd ? end : begin, atMs)) return;
  settle(search, Math.max(0, begin - MARGIN), Math.min(seq.length, end + MARGIN));
  if (costOfAll(search.order) < was.cost) return;
  seq.set(was.seq);
  place.set(was.place);
  startMs.set(was.startMs);
}
