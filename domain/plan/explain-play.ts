/** Why something was shown, told from what was shown on the day. */
import type { PlayedSlot, SlotReason } from './day-plan.ts';
import { EXACT_TOLERANCE_MS } from './exact-plays.ts';
import type { SlotExplanation } from './explain-slot.ts';
import type { PromiseOutline } from './promise-outline.ts';

/** A showing with the reason its record bears. */
export type ShownSlot = PlayedSlot & { reason: SlotReason };

/** Explains the showing at `index` of `shown` (all of the day, in order of time); null where it does not count and so keeps nothing. */
export function explainPlay(
  promises: readonly PromiseOutline[],
  shown: readonly ShownSlot[],
  index: number,
): SlotExplanation | null {
  const play = shown[index];
  if (!play) throw new RangeError(`no play ${index} among ${shown.length}`);
  const { item, startMs, commitment, reason } = play;
  if (commitment === null) return { kind: 'filler', item, startMs, nextMs: null, next: null };
  const promise = promises.find(({ id }) => id === commitment);
  if (!play.counted || !promise) return null;
  const base = { item, commitment, startMs };
  const before = shown.slice(0, index).filter((other) => other.commitment === commitment);
  const nth = before.filter((other) => other.counted).length + 1;
  const { required, maxGapMs, minShare, minAirtimeShare, scope } = promise;
  if (reason === 'make-good') {
    const known = nth <= required ? nth : null;
    return { kind: 'make-good', ...base, nth: known, of: required, because: 'missed', missedBeforeMs: startMs };
  }
  const exactMs = promise.exactMs.find((ms) => Math.abs(startMs - ms) <= EXACT_TOLERANCE_MS);
  if (exactMs !== undefined) {
    const at = promise.exactMs.indexOf(exactMs) + 1;
    return { kind: 'exact', ...base, exactMs, nth: at, of: promise.exactMs.length };
  }
  if (nth <= required) {
    return {
      kind: 'count',
      ...base,
      nth,
      of: required,
      fits: null,
      scope,
      everyMs: null,
      turn: null,
      doneByMs: null,
      move: null,
    };
  }
  if (maxGapMs !== null) return { kind: 'max-gap', ...base, maxGapMs, beforeMs: before.at(-1)?.startMs ?? null };
  if (reason === 'scheduled' && minShare !== null) {
    return { kind: 'share', ...base, form: 'plays', share: minShare, reached: null };
  }
  if (reason === 'scheduled' && minAirtimeShare !== null) {
    return { kind: 'share', ...base, form: 'airtime', share: minAirtimeShare, reached: null };
  }
  return { kind: 'bonus', ...base, required, isBetween: minShare !== null || minAirtimeShare !== null };
}
