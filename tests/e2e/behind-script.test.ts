/** The script that keeps a viewer behind the installed player, over viewers that are small scripts themselves. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { killQuietly } from '../helpers/product.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const SCRIPT = fileURLToPath(new URL('../../packaging/linux/behind.sh', import.meta.url));
/** What libwayland says of a client whose first picture has gone to the compositor, in either of its ways to name an object. */
const DRAWS =
  "echo '[1.2]  -> wl_surface@9.attach(wl_buffer@14, 0, 0)' >&2; echo '[1.2]  -> wl_surface@9.commit()' >&2";
const DRAWS_LATER =
  "echo '[1.2]  -> wl_surface#9.attach(wl_buffer#14, 0, 0)' >&2; echo '[1.2]  -> wl_surface#9.commit()' >&2";
/** Before it has a size it commits without a picture. */
const WAITS = "echo '[1.1]  -> wl_surface@9.commit()' >&2";

/** A machine whose viewer notes what it was started with, then does `life`. */
async function machine(life: string | null) {
  const folder = await tempFolder();
  const bin = join(folder, 'bin');
  const told = join(folder, 'told');
  const pidFile = join(folder, 'run/xunbo-behind/pid');
  for (const name of [bin, join(folder, 'run'), join(folder, 'data/backdrop')]) mkdirSync(name, { recursive: true });
  const tool = (name: string, line: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  writeFileSync(told, '');
  if (life !== null) tool('imv-wayland', `for last; do :; done; echo "started $last" >>${told}\n${life}`);
  tool('imv-msg', `echo "$2" >>${told}`);
  const pid = (): number => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0);
  onTestFinished(() => killQuietly(pid() || 2 ** 22));
  return {
    folder,
    pid,
    picture: join(folder, 'data/backdrop/last.jpg'),
    run: (word: string): number | null =>
      spawnSync(SCRIPT, [word], {
        stdio: 'ignore',
        env: {
          PATH: `${bin}:/usr/bin:/bin`,
          XDG_RUNTIME_DIR: join(folder, 'run'),
          XUNBO_DATA: join(folder, 'data'),
          XUNBO_VIEWER_S: '2',
        },
      }).status,
    told: (): string[] => readFileSync(told, 'utf8').split('\n').filter(Boolean),
  };
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}/exe`);
const LIVES = 'while :; do sleep 0.1; done';

test.each([DRAWS, DRAWS_LATER])(
  '[BD8] the viewer is started once, with the picture that was kept, and ended when told to',
  async (draws) => {
    const { run, told, picture, pid } = await machine(`${WAITS}; ${draws}; ${LIVES}`);
    writeFileSync(picture, 'one');
    expect([run('start'), run('start')]).toEqual([0, 0]);
    expect(told()).toEqual([`started ${picture}`]);
    expect(isAlive(pid())).toBe(true);
    expect(run('end')).toBe(0);
    await expect.poll(() => isAlive(pid())).toBe(false);
  },
);

test('[BD8] without a kept picture it is black', async () => {
  const { run, told, folder } = await machine(`${DRAWS}; ${LIVES}`);
  expect(run('start')).toBe(0);
  expect(told()).toEqual([`started ${join(folder, 'run/xunbo-behind/black.ppm')}`]);
});

test('[BD8] a viewer that shows nothing in time is ended, so that it never comes up before the player', async () => {
  const { run, pid } = await machine(`${WAITS}; ${LIVES}`);
  expect(run('start')).toBe(1);
  await expect.poll(() => isAlive(pid())).toBe(false);
});

test('[BD8] without a viewer, or with one that ends at once, the player is not kept waiting', async () => {
  expect((await machine(null)).run('start')).toBe(1);
  expect((await machine('exit 3')).run('start')).toBe(1);
});

test('[BD8] another picture takes the place of the one that is seen; the same one is left; no viewer is started for it', async () => {
  const { run, told, picture } = await machine(`${DRAWS}; ${LIVES}`);
  writeFileSync(picture, 'one');
  expect(run(picture)).toBe(1);
  expect(told()).toEqual([]);
  run('start');
  expect(run(picture)).toBe(0);
  writeFileSync(picture, 'two');
  expect([run(picture), run(picture)]).toEqual([0, 0]);
  expect(told()).toEqual([`started ${picture}`, 'close all', `open '${picture}'`]);
});
