/** The installed player under the compositor it is installed with, cage, as a user who is not root: what is seen, above all when a part of it dies. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { electronExecutable } from '../../cli/player-shell.ts';
import { findTool } from '../../main/display/find-tool.ts';
import { isExecutableFile } from '../../main/stage/find-chromium.ts';
import { apart, type DisplayFilm, filmDisplay } from '../helpers/display-film.ts';
import { type LiveController, startLiveController } from '../helpers/live-controller.ts';
import { packagePlayer } from '../helpers/packaged-player.ts';
import { commandOf } from '../helpers/process-tree.ts';
import { eventually, killQuietly, processesNaming } from '../helpers/product.ts';
import { provenPlays } from '../helpers/real-player.ts';
import { startVirtualDisplay, type VirtualDisplay } from '../helpers/virtual-display.ts';

const electron = electronExecutable(process.env);
const [compositor, ...helpers] = ['cage', 'Xwayland', 'imv-wayland', 'imv-msg'].map((name) =>
  findTool(name, { env: process.env, isExecutable: isExecutableFile }),
);
const canRun = electron !== null && ![compositor, ...helpers].includes(undefined);
const POSTER = fileURLToPath(new URL('../../playlists/media/poster-rental-rules-landscape.png', import.meta.url));
/** `nobody` of every Linux: cage does not run as root. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
/** What cage is given by its backend for X servers. */
const SIZE = '1024x768';
/** Two pictures nearer than this show the same poster; it may be a JPEG of itself. */
const SAME = 8;
/** While its page is brought up anew, the poster stands without the ground around it. */
const SIMILAR = 60;

/** How many pictures were taken, how many of them were unlike the first, and how the first play after them ended. */
type Unlike = { seen: number; others: number; outcome: string };

describe.skipIf(!canRun)('installed player (skipped where no Electron, cage, Xwayland or imv is)', () => {
  const out = mkdtempSync(join(tmpdir(), 'xunbo-cage-'));
  const home = mkdtempSync(join(tmpdir(), 'xunbo-cage-home-'));
  const data = join(home, 'player');
  const kept = join(data, 'backdrop/last.jpg');
  let live: LiveController;
  let display: VirtualDisplay;
  let film: DisplayFilm;
  let cage: ChildProcess;
  let printed = '';

  beforeAll(async () => {
    chmodSync(out, 0o755);
    mkdirSync(join(home, 'run'), { mode: 0o700 });
    if (user.uid !== undefined) for (const folder of [home, join(home, 'run')]) chownSync(folder, user.uid, user.gid);
    const resources = join(await packagePlayer({ out, electron: electron ?? '' }), 'resources');
    live = await startLiveController(['screen-1'], {}, POSTER);
    display = await startVirtualDisplay(SIZE);
    const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...inherited } = process.env;
    cage = spawn(compositor ?? '', ['-s', '--', join(resources, 'launch.sh'), '--disable-gpu'], {
      ...user,
      cwd: home,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...inherited,
        DISPLAY: display.name,
        WLR_BACKENDS: 'x11',
        WLR_RENDERER: 'pixman',
        XCURSOR_PATH: join(resources, 'no-cursor'),
        XDG_RUNTIME_DIR: join(home, 'run'),
        HOME: home,
        XUNBO_DATA: data,
        XUNBO_SERVER: live.url,
        XUNBO_ENROL_TOKEN: live.tokenFor('screen-1'),
        XUNBO_LOG_LEVEL: 'warn',
      },
    });
    cage.stderr?.on('data', (chunk) => {
      printed += String(chunk);
    });
    film = filmDisplay(display.name, SIZE);
  });
  afterAll(async () => {
    for (const pid of own()) killQuietly(pid);
    await film?.end();
    await display?.close();
    await live?.close();
    for (const folder of [out, home]) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  /** Every process of this player, the viewer among them, which has lost its parent. */
  const own = (): number[] => [...processesNaming(out), ...processesNaming(home)];
  const electronPid = (): number =>
    own().find((pid) => /^\S*\/xunbo-player /.test(commandOf(pid)) && !commandOf(pid).includes('--type=')) ?? 0;
  const viewers = (): number[] => own().filter((pid) => commandOf(pid).startsWith('imv-wayland'));

  const playedSince = (ms: number): Promise<string[]> =>
    eventually(`a play; it printed:\n${printed}`, async () => {
      const plays = (await provenPlays(live.ledger, 'screen-1')).filter(({ t0 }) => t0 >= ms);
      return plays.length > 0 ? plays.map(({ outcome }) => outcome) : undefined;
    });

  /** The pictures from now to the next play that are further from the present one than that. */
  async function unlikeUntilPlayed(distance: number, harm: () => void): Promise<Unlike> {
    const before = film.pictures().at(-1) ?? new Uint8Array();
    const from = film.pictures().length;
    const harmedAtMs = Date.now();
    harm();
    const [outcome = ''] = await playedSince(harmedAtMs);
    const seen = film.pictures().slice(from);
    return { seen: seen.length, others: seen.filter((picture) => apart(picture, before) > distance).length, outcome };
  }

  const still = (drawsMouse: boolean): Buffer => {
    const grab = ['-f', 'x11grab', '-draw_mouse', drawsMouse ? '1' : '0', '-video_size', SIZE, '-i', display.name];
    const words = ['-v', 'error', ...grab, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'];
    return spawnSync('ffmpeg', words, { maxBuffer: 2 ** 22 }).stdout;
  };

  test('[BD7] it comes up full screen, plays, records, and keeps a picture; the mouse in its middle is not seen', async () => {
    expect(await playedSince(0)).toContain('complete');
    await eventually('the picture behind the stage', async () => (existsSync(kept) ? true : undefined));
    const [bare, withMouse] = [still(false), still(true)];
    expect(bare.length).toBe(1024 * 768);
    // Corner to corner: what a poster leaves free is filled with its own colours.
    expect(Math.min(...[0, 1023, 1024 * 767, 1024 * 768 - 1].map((at) => bare[at] ?? 0))).toBeGreaterThan(20);
    expect(withMouse.equals(bare)).toBe(true);
  });

  test('[BD8] its main process dies by SIGKILL, and its last poster is seen until it plays again', async () => {
    const [viewer] = viewers();
    const { seen, others, outcome } = await unlikeUntilPlayed(SAME, () => killQuietly(electronPid()));
    console.log(`main process: ${seen} pictures, ${others} of something else`);
    expect(outcome).toBe('complete');
    expect(seen).toBeGreaterThan(20);
    expect(others).toBeLessThanOrEqual(3);
    expect(viewers()).toEqual([viewer]);
  });

  test('[EL15] its page and its drawing process die, and no more than a moment is black', async () => {
    const victim = (type: string): number => own().find((pid) => commandOf(pid).includes(`--type=${type}`)) ?? 0;
    for (const type of ['renderer', 'gpu-process']) {
      const { seen, others } = await unlikeUntilPlayed(SIMILAR, () => killQuietly(victim(type)));
      console.log(`${type}: ${seen} pictures, ${others} of something else`);
      expect(others).toBeLessThanOrEqual(5);
    }
  });

  test('[BD8] when it is told to end, viewer and compositor end with it', async () => {
    const script = own().find((pid) => /^\/bin\/sh \S*launch\.sh /.test(commandOf(pid))) ?? 0;
    const exit = once(cage, 'exit');
    process.kill(script, 'SIGTERM');
    expect((await exit)[0]).toBe(0);
    expect(own()).toEqual([]);
  });
});
