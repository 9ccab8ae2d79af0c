/** Takes a picture in the middle of every so many plays of a promise, so that their records can name it. */
import type { PlayedSlot } from '../../domain/plan/day-plan.ts';
import type { Timers } from '../clock.ts';
import type { Cue } from '../engine/cue.ts';
import { type Log, messageOf } from '../log.ts';

/** Pictures of plays. */
export type PlayShots = {
  /** A slot is on the screen; `played` is what was shown before on its date. */
  begun(cue: Cue, played: readonly PlayedSlot[]): void;
  /** SHA-256 of the picture taken while `cue` was on the screen, or null where none was. */
  shotOf(cue: Cue): string | null;
};

/** `every`: the first play of each promise on a day and every so many after it; 0: none. `take` takes and keeps a picture and gives its SHA-256. */
export type PlayShotsDeps = { every: () => number; take: () => Promise<string>; timers: Timers; log: Log };

/** Pictures of nothing yet. */
export function createPlayShots({ every, take, timers, log }: PlayShotsDeps): PlayShots {
  let current: { cue: Cue; sha: string | null } | null = null;
  let leaving: { cue: Cue; sha: string | null } | null = null;
  let cancel = (): void => undefined;

  /**
   * Counted promise by promise, since promises that take turns would else have all the pictures or none; and from what the journal says of the
   * day, so that a restart neither doubles nor drops the rhythm.
   */
  function isDue(cue: Cue, played: readonly PlayedSlot[]): boolean {
    const period = every();
    const { commitment } = cue.slot;
    if (period === 0 || commitment === null) return false;
    return played.filter((slot) => slot.commitment === commitment).length % period === 0;
  }

  return {
    begun(cue, played) {
      cancel();
      leaving = current;
      const mine: { cue: Cue; sha: string | null } = { cue, sha: null };
      current = mine;
      if (!isDue(cue, played)) return;
      cancel = timers.after(cue.slot.durationMs / 2, () => {
        take().then(
          (sha) => {
            // A picture that came when the play was over might show the next one.
            if (current === mine) mine.sha = sha;
          },
          (error: unknown) => log('info', 'no picture of this play', { item: cue.slot.item, error: messageOf(error) }),
        );
      });
    },
    shotOf: (cue) => [current, leaving].find((shown) => shown?.cue === cue)?.sha ?? null,
  };
}
