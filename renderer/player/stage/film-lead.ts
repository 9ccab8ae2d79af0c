/** Learns how long a film takes from its start until its clock runs, so that the next one is started that much ahead. */

/** Films start alike within a kind: without a sound track, with one that is muted, with one that is heard. */
export type FilmKind = 'silent' | 'muted' | 'heard';

/** One frame: when it reached the screen on the page's clock, and its time in the film. */
export type TimedFrame = { shownAtMs: number; mediaTimeS: number };

/** What the films of this page have taught. */
export type FilmLead = {
  /** How long before its clock is to run a film of this kind is started, in milliseconds: 0 to {@link LONGEST_MS}. */
  of(kind: FilmKind): number;
  /** A film of this kind starts in the animation frame seen at `seenAtMs`: gives what is to be told of its frames. */
  watch(kind: FilmKind, seenAtMs: number): (frame: TimedFrame) => void;
};

/** A film that takes longer than this has met some trouble: nothing is learnt from it. */
export const LONGEST_MS = 250;
/** Less than half a refresh is no delay at all. */
const SHORTEST_MS = 1000 / 120;
/** Films that a lead is learnt from; their middle is taken. */
const KEPT = 5;
/** The part of a film that is looked at: its clock may still be unsteady before. */
const FROM_S = 0.1;
const UNTIL_S = 0.6;

/** Knows nothing at first: films then start with their switch. */
export function createFilmLead(): FilmLead {
  const learnt: Record<FilmKind, number[]> = { silent: [], muted: [], heard: [] };
  const learn = (kind: FilmKind, tookMs: number): void => {
    if (Math.abs(tookMs) <= LONGEST_MS) learnt[kind] = [...learnt[kind], tookMs].slice(-KEPT);
  };
  return {
    of(kind) {
      const sorted = [...learnt[kind]].sort((one, other) => one - other);
      const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
      return middle < SHORTEST_MS ? 0 : middle;
    },
    watch(kind, seenAtMs) {
      let tookMs = Number.POSITIVE_INFINITY;
      let isOver = false;
      return ({ shownAtMs, mediaTimeS }) => {
        if (isOver || mediaTimeS < FROM_S) return;
        // A frame is never shown before its time, but may be late: the earliest tells how the clock runs.
        if (mediaTimeS <= UNTIL_S) tookMs = Math.min(tookMs, shownAtMs - mediaTimeS * 1_000 - seenAtMs);
        else {
          isOver = true;
          learn(kind, tookMs);
        }
      };
    },
  };
}
