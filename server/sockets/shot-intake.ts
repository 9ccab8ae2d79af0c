/** Takes in the pictures that one connected player sends, so many a minute. */
import type { z } from 'zod';
import type { shotAnswerSchema, shotSchema } from '../../protocol/player-link.ts';
import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { ShotStore } from '../shots/shot-store.ts';

const MINUTE_MS = 60_000;
/** A player that comes back after weeks sends its 500 within nine minutes. */
const MOST_A_MINUTE = 60;

/** Keeps a picture of a screen; fails with `too-many-requests` beyond 60 a minute, else as the store does. */
export type ShotIntake = (
  screenId: string,
  body: z.output<typeof shotSchema>,
) => Promise<z.output<typeof shotAnswerSchema>>;

/** The intake of one connection. */
export function createShotIntake(shots: ShotStore, clock: Clock): ShotIntake {
  let sinceMs = clock.nowMs();
  let taken = 0;
  return async (screenId, { sha, bytes }) => {
    if (clock.nowMs() - sinceMs >= MINUTE_MS) {
      sinceMs = clock.nowMs();
      taken = 0;
    }
    taken += 1;
    if (taken > MOST_A_MINUTE) throw new Failure('too-many-requests', `at most ${MOST_A_MINUTE} pictures a minute`);
    await shots.keep(screenId, sha, bytes);
    return { kind: 'stored' };
  };
}
