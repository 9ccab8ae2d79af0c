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
};

/** The first that applies: no item of the commitment can be shown, one has failed today, and what hindered the player as a whole. */
export function shortfallReason(
  items: readonly { item: string }[],
  hasFailed: boolean,
  troubles: DayTroubles,
): ShortfallReason {
  if (items.every(({ item }) => troubles.isMissing(item))) return 'media-missing';
  if (hasFailed) return 'playback-failed';
  if (troubles.cameLate) return 'not-enrolled';
  return troubles.wasDown ? 'player-down' : 'booked-out';
}
