/** A player whose processes die plays on: real processes, a real Chromium, a real controller. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiveController, startLiveController } from '../helpers/live-controller.ts';
import { eventually, killQuietly } from '../helpers/product.ts';
import { provenPlays, type RealPlayer, startRealPlayer } from '../helpers/real-player.ts';

const SCREEN = 'screen-1';

describe('a player whose processes die', () => {
  let live: LiveController;
  let player: RealPlayer;

  beforeAll(async () => {
    live = await startLiveController([SCREEN]);
    player = await startRealPlayer(live.url, live.tokenFor(SCREEN));
    await playsOn(0);
  });
  afterAll(async () => {
    await player?.remove();
    await live?.close();
  });

  /** The first complete play that began after `sinceMs`. */
  const playsOn = (sinceMs: number) =>
    eventually('a play', async () =>
      (await provenPlays(live.ledger, SCREEN)).find((play) => play.t0 > sinceMs && play.outcome === 'complete'),
    );

  test('[O4] a page whose process dies is loaded anew by the browser that showed it', async () => {
    const [browser] = player.browserPids();
    const killedMs = Date.now();
    player.pagePids().forEach(killQuietly);
    const next = await playsOn(killedMs);
    console.log(`page: ${((next.t0 - killedMs) / 1000).toFixed(1)} s`);
    expect(player.browserPids()[0]).toBe(browser);
    expect(player.output()).toContain('page is loaded anew');
  });

  test('[UK6][L9] an agent that is killed is started again, says so in its journal, and plays on', async () => {
    const agent = player.agentPid() ?? 0;
    expect(agent).toBeGreaterThan(0);
    const killedMs = Date.now();
    killQuietly(agent);
    const next = await playsOn(killedMs);
    console.log(`agent: ${((next.t0 - killedMs) / 1000).toFixed(1)} s`);
    expect(player.agentPid()).not.toBe(agent);
  });
});
