/** The script that starts an installed player, over builds that are small scripts themselves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { parseReleaseState, type ReleaseState, releaseStateText } from '../../main/update/release-state.ts';
import { eventually } from '../helpers/product.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const SCRIPT = fileURLToPath(new URL('../../packaging/linux/launch.sh', import.meta.url));

/** A build that notes its start and then runs `line`. */
type Build = { name: string; line: string };

/** An installed player with releases beside it. */
async function machine(builds: Build[], state: ReleaseState | string | null) {
  const folder = await tempFolder();
  const releases = join(folder, 'releases');
  const starts = join(folder, 'starts');
  writeFileSync(starts, '');
  const put = (place: string, { name, line }: Build): void => {
    mkdirSync(place, { recursive: true });
    const program = join(place, 'xunbo-player');
    writeFileSync(program, `#!/bin/sh\necho "${name} $*" >>${starts}\n${line}\n`);
    chmodSync(program, 0o755);
  };
  const installed = join(folder, 'installed');
  put(installed, { name: 'installed', line: 'exec sleep 1000' });
  mkdirSync(join(installed, 'resources'), { recursive: true });
  mkdirSync(releases, { recursive: true });
  cpSync(SCRIPT, join(installed, 'resources/launch.sh'));
  for (const build of builds) put(join(releases, build.name), build);
  const file = join(releases, 'state');
  if (state !== null) writeFileSync(file, typeof state === 'string' ? state : releaseStateText(state));
  let child: ChildProcess | null = null;
  onTestFinished(async () => {
    if (!child || child.exitCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
  });
  return {
    releases,
    run(env: Record<string, string> = {}): ChildProcess {
      child = spawn(join(installed, 'resources/launch.sh'), ['--word'], {
        stdio: 'ignore',
        env: { ...process.env, XUNBO_RELEASES: releases, ...env },
      });
      return child;
    },
    starts: (): string[] => readFileSync(starts, 'utf8').split('\n').filter(Boolean),
    startsUntil: (count: number): Promise<string[]> =>
      eventually(`${count} starts`, async () => {
        const seen = readFileSync(starts, 'utf8').split('\n').filter(Boolean);
        return seen.length >= count ? seen : undefined;
      }),
    state: (): ReleaseState | null => (existsSync(file) ? parseReleaseState(readFileSync(file, 'utf8')) : null),
  };
}

const LIVES = 'exec sleep 1000';
const DIES = 'exit 9';

test('[UP5] without releases the installed build runs, with the words given, and ends when told to', async () => {
  const { run, startsUntil } = await machine([], null);
  const script = run();
  expect(await startsUntil(1)).toEqual(['installed --word']);
  const exit = once(script, 'exit');
  script.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

test('[UP5] a release that proved itself runs however often it is started', async () => {
  const state = { current: '0.2.0', former: '0.1.0', starts: null, failed: [] };
  const { run, startsUntil, ...here } = await machine([{ name: '0.2.0', line: DIES }], state);
  run();
  expect(await startsUntil(3)).toEqual(['0.2.0 --word', '0.2.0 --word', '0.2.0 --word']);
  expect(here.state()).toEqual(state);
});

test('[UP6] a release on trial that ends twice gives way to the one that proved itself before it, and is listed', async () => {
  const builds = [
    { name: '0.3.0', line: DIES },
    { name: '0.2.0', line: LIVES },
  ];
  const { run, startsUntil, ...here } = await machine(builds, {
    current: '0.3.0',
    former: '0.2.0',
    starts: 0,
    failed: ['0.2.9'],
  });
  run();
  expect(await startsUntil(3)).toEqual(['0.3.0 --word', '0.3.0 --word', '0.2.0 --word']);
  expect(here.state()).toEqual({ current: '0.2.0', former: null, starts: null, failed: ['0.2.9', '0.3.0'] });
});

test('[UP6] a power cut counts as a start: the third one goes back, to the installed build where there is no other', async () => {
  const { run, startsUntil, ...here } = await machine([{ name: '0.3.0', line: LIVES }], {
    current: '0.3.0',
    former: null,
    starts: 2,
    failed: [],
  });
  run();
  expect(await startsUntil(1)).toEqual(['installed --word']);
  expect(here.state()).toEqual({ current: null, former: null, starts: null, failed: ['0.3.0'] });
});

test('[UP6] a release on trial that runs but never proves itself is ended and given up', async () => {
  const { run, startsUntil, ...here } = await machine([{ name: '0.3.0', line: LIVES }], {
    current: '0.3.0',
    former: null,
    starts: 0,
    failed: [],
  });
  run({ XUNBO_TRIAL_S: '1' });
  expect(await startsUntil(2)).toEqual(['0.3.0 --word', 'installed --word']);
  expect(here.state()?.failed).toEqual(['0.3.0']);
});

test('[UP6] a release whose folder is gone, and a state that makes no sense, lead back to the installed build', async () => {
  const gone = await machine([], { current: '0.3.0', former: '0.2.0', starts: null, failed: [] });
  gone.run();
  expect(await gone.startsUntil(1)).toEqual(['installed --word']);
  for (const text of ['', 'current=../../bin\n', '\0\0\0\0', 'current=\nformer=0.2.0\nstarts=1\n']) {
    const torn = await machine([{ name: '0.2.0', line: LIVES }], text);
    torn.run();
    expect([text, ...(await torn.startsUntil(1))]).toEqual([text, 'installed --word']);
  }
});

test('[UP6] a start on trial that cannot be counted is not made: what proved itself before runs', async () => {
  const builds = [
    { name: '0.3.0', line: DIES },
    { name: '0.2.0', line: LIVES },
  ];
  const state = { current: '0.3.0', former: '0.2.0', starts: 0, failed: [] };
  const { run, startsUntil, ...here } = await machine(builds, state);
  // A folder of that name keeps the notes from being written, whoever runs this.
  mkdirSync(join(here.releases, 'state.new'));
  run();
  expect(await startsUntil(1)).toEqual(['0.2.0 --word']);
  expect(here.state()).toEqual(state);
});
