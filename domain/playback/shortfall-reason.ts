/** Why promised plays were not made, as the player that should have made them knows it. */
import type { ShortfallReason } from '../proof/record.ts';

/** What hindered a player on a day, so that a shortfall can be given its reason. */
export type DayTroubles = {
  /** The item cannot be shown for want of its media. */
  isMissing: (item: string) => boolean;
  /** The program came after opening. */
  cameLate: boolean;
  /** The agent was not there, or could not write, for a part of the day. */
  wasDown: boolean;
  /** How much of the opening hours an emergency message stood over everything, milliseconds. */
  takenOverMs: number;
};

/** What comes short: the items that could have been shown, and how much screen time the missing plays would have taken (0: no play is missing). */
export type Shortage = { items: readonly { item: string; durationMs: number }[]; missingPlays: number };

/**
 * The first that applies: all content of the commitment is withdrawn, none of its items can be shown, one has failed today, an emergency message took as
 * much time as the missing plays would have needed, and what hindered the player as a whole.
 */
export function shortfallReason(short: Shortage, hasFailed: boolean, troubles: DayTroubles): ShortfallReason {
  if (short.items.length === 0) return 'withdrawn';
  if (short.items.every(({ item }) => troubles.isMissing(item))) return 'media-missing';
  if (hasFailed) return 'playback-failed';
  if (isExplainedBy(troubles.takenOverMs, short)) return 'taken-over';
  if (troubles.cameLate) return 'not-enrolled';
  return troubles.wasDown ? 'player-down' : 'booked-out';
}

/** Whether an emergency of `takenOverMs` is long enough to be why the plays are missing; where none is missing, any is. */
export function isExplainedBy(takenOverMs: number, { items, missingPlays }: Shortage): boolean {
  const shortestMs = Math.min(...items.map(({ durationMs }) => durationMs));
  return takenOverMs > 0 && takenOverMs >= missingPlays * shortestMs;
}
