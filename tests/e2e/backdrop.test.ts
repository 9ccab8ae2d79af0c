/** What is seen while the whole player is started anew, on a real display: its last poster, and neither black nor an empty desktop. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { electronExecutable } from '../../cli/player-shell.ts';
import { findTool } from '../../main/display/find-tool.ts';
import { isExecutableFile } from '../../main/stage/find-chromium.ts';
import { apart, brightness, type DisplayFilm, filmDisplay } from '../helpers/display-film.ts';
import { type LiveController, startLiveController } from '../helpers/live-controller.ts';
import { eventually, killQuietly } from '../helpers/product.ts';
import { provenPlays, type RealPlayer, startRealPlayer } from '../helpers/real-player.ts';
import { startVirtualDisplay, type VirtualDisplay } from '../helpers/virtual-display.ts';

const POSTER = fileURLToPath(new URL('../../playlists/media/poster-rental-rules-landscape.png', import.meta.url));
const feh = findTool('feh', { env: process.env, isExecutable: isExecutableFile });
/** Two pictures nearer than this show the same poster; it may be panned, or be a JPEG of itself. */
const SAME = 8;
/** X paints the plain ground of a window until the window is drawn; a busy machine takes longer than one refresh for it. */
const MOST_PLAIN = 3;

const SHELLS = [
  { shell: 'chromium', isHere: true, victims: (player: RealPlayer) => player.browserPids() },
  {
    shell: 'electron',
    isHere: electronExecutable(process.env) !== null,
    victims: (player: RealPlayer) => [player.electronPid() ?? 0],
  },
] as const;

describe.skipIf(feh === undefined)('behind the player (skipped where no feh is)', () => {
  describe.each(SHELLS.filter(({ isHere }) => isHere))('$shell', ({ shell, victims }) => {
    let live: LiveController;
    let display: VirtualDisplay;
    let player: RealPlayer;
    let film: DisplayFilm;

    beforeAll(async () => {
      live = await startLiveController(['screen-1'], { rotation: 180 }, POSTER);
      display = await startVirtualDisplay();
      const env = { DISPLAY: display.name, WAYLAND_DISPLAY: '' };
      player = await startRealPlayer(live.url, live.tokenFor('screen-1'), ['--shell', shell], env);
      film = filmDisplay(display.name);
    });
    afterAll(async () => {
      await film?.end();
      await player?.remove();
      await display?.close();
      await live?.close();
    });

    /** How the plays that began after `ms` ended. */
    const outcomesSince = async (ms: number): Promise<string[]> =>
      (await provenPlays(live.ledger, 'screen-1')).filter(({ t0 }) => t0 >= ms).map(({ outcome }) => outcome);
    const playedSince = (ms: number): Promise<string[]> =>
      eventually('a play', async () => {
        const outcomes = await outcomesSince(ms);
        return outcomes.length > 0 ? outcomes : undefined;
      });

    test('[BD1][BD5] its whole shell dies by SIGKILL, and its last poster is seen until it plays again', async () => {
      const kept = join(player.data, 'backdrop/last.jpg');
      await eventually('the picture behind the stage', async () => (existsSync(kept) ? true : undefined));
      await playedSince(0);
      const playing = film.pictures().at(-1) ?? new Uint8Array();
      const from = film.pictures().length;
      const killedAtMs = Date.now();
      for (const pid of victims(player)) killQuietly(pid);
      // The first slot begins beside the screen, and counts.
      expect((await playedSince(killedAtMs))[0]).toBe('complete');

      const seen = film.pictures().slice(from);
      const others = seen.filter((picture) => apart(picture, playing) > SAME);
      console.log(
        `${shell}: ${seen.length} pictures, ${others.length} of the plain ground: ${others.map((picture) => Math.round(brightness(picture)))}`,
      );
      expect(seen.length).toBeGreaterThan(20);
      expect(others.map(brightness).filter((light) => light < 60)).toEqual([]);
      expect(others.length).toBeLessThanOrEqual(MOST_PLAIN);
    });
  });
});
