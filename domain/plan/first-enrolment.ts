/** The day a screen gets its first player: what was due before cannot have been shown, and is not called missed. */
import type { SlotReason } from './day-plan.ts';
import type { SlotExplanation } from './explain-slot.ts';
import type { DayOutline } from './promise-outline.ts';

/** A slot or a showing, as far as it matters here. */
type Reasoned = { startMs: number; commitment: string | null; reason: SlotReason };

/** The first enrolment of a screen on a day, and how many plays of each promise were due before it. */
export type FirstEnrolment = { atMs: number; owed: ReadonlyMap<string, number> };

/** `outline` is of the plan that begins with the enrolment: what it has to make good was due before. */
export const firstEnrolment = ({ fromMs, promises }: DayOutline): FirstEnrolment => ({
  atMs: fromMs,
  owed: new Map(promises.map(({ id, makeGoods }) => [id, makeGoods])),
});

/**
 * Whether a make-good makes up for the time before the enrolment: as many of a promise do as were due then. `before` is what was shown or is
 * planned after the enrolment and before it.
 */
export function isOwedToEnrolment(
  { owed, atMs }: FirstEnrolment,
  slot: Reasoned,
  before: readonly Reasoned[],
): boolean {
  if (slot.reason !== 'make-good' || slot.commitment === null || slot.startMs < atMs) return false;
  const made = before.filter((other) => other.commitment === slot.commitment && other.reason === 'make-good').length;
  return made < (owed.get(slot.commitment) ?? 0);
}

/** The explanation of a make-good that is owed to the enrolment at `atMs`. */
export const blameEnrolment = (said: SlotExplanation, atMs: number): SlotExplanation =>
  said.kind === 'make-good' ? { ...said, because: 'not-enrolled', missedBeforeMs: atMs } : said;
