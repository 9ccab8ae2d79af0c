/** Explanations of one screen's day: what is planned, what was shown, what comes short. */
import type { PlayedSlot } from '../../../../domain/plan/day-plan.ts';
import { explainPlay } from '../../../../domain/plan/explain-play.ts';
import { explainConflict, type ShortExplanation } from '../../../../domain/plan/explain-promise.ts';
import { explainSlot, type SlotExplanation } from '../../../../domain/plan/explain-slot.ts';
import { blameEnrolment, firstEnrolment, isOwedToEnrolment } from '../../../../domain/plan/first-enrolment.ts';
import type { Play, ScreenDay } from '../../../../protocol/http/views.ts';

/** A planned slot of a day. */
type Slot = ScreenDay['plan'][number];

/** What a slot or play is called: the reason of its record, or that it makes up for the time before the screen had a player. */
export type ShownReason = Slot['reason'] | 'not-enrolled';

/** `plays` are in order of time. */
export type ExplainedDay = {
  plays: Play[];
  /** Null for a slot that the day, read anew meanwhile, has no more. */
  ofSlot: (slot: Slot) => SlotExplanation | null;
  /** Null for a play that does not count, or that the day has no more. */
  ofPlay: (play: Play) => SlotExplanation | null;
  reasonOf: (shown: Slot | Play) => ShownReason;
  ofPromise: (commitment: string) => ShortExplanation[];
};

/** Explains `day`. A slot or play is known by its start and item, since the pointer may rest on one while the day is read anew. */
export function explainDay(day: ScreenDay): ExplainedDay {
  const plays = day.plays.toSorted((a, b) => a.startMs - b.startMs);
  const shown = plays.map((play): PlayedSlot & Pick<Play, 'reason'> => {
    const { startMs, endMs, item, commitment, counted, reason } = play;
    return { startMs, durationMs: endMs - startMs, item, commitment, counted, reason };
  });
  const last = day.outlines.at(-1);
  const restFrom = day.outlines.length > 1 && last ? last.fromMs : Number.POSITIVE_INFINITY;
  const rest = day.plan.filter((slot) => slot.startMs >= restFrom);
  const [first] = day.outlines;
  const enrolment = day.enrolledAtMs === null || !first ? null : firstEnrolment(first);

  const isOwed = (one: Slot | Play): boolean => {
    if (!enrolment || one.reason !== 'make-good') return false;
    // What is still to come follows what was shown; what was planned before follows its own plan.
    const isPlay = 'endMs' in one;
    const all = isPlay ? plays : one.startMs >= restFrom ? [...plays, ...rest] : day.plan;
    return isOwedToEnrolment(
      enrolment,
      one,
      all.filter((other) => other.startMs < one.startMs),
    );
  };
  const blamed = (said: SlotExplanation, one: Slot | Play): SlotExplanation =>
    enrolment && isOwed(one) ? blameEnrolment(said, enrolment.atMs) : said;

  return {
    plays,
    ofSlot(slot) {
      const isRest = slot.startMs >= restFrom;
      const outline = isRest ? last : first;
      const slots = isRest ? rest : day.plan;
      const index = slots.findIndex(({ startMs, item }) => startMs === slot.startMs && item === slot.item);
      if (index < 0) return null;
      return blamed(explainSlot(outline ?? { fromMs: 0, openFromMs: 0, promises: [] }, slots, index), slot);
    },
    ofPlay(play) {
      const index = plays.findIndex(({ startMs, item }) => startMs === play.startMs && item === play.item);
      const said = index < 0 ? null : explainPlay(last?.promises ?? [], shown, index);
      return said && blamed(said, play);
    },
    reasonOf: (one) => (isOwed(one) ? 'not-enrolled' : one.reason),
    ofPromise: (commitment) =>
      last
        ? day.conflicts
            .filter((conflict) => conflict.commitments[0] === commitment)
            .map((conflict) => explainConflict(conflict, last))
        : [],
  };
}
