/** An installed player before a controller that hands out releases: a bad one, a good one, and one whose bytes were changed on the way. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { electronExecutable } from '../../cli/player-shell.ts';
import { parseReleaseState, type ReleaseState } from '../../main/update/release-state.ts';
import { screenViewSchema } from '../../protocol/http/views.ts';
import { addRelease } from '../../server/releases/add-release.ts';
import { packagePlayer } from '../helpers/packaged-player.ts';
import { commandOf, processTree } from '../helpers/process-tree.ts';
import { eventually } from '../helpers/product.ts';
import { type SampleController, startSampleController } from '../helpers/sample-controller.ts';
import { startVirtualDisplay, type VirtualDisplay } from '../helpers/virtual-display.ts';

const PACK = fileURLToPath(new URL('../../scripts/pack-release.ts', import.meta.url));
const electron = electronExecutable(process.env);
const NOBODY = { uid: 65_534, gid: 65_534 };
const user = process.getuid?.() === 0 ? NOBODY : {};
const ALL = { percent: 100, screens: [] };

/** A player started by its start script, with everything it stores in a folder of its own. */
type Installed = {
  state(): ReleaseState;
  has(version: string): boolean;
  /** The folder of the build that runs, null while none does. */
  running(): string | null;
  printed(): string;
  end(): Promise<void>;
};

describe.skipIf(electron === null)(
  'self-update (skipped where no Electron is; set ELECTRON_OVERRIDE_DIST_PATH)',
  () => {
    const out = mkdtempSync(join(tmpdir(), 'xunbo-update-'));
    let display: VirtualDisplay;
    let installed = '';
    let good = '';

    beforeAll(async () => {
      chmodSync(out, 0o755);
      const wish = { electron: electron ?? '' };
      for (const part of ['base', 'next']) mkdirSync(join(out, part));
      installed = await packagePlayer({ ...wish, out: join(out, 'base'), version: '0.1.0' });
      const next = await packagePlayer({ ...wish, out: join(out, 'next'), version: '0.4.0' });
      good = execFileSync(process.execPath, [PACK, next, '1'], { encoding: 'utf8' }).trim();
      display = await startVirtualDisplay();
    }, 300_000);
    afterAll(async () => {
      await display?.close();
      rmSync(out, { recursive: true, force: true, maxRetries: 10 });
    });

    /** A controller whose demo screen is closed all day, when players change over. */
    async function closedController(): Promise<SampleController> {
      const server = await startSampleController();
      const { catalogue } = server.controller.services;
      const screen = catalogue.snapshot().screens.get('demo');
      if (!screen) throw new Error('the sample has no demo screen');
      const weekday = new Date(Date.now() + 3 * 86_400_000)
        .toLocaleDateString('en', { weekday: 'short' })
        .toLowerCase();
      const days = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']).array().parse([weekday]);
      const openingHours = [{ days, from: '10:00', to: '11:00' }];
      await catalogue.apply([{ op: 'put', collection: 'screens', entity: { ...screen, openingHours } }]);
      return server;
    }

    function start(server: SampleController): Installed {
      const data = mkdtempSync(join(tmpdir(), 'xunbo-installed-'));
      const releases = join(data, 'releases');
      mkdirSync(releases);
      for (const folder of user === NOBODY ? [data, releases] : []) chownSync(folder, NOBODY.uid, NOBODY.gid);
      const script: ChildProcess = spawn(join(installed, 'resources/launch.sh'), ['--disable-gpu'], {
        ...user,
        cwd: data,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          ...process.env,
          DISPLAY: display.name,
          HOME: data,
          XUNBO_DATA: join(data, 'player'),
          XUNBO_RELEASES: releases,
          XUNBO_SERVER: server.url,
          XUNBO_ENROL_TOKEN: server.controller.services.enrolment.tokenFor('demo'),
          XUNBO_LOG_LEVEL: 'info',
        },
      });
      let printed = '';
      script.stderr?.on('data', (chunk) => {
        printed += String(chunk);
      });
      const exit = new Promise((resolve) => script.once('exit', resolve));
      const file = join(releases, 'state');
      return {
        state: () => parseReleaseState(existsSync(file) ? readFileSync(file, 'utf8') : null),
        has: (version) => existsSync(join(releases, version)),
        running: () => {
          const commands = processTree(script.pid ?? 0).map(commandOf);
          return commands.flatMap((line) => /^(\S+)\/xunbo-player --disable-gpu/.exec(line)?.[1] ?? [])[0] ?? null;
        },
        printed: () => printed,
        async end() {
          script.kill('SIGTERM');
          await exit;
          rmSync(data, { recursive: true, force: true, maxRetries: 10 });
        },
      };
    }

    /** An archive of a release whose program ends as soon as it is started. */
    function brokenRelease(version: string): string {
      const name = `xunbo-player-${version}-linux-x64`;
      mkdirSync(join(out, name));
      writeFileSync(join(out, name, 'xunbo-player'), '#!/bin/sh\nexit 9\n', { mode: 0o755 });
      execFileSync('tar', ['-czf', `${name}.tar.gz`, name], { cwd: out });
      return join(out, `${name}.tar.gz`);
    }

    const openTroubles = async (server: SampleController): Promise<string[]> => {
      const views = await server.get(z.array(screenViewSchema), '/api/screens');
      const troubles = views.flatMap((view) => (view.id === 'demo' ? view.incidents : []));
      return troubles.filter(({ closedAtMs }) => closedAtMs === null).map(({ kind }) => kind);
    };

    test('[UP6] a release that does not start is given up and told of, and the next one runs and proves itself', async () => {
      const server = await closedController();
      const { releases } = server.controller.services.folder;
      await addRelease(releases, brokenRelease('0.3.0'), ALL, Date.now());
      const player = start(server);
      try {
        await eventually(
          'the bad release given up',
          async () => player.state().failed.includes('0.3.0') || undefined,
          70_000,
        );
        expect(player.state()).toEqual({ current: null, former: null, starts: null, failed: ['0.3.0'] });
        await addRelease(releases, good, ALL, Date.now());
        await eventually(
          'the controller told',
          async () => (await openTroubles(server)).includes('update-failed') || undefined,
        );
        await eventually(
          'the good release on trial',
          async () => player.state().current === '0.4.0' || undefined,
          120_000,
        );
        await eventually('the good release proved', async () => player.state().starts === null || undefined, 180_000);
        expect(player.state()).toEqual({ current: '0.4.0', former: null, starts: null, failed: ['0.3.0'] });
        expect(player.running()).toMatch(/releases\/0\.4\.0$/);
        await eventually('the controller told again', async () =>
          (await openTroubles(server)).includes('update-failed') ? undefined : true,
        );
        await eventually('the bad release cleared away', async () => (player.has('0.3.0') ? undefined : true), 30_000);
      } catch (error) {
        throw new Error(`it printed:\n${player.printed()}`, { cause: error });
      } finally {
        await player.end();
        await server.close();
      }
    }, 600_000);

    test('[UP2] a release whose bytes are not those that were announced is not taken', async () => {
      const server = await closedController();
      const { releases } = server.controller.services.folder;
      const { file } = await addRelease(releases, brokenRelease('0.5.0'), ALL, Date.now());
      appendFileSync(join(releases, file), 'x');
      const player = start(server);
      try {
        await eventually(
          'the refusal',
          async () => /sha512 checksum mismatch/.test(player.printed()) || undefined,
          60_000,
        );
        expect([player.has('0.5.0'), player.state().current]).toEqual([false, null]);
        expect(player.running()).toBe(installed);
      } finally {
        await player.end();
        await server.close();
      }
    });
  },
);
