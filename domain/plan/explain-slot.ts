/** Why a slot of a plan is where it is, as facts that sentences are made from. */
import type { Scope } from '../catalogue/campaign.ts';
import type { Interval } from '../time/interval.ts';
import type { Slot } from './day-plan.ts';
import type { DayOutline, PromiseOutline } from './promise-outline.ts';
import { type Move, moveOf, turnOf } from './slot-turn.ts';

/** What every explanation of a promised or bonus slot says: which slot of which promise. */
type OfPromise = { item: string; commitment: string; startMs: number };

/**
 * Why a slot is there. `count`: the `nth` (from 1) of the `of` plays of a count, of which only `fits` have room where that is not null; its `turn`
 * comes once every `everyMs`, so that the promise is kept by `doneByMs`. `make-good`: makes up for a play due before `missedBeforeMs`,
 * which was missed, or was due before the screen had a player (`not-enrolled`).
 * `bonus`: beyond all that is promised, which is done by then or (`isBetween`) spread among it. `filler`: nobody was promised this
 * time; `nextMs` is when the next promised play begins.
 */
export type SlotExplanation =
  | (OfPromise & {
      kind: 'count';
      nth: number;
      of: number;
      fits: number | null;
      scope: Scope;
      everyMs: number | null;
      turn: Interval | null;
      doneByMs: number | null;
      move: Move | null;
    })
  | (OfPromise & { kind: 'exact'; exactMs: number; nth: number; of: number })
  | (OfPromise & { kind: 'share'; form: 'plays' | 'airtime'; share: number; reached: number | null })
  | (OfPromise & {
      kind: 'make-good';
      nth: number | null;
      of: number;
      because: 'missed' | 'not-enrolled';
      missedBeforeMs: number;
    })
  | (OfPromise & { kind: 'max-gap'; maxGapMs: number; beforeMs: number | null })
  | (OfPromise & { kind: 'bonus'; required: number; isBetween: boolean })
  | { kind: 'filler'; item: string; startMs: number; nextMs: number | null; next: string | null };

/** Explains the slot at `index` of `slots`, the slots (from the first on) of the plan that `outline` is of. */
export function explainSlot(outline: DayOutline, slots: readonly Slot[], index: number): SlotExplanation {
  const slot = slots[index];
  if (!slot) throw new RangeError(`no slot ${index} among ${slots.length}`);
  const { item, startMs, commitment } = slot;
  const promise = commitment === null ? undefined : outline.promises.find(({ id }) => id === commitment);
  if (commitment === null || !promise) {
    const next = slots.slice(index + 1).find((later) => later.commitment !== null);
    return { kind: 'filler', item, startMs, nextMs: next?.startMs ?? null, next: next?.commitment ?? null };
  }
  const base: OfPromise = { item, commitment, startMs };
  const before = slots.slice(0, index).filter((other) => other.commitment === commitment);
  const promisedBefore = before.filter((other) => other.reason !== 'bonus').length;
  const nth = promise.tally + promisedBefore + 1;
  if (slot.reason === 'bonus') return explainBonus(promise, base, promisedBefore, before);
  if (slot.reason === 'make-good') {
    const known = nth <= promise.required ? nth : null;
    const missedBeforeMs = outline.fromMs;
    return { kind: 'make-good', ...base, nth: known, of: promise.required, because: 'missed', missedBeforeMs };
  }
  const exactMs = promise.exactMs.findLast((ms) => ms <= startMs);
  if (exactMs !== undefined) {
    return { kind: 'exact', ...base, exactMs, nth: promise.exactMs.indexOf(exactMs) + 1, of: promise.exactMs.length };
  }
  if (nth > promise.required || isOfShare(promise)) {
    const { minShare, minAirtimeShare, reached } = promise;
    if (minShare !== null) return { kind: 'share', ...base, form: 'plays', share: minShare, reached: reached.plays };
    if (minAirtimeShare !== null)
      return { kind: 'share', ...base, form: 'airtime', share: minAirtimeShare, reached: reached.airtime };
  }
  return explainCount(outline, promise, slots, index, { base, nth, promisedBefore, before });
}

/** Whether a share, not the count, decides how many plays are promised. */
const isOfShare = ({ promised, required, tally }: PromiseOutline): boolean => promised > Math.max(0, required - tally);

function explainBonus(
  promise: PromiseOutline,
  base: OfPromise,
  promisedBefore: number,
  before: readonly Slot[],
): SlotExplanation {
  const { maxGapMs, required, promised } = promise;
  if (maxGapMs !== null) {
    return { kind: 'max-gap', ...base, maxGapMs, beforeMs: before.at(-1)?.startMs ?? null };
  }
  return { kind: 'bonus', ...base, required, isBetween: promisedBefore < promised };
}

type CountParts = { base: OfPromise; nth: number; promisedBefore: number; before: readonly Slot[] };

function explainCount(
  outline: DayOutline,
  promise: PromiseOutline,
  slots: readonly Slot[],
  index: number,
  { base, nth, promisedBefore, before }: CountParts,
): SlotExplanation {
  const turn = turnOf(promise, promisedBefore, outline.openFromMs);
  const ownBefore = before.map((other) => other.startMs);
  return {
    kind: 'count',
    ...base,
    nth,
    of: promise.required,
    fits: promise.shortBy > 0 ? promise.required - promise.shortBy : null,
    scope: promise.scope,
    everyMs: promise.everyMs,
    turn,
    doneByMs: promise.doneByMs,
    move: turn && moveOf(promise, slots, index, turn, ownBefore),
  };
}
