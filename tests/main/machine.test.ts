/** The data folder, the clock and the options of a player, on the machine that it runs on. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockDataFolder } from '../../main/data-lock.ts';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import { createDurableFiles } from '../../main/durable-files.ts';
import { readPlayerOptions } from '../../main/player-options.ts';
import { openSettings } from '../../main/settings.ts';
import { chromiumArguments } from '../../main/stage/chromium-stage.ts';
import { findChromium } from '../../main/stage/find-chromium.ts';
import { createManualTime } from './support/manual-time.ts';
import { createMemoryFiles } from './support/memory-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xunbo-machine-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('data folder', () => {
  test('[D1] the device key is made once, is private to its owner, and signs', () => {
    const path = join(folder, 'device-key.pem');
    const key = loadDeviceKey(createDurableFiles(), path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(loadDeviceKey(createDurableFiles(), path)).toMatchObject({ id: key.id, publicKey: key.publicKey });
    expect(Buffer.from(key.publicKey, 'base64').length).toBe(32);
    expect(Buffer.from(key.sign('x'), 'base64').length).toBe(64);
  });

  test('[D1] a file that holds no key, nor does its copy, is told by name and not overwritten', () => {
    const path = join(folder, 'device-key.pem');
    writeFileSync(path, 'garbage');
    expect(() => loadDeviceKey(createDurableFiles(), path)).toThrow(`${path} holds no Ed25519 private key`);
    expect(readFileSync(path, 'utf8')).toBe('garbage');
  });

  test('[D8] a key that the disk has damaged or lost is had from its copy, which only its owner may read and which mends it', () => {
    const path = join(folder, 'device-key.pem');
    const files = createDurableFiles();
    const { id } = loadDeviceKey(files, path);
    expect(statSync(`${path}.copy`).mode & 0o777).toBe(0o600);
    for (const harm of [() => writeFileSync(path, 'garbage'), () => rmSync(path)]) {
      harm();
      expect(loadDeviceKey(files, path).id).toBe(id);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readFileSync(path)).toEqual(readFileSync(`${path}.copy`));
    }
  });

  test('[D2] [D8] settings survive; damaged ones, or such as cannot be read, are had from their copy, and a disk that takes no copy keeps nothing back', () => {
    const files = createMemoryFiles();
    const path = '/data/settings.json';
    const store = openSettings(files, path);
    store.change({ screen: 'screen-1' });
    store.change({ screenName: '东站' });
    const said = { screen: 'screen-1', screenName: '东站' };
    expect(openSettings(files, path).get()).toMatchObject(said);
    files.content.set(path, Buffer.from('{"version": 1, "scr'));
    expect(openSettings(files, path).get()).toMatchObject(said);
    const { read } = files;
    files.read = (at) => {
      if (at === path) throw Object.assign(new Error('EIO'), { code: 'EIO' });
      return read(at);
    };
    expect(openSettings(files, path).get()).toMatchObject(said);
    files.read = read;
    files.faultOf = ({ path: at }) => (at.endsWith('.copy') ? { how: 'not-applied', as: 'ENOSPC' } : null);
    openSettings(files, path).change({ screenName: '西站' });
    expect(openSettings(files, path).get()).toMatchObject({ screenName: '西站' });
  });

  test('[D3] settings of a newer version are refused by name', () => {
    const files = createMemoryFiles();
    files.content.set('/data/settings.json', Buffer.from('{"version": 99, "other": true}'));
    expect(() => openSettings(files, '/data/settings.json')).toThrow(
      /settings\.json was written by a newer version \(99\)/,
    );
  });

  test('[D4] one agent at a time uses a data folder, and a dead one locks nobody out', async () => {
    const unlock = await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toThrow(`another player runs on ${folder}`);
    unlock();
    // A socket file whose owner is gone, as after a power cut.
    const stale = createServer();
    await new Promise<void>((resolve) => stale.listen(join(folder, 'stale.sock'), resolve));
    writeFileSync(join(folder, 'agent.sock'), '');
    (await lockDataFolder(folder))();
    stale.close();
  });
});

describe('clock', () => {
  test('[CL1] a sample takes effect at the next settling only, and small ones leave no record', () => {
    const time = createManualTime(1_000_000);
    const clock = createDisciplinedClock(time.raw);
    expect(clock.state()).toEqual({ source: 'system', lastSyncMs: null, errorMs: null });
    clock.offer({ serverMs: 1_000_400, monoMs: 0, errorMs: 5 });
    expect(clock.nowMs()).toBe(1_000_000);
    expect(clock.settle()).toBeNull();
    expect(clock.nowMs()).toBe(1_000_400);
    time.advance(1_000_000);
    expect(clock.state()).toMatchObject({ source: 'server', errorMs: 105 });
  });

  test('[CL2] steps of more than a second, and all backward ones that matter, are given back', () => {
    const time = createManualTime(1_000_000);
    const clock = createDisciplinedClock(time.raw);
    clock.offer({ serverMs: 2_000_000, monoMs: 0, errorMs: 5 });
    expect(clock.settle()).toMatchObject({ reason: 'synchronised', beforeMs: 1_000_000, afterMs: 2_000_000 });
    clock.offer({ serverMs: 1_999_800, monoMs: 0, errorMs: 5 });
    expect(clock.settle()).toMatchObject({ reason: 'stepped', beforeMs: 2_000_000, afterMs: 1_999_800 });
    expect(clock.settle()).toBeNull();
  });

  test('[CL3] without a server the system clock is followed; with one it is not', () => {
    const time = createManualTime(1_000_000);
    const clock = createDisciplinedClock(time.raw);
    time.stepWall(60_000);
    expect(clock.observe()).toBe(0);
    expect(clock.settle()).toMatchObject({ reason: 'stepped', afterMs: 1_060_000 });
    clock.offer({ serverMs: 1_060_000, monoMs: 0, errorMs: 5 });
    clock.settle();
    time.stepWall(60_000);
    clock.observe();
    expect(clock.settle()).toBeNull();
    time.sleep(30_000);
    expect(clock.observe()).toBe(30_000);
    expect(clock.settle()).toMatchObject({ afterMs: 1_090_000 });
  });
});

describe('options and shells', () => {
  test('[O1] flags come before variables, all faults are told together, and the token never', () => {
    const read = readPlayerOptions(['--server', 'http://a:1'], { XUNBO_SERVER: 'http://b:2', XUNBO_HEADLESS: '1' });
    expect(read.ok && [read.value.server, read.value.headless, read.value.window]).toEqual(['http://a:1', true, false]);
    const bad = readPlayerOptions(['--server', 'ftp://x', '--shell', 'tv'], {
      XUNBO_WINDOW: 'maybe',
      XUNBO_ENROL_TOKEN: 'short-secret',
    });
    expect(!bad.ok && bad.error.map((fault) => fault.place)).toEqual(['server', 'shell', 'window', 'enrolToken']);
    expect(JSON.stringify(bad)).not.toContain('short-secret');
    expect(readPlayerOptions(['--nonsense'], {}).ok).toBe(false);
    expect(readPlayerOptions(['--no-sandbox', '--data', 'x'], {}, false).ok).toBe(true);
  });

  test('[O2] a browser is found on the path and in the usual places', () => {
    const only = (path: string) => (given: string) => given === path;
    const find = (platform: NodeJS.Platform, env: Record<string, string>, path: string) =>
      findChromium({ platform, env, isExecutable: only(path) });
    expect(find('linux', { PATH: '/opt/bin' }, '/opt/bin/google-chrome')).toBe('/opt/bin/google-chrome');
    expect(find('linux', { PATH: '' }, '/snap/bin/chromium')).toBe('/snap/bin/chromium');
    const edge = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
    expect(find('darwin', {}, edge)).toBe(edge);
    const chrome = join('C:\\Programs', 'Google', 'Chrome', 'Application', 'chrome.exe');
    expect(find('win32', { PROGRAMFILES: 'C:\\Programs' }, chrome)).toBe(chrome);
    expect(find('linux', { PATH: '/bin' }, '/nowhere')).toBeNull();
  });

  test('[O3] the sandbox of a browser is left out for root only', () => {
    const options = {
      executable: 'x',
      data: '/d',
      isHeadless: true,
      isWindow: false,
      isHeldBack: false,
      isRoot: false,
    };
    expect(chromiumArguments('http://127.0.0.1:1/t/', '/p', options)).not.toContain('--no-sandbox');
    expect(chromiumArguments('http://127.0.0.1:1/t/', '/p', { ...options, isRoot: true })).toContain('--no-sandbox');
    expect(chromiumArguments('http://127.0.0.1:1/t/', '/p', { ...options, isHeadless: false })).toContain('--kiosk');
  });
});
