/** What is seen while the stage page of the Electron shell is gone, on a real display. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { electronExecutable } from '../../cli/player-shell.ts';
import { findTool } from '../../main/display/find-tool.ts';
import { isExecutableFile } from '../../main/stage/find-chromium.ts';
import { type ElectronShell, startElectronShell } from '../helpers/electron-shell.ts';
import { type LiveController, startLiveController } from '../helpers/live-controller.ts';
import { eventually } from '../helpers/product.ts';

const electron = electronExecutable(process.env);
const POSTER = fileURLToPath(new URL('../../playlists/media/poster-rental-rules-landscape.png', import.meta.url));

/** Mean brightness of the middle of a display, 0 to 255. */
function brightness(display: string): number {
  const picture = spawnSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'x11grab', '-video_size', '1920x1080', '-i', display, '-frames:v', '1'],
      ...['-vf', 'crop=960:540,scale=96:54', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'],
    ],
    { maxBuffer: 2 ** 20 },
  ).stdout;
  return picture.reduce((sum, value) => sum + value, 0) / Math.max(1, picture.length);
}

describe.skipIf(electron === null)(
  'Electron without its page (skipped where no Electron is; set ELECTRON_OVERRIDE_DIST_PATH)',
  () => {
    let live: LiveController;
    let shell: ElectronShell;

    beforeAll(async () => {
      live = await startLiveController(['screen-1'], {}, POSTER);
      shell = await startElectronShell(electron ?? '', live.url, { XUNBO_ENROL_TOKEN: live.tokenFor('screen-1') });
    });
    afterAll(async () => {
      await shell?.close();
      await live?.close();
    });

    /** Addresses of the windows that are seen, or that are not. */
    const windows = (isVisible: boolean): Promise<string[]> =>
      shell.app.evaluate(
        ({ BrowserWindow }, wanted) =>
          BrowserWindow.getAllWindows()
            .filter((window) => window.isVisible() === wanted)
            .map((window) => window.webContents.getURL()),
        isVisible,
      );
    const seen = (): Promise<string[]> => windows(true);

    test('[EL15] a page that keeps dying gives way to the last poster, and comes back with the next slot', async () => {
      const standby = /standby\.html#0\/media\/[0-9a-f]{64}$/;
      await eventually('the poster that waits', async () => (await windows(false)).find((url) => standby.test(url)));
      expect(await seen()).toEqual([expect.stringContaining('/index.html')]);
      const lit = brightness(shell.display);
      expect(lit).toBeGreaterThan(40);
      // Each time the page is there again it dies again, before anything is shown.
      await shell.app.evaluate(({ BrowserWindow }) => {
        const stage = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().endsWith('/index.html'));
        let crashes = 0;
        const crash = (): void => {
          crashes += 1;
          if (crashes <= 4) stage?.webContents.forcefullyCrashRenderer();
        };
        stage?.webContents.on('did-finish-load', crash);
        crash();
      });
      await eventually('a stage that is not seen', async () => {
        const urls = await seen();
        return urls.length === 1 && standby.test(urls[0] ?? '') ? true : undefined;
      });
      const standIn = brightness(shell.display);
      console.log(`brightness: ${lit.toFixed(0)} with the stage, ${standIn.toFixed(0)} without`);
      expect(standIn).toBeGreaterThan(0.6 * lit);
      await eventually('the stage again', async () =>
        (await seen()).every((url) => url.endsWith('/index.html')) ? true : undefined,
      );
      expect(brightness(shell.display)).toBeGreaterThan(0.6 * lit);
    });
  },
);

const hasFeh = findTool('feh', { env: process.env, isExecutable: isExecutableFile }) !== undefined;

describe.skipIf(electron === null || !hasFeh)(
  'Electron without its page, and without a poster (skipped where no Electron or no feh is)',
  () => {
    let live: LiveController;
    let shell: ElectronShell;

    beforeAll(async () => {
      live = await startLiveController(['screen-1']);
      shell = await startElectronShell(electron ?? '', live.url, { XUNBO_ENROL_TOKEN: live.tokenFor('screen-1') });
    });
    afterAll(async () => {
      await shell?.close();
      await live?.close();
    });

    test('[EL15] the picture that was kept of the stage takes its place', async () => {
      await eventually('a kept picture', async () =>
        (await shell.page.evaluate(async () => (await fetch('kept/last.jpg')).ok)) ? true : undefined,
      );
      await eventually('the window that waits', async () => (shell.app.windows().length > 1 ? true : undefined));
      const standby = shell.app.windows().find((page) => page !== shell.page);
      expect(standby?.url()).toMatch(/standby\.html#kept\/0$/);
      await shell.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find((one) => one.webContents.getURL().endsWith('/index.html'))
          ?.webContents.forcefullyCrashRenderer(),
      );
      const size = await eventually('the kept picture', async () => {
        const seen = await standby?.evaluate(() => [location.hash, document.querySelector('img')?.naturalWidth ?? 0]);
        return seen?.[0] === '#kept/1' && seen[1] !== 0 ? seen[1] : undefined;
      });
      expect(size).toBeGreaterThan(1900);
    });
  },
);
