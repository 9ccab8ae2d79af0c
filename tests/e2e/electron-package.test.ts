/** The packaged player: what is in it, what its Electron was told never to do, and that it plays as a user who is not root. */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { electronExecutable } from '../../cli/player-shell.ts';
import { packagePlayer } from '../helpers/packaged-player.ts';
import { commandOf, listeningSockets, processTree, statusOf } from '../helpers/process-tree.ts';
import { eventually, killQuietly } from '../helpers/product.ts';
import { type SampleController, startSampleController } from '../helpers/sample-controller.ts';
import { startVirtualDisplay, type VirtualDisplay } from '../helpers/virtual-display.ts';

const electron = electronExecutable(process.env);
/** `nobody` of every Linux: as root, Chromium has no sandbox. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

describe.skipIf(electron === null)(
  'packaged player (skipped where no Electron is; set ELECTRON_OVERRIDE_DIST_PATH)',
  () => {
    const out = mkdtempSync(join(tmpdir(), 'xunbo-package-'));
    const data = mkdtempSync(join(tmpdir(), 'xunbo-packaged-'));
    let program = '';
    let server: SampleController;
    let display: VirtualDisplay;

    beforeAll(async () => {
      chmodSync(out, 0o755);
      if (user.uid !== undefined) chownSync(data, user.uid, user.gid);
      const folder = await packagePlayer({ out, electron: electron ?? '' });
      program = join(folder, 'xunbo-player');
      server = await startSampleController();
      display = await startVirtualDisplay();
    });
    afterAll(async () => {
      await display?.close();
      await server?.close();
      for (const folder of [out, data]) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    });

    const environment = (more: Record<string, string> = {}): NodeJS.ProcessEnv => {
      const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...inherited } = process.env;
      return {
        ...inherited,
        DISPLAY: display.name,
        HOME: data,
        XUNBO_DATA: join(data, 'player'),
        XUNBO_SERVER: server.url,
        ...more,
      };
    };

    test('[EL14] the fuses say: no Node, no options of Node, no inspector, only the archive, encrypted cookies', async () => {
      const { version: _, ...wire } = await getCurrentFuseWire(program);
      const { DISABLE, ENABLE } = FuseState;
      expect(wire).toMatchObject({
        [FuseV1Options.RunAsNode]: DISABLE,
        [FuseV1Options.EnableCookieEncryption]: ENABLE,
        [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
        [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
        [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
        [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
      });
      // An Electron that knows this fuse has it off.
      expect(wire[FuseV1Options.GrantFileProtocolExtraPrivileges] ?? DISABLE).toBe(DISABLE);
    });

    test('[EL14] and it does as they say', () => {
      const mark = join(data, 'mark');
      const script = join(data, 'script.js');
      writeFileSync(script, `require('fs').writeFileSync(${JSON.stringify(mark)}, 'ran')`);
      const words = user.uid === undefined ? [] : ['--no-sandbox'];
      // Without a server address that is one, the player ends with the exit code of bad input before anything else.
      const env = environment({ XUNBO_SERVER: 'nowhere' });
      const asNode = spawnSync(program, [...words, script], { env: { ...env, ELECTRON_RUN_AS_NODE: '1' } });
      const withOptions = spawnSync(program, words, { env: { ...env, NODE_OPTIONS: `--require ${script}` } });
      const inspected = spawnSync(program, [...words, '--inspect=0'], { env });
      expect(() => statSync(mark)).toThrow();
      expect(inspected.stderr.toString()).not.toContain('Debugger listening');
      expect([asNode.status, withOptions.status, inspected.status]).toEqual([1, 1, 1]);
    });

    test('[IN1] in the archive are the two bundles, the pages and nothing else', () => {
      const resources = join(program, '../resources');
      // The default application stays where Electron is taken from a folder; the fuses see to it that it is never looked for.
      const found = readdirSync(resources).filter((name) => name !== 'default_app.asar');
      expect(found.sort()).toEqual(['app-update.yml', 'app.asar', 'behind.sh', 'launch.sh', 'no-cursor']);
      const asar = join(resources, 'app.asar');
      const files = asarFiles(asar).filter((file) => !/^dist\/stage\/assets\//.test(file));
      expect(files).toEqual([
        'dist/electron/main.cjs',
        'dist/electron/preload.cjs',
        'dist/stage/index.html',
        'dist/stage/standby.html',
        'package.json',
      ]);
      expect(statSync(asar).size).toBeLessThan(6_000_000);
    });

    test('[IN2] [EL1] [EL13] it enrols, plays, records and is counted, in Chromium’s sandbox, and listens on nothing', async () => {
      mkdirSync(join(data, 'player'), { recursive: true });
      if (user.uid !== undefined) chownSync(join(data, 'player'), user.uid, user.gid);
      const player = spawn(program, ['--disable-gpu'], {
        ...user,
        cwd: data,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: environment({
          XUNBO_ENROL_TOKEN: server.controller.services.enrolment.tokenFor('demo'),
          XUNBO_LOG_LEVEL: 'warn',
        }),
      });
      let printed = '';
      player.stderr.on('data', (chunk) => {
        printed += String(chunk);
      });
      const exit = new Promise<number | null>((resolve) => player.once('exit', resolve));
      try {
        const plays = await eventually(`counted plays; it printed:\n${printed}`, async () => {
          if (player.exitCode !== null) throw new Error(`the player ended with ${player.exitCode}: ${printed}`);
          const counted = await server.countedPlays();
          return counted.length >= 2 ? counted : undefined;
        });
        expect(plays[0]).toMatchObject({ screenId: 'demo', outcome: 'complete' });
        const tree = processTree(player.pid ?? 0);
        expect(listeningSockets(tree)).toEqual([]);
        const pages = tree.filter((pid) => commandOf(pid).includes('--type=renderer'));
        expect(pages.length).toBeGreaterThan(0);
        // 2: only the system calls of a filter; and no page may look at files or the network by itself.
        expect(pages.map((pid) => [statusOf(pid, 'Seccomp'), statusOf(pid, 'NoNewPrivs')])).toEqual(
          pages.map(() => ['2', '1']),
        );
      } finally {
        player.kill('SIGTERM');
        const code = await Promise.race([exit, new Promise((resolve) => setTimeout(resolve, 15_000, 'too long'))]);
        if (player.exitCode === null) killQuietly(player.pid ?? 0);
        expect([code, printed]).toEqual([0, printed]);
      }
    });
  },
);

/** Paths of all files in an asar archive, sorted. Its header is JSON behind four sizes. */
function asarFiles(path: string): string[] {
  const bytes = readFileSync(path);
  const header: unknown = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12)));
  const walk = (node: unknown, at: string): string[] => {
    const files = typeof node === 'object' && node !== null && 'files' in node ? node.files : null;
    if (typeof files !== 'object' || files === null) return [at];
    return Object.entries(files).flatMap(([name, child]) => walk(child, at === '' ? name : `${at}/${name}`));
  };
  return walk(header, '').sort();
}
