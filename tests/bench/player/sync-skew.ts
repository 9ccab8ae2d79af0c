/** How far apart two screens of a sync group start the same slot. */
import { setTimeout as pause } from 'node:timers/promises';
import { startLiveController } from '../../helpers/live-controller.ts';
import { provenPlays, startRealPlayer } from '../../helpers/real-player.ts';
import { type BenchGroup, median } from '../figure.ts';

const SCREENS = ['step-1', 'step-2'] as const;
const MEASURED_MS = 150_000;
/** Plays of the first seconds were begun before the clocks were learnt. */
const SETTLING_MS = 30_000;

/**
 * `sync-skew-ms`: the widest, and `sync-skew-median-ms`: the usual distance of two players' starts of the same slot, each by its own clock, which both have
 * learnt from one server on the same machine.
 */
export const syncGroup: BenchGroup = async (report) => {
  const live = await startLiveController(SCREENS, { syncGroup: 'hall' });
  const startedMs = Date.now();
  const players = await Promise.all(SCREENS.map((screen) => startRealPlayer(live.url, live.tokenFor(screen))));
  try {
    await pause(MEASURED_MS);
    const [one, other] = await Promise.all(SCREENS.map((screen) => provenPlays(live.ledger, screen)));
    const starts = new Map(other?.map((play) => [play.slot, play.t0]));
    const skews = (one ?? [])
      .filter((play) => play.t0 > startedMs + SETTLING_MS)
      .flatMap((play) => {
        const start = starts.get(play.slot);
        return start === undefined ? [] : [Math.abs(play.t0 - start)];
      });
    if (skews.length < 10)
      throw new Error(`only ${skews.length} slots in common: ${players[0]?.output().slice(-2000)}`);
    report({ name: 'sync-skew-ms', value: Math.max(...skews), unit: 'ms', reference: null, ratio: null });
    report({ name: 'sync-skew-median-ms', value: median(skews), unit: 'ms', reference: null, ratio: null });
  } finally {
    await Promise.all(players.map((player) => player.remove()));
    await live.close();
  }
};
