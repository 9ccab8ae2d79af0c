/** How soon a screen plays on after its page, or its agent, has died. */
import { setTimeout as pause } from 'node:timers/promises';
import { startLiveController } from '../../helpers/live-controller.ts';
import { killQuietly } from '../../helpers/product.ts';
import { provenPlays, type RealPlayer, startRealPlayer } from '../../helpers/real-player.ts';
import { type BenchGroup, median } from '../figure.ts';

const SCREEN = 'screen-1';
const ROUNDS = 3;
/** Long enough for a play to end, its segment to be sealed and to arrive. */
const SETTLE_MS = 30_000;

/** `recover-page-s` and `recover-agent-s`: from the death of the process to the first frame of the next play. */
export const recoverGroup: BenchGroup = async (report) => {
  const live = await startLiveController([SCREEN]);
  const player = await startRealPlayer(live.url, live.tokenFor(SCREEN));
  async function rounds(kill: (player: RealPlayer) => void): Promise<number> {
    const seconds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await pause(SETTLE_MS);
      const killedMs = Date.now();
      kill(player);
      await pause(SETTLE_MS);
      const next = (await provenPlays(live.ledger, SCREEN)).find((play) => play.t0 > killedMs);
      if (!next) throw new Error(`nothing was played again: ${player.output().slice(-2000)}`);
      seconds.push((next.t0 - killedMs) / 1000);
    }
    return median(seconds);
  }
  try {
    const page = await rounds(({ pagePids }) => pagePids().forEach(killQuietly));
    report({ name: 'recover-page-s', value: page, unit: 's', reference: null, ratio: null });
    const agent = await rounds(({ agentPid }) => killQuietly(agentPid() ?? 0));
    report({ name: 'recover-agent-s', value: agent, unit: 's', reference: null, ratio: null });
  } finally {
    await player.remove();
    await live.close();
  }
};
