/** The programs that switch displays and paint desktops, as real processes: stand-ins that write down what they were told. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Backdrop, findBackdrop, hasBehind } from '../../main/display/backdrop.ts';
import type { DisplayPower } from '../../main/display/display-power.ts';
import { findDisplayPower } from '../../main/display/find-display-power.ts';
import { runTool } from '../../main/display/run-tool.ts';
import { isExecutableFile } from '../../main/stage/find-chromium.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xunbo-display-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that notes its words and its input, then does `more`. */
function tool(name: string, more = ''): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    `#!/bin/sh\nprintf '%s|' "$@" >> ${folder}/told\ncat >> ${folder}/told\necho >> ${folder}/told\n${more}\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

const told = (): string[] => readFileSync(join(folder, 'told'), 'utf8').trimEnd().split('\n');

const find = (command: string, env: Record<string, string> = {}, devices: string[] = []): DisplayPower | null =>
  findDisplayPower(command, {
    env: { PATH: folder, ...env },
    isExecutable: isExecutableFile,
    exists: (path) => devices.includes(path),
    run: runTool,
  });

test('[UK10] a program of the site is run with on or off, without a shell', async () => {
  const command = tool('switch it; rm -rf');
  await find(command)?.set('off');
  await find(command)?.set('on');
  expect(told()).toEqual(['off|', 'on|']);
});

test('[UK10] every output of a Wayland compositor is switched', async () => {
  tool(
    'wlr-randr',
    `[ $# -gt 0 ] || printf 'HDMI-A-1 "Maker Model (HDMI-A-1)"\\n  Enabled: yes\\nDP-2 "Other"\\n  Modes:\\n'`,
  );
  const power = find('auto', { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' });
  expect(power?.name).toBe('wlr-randr');
  await power?.set('off');
  expect(told()).toEqual(['|', '--output|HDMI-A-1|--off|', '--output|DP-2|--off|']);
});

test('[UK10] under X11 the monitor is forced, and its own timers are off', async () => {
  tool('xset');
  tool('wlr-randr');
  const power = find('auto', { DISPLAY: ':0' });
  expect(power?.name).toBe('xset');
  await power?.set('off');
  await power?.set('on');
  expect(told()).toEqual(['+dpms|dpms|0|0|0|dpms|force|off|', '+dpms|dpms|0|0|0|dpms|force|on|s|off|s|reset|']);
});

test('[UK10] a television is told over CEC where there is an adapter', async () => {
  tool('cec-ctl');
  tool('cec-client');
  expect(find('auto')).toBeNull();
  await find('auto', {}, ['/dev/cec0'])?.set('off');
  await find('auto', {}, ['/dev/ttyACM0'])?.set('on');
  await find('auto', {}, ['/dev/ttyACM0'])?.set('off');
  expect(told()).toEqual([
    '--device|/dev/cec0|--playback|--to|0|--standby|',
    '-s|-d|1|on 0',
    'as',
    '',
    '-s|-d|1|standby 0',
  ]);
});

test('[UK10] nothing is switched where nothing is found, or nothing is wished for', () => {
  tool('xset');
  expect(find('auto')).toBeNull();
  expect(find('none', { DISPLAY: ':0' })).toBeNull();
});

test('[UK10] a program that fails, or is not there, says why', async () => {
  await expect(find(tool('switch', 'echo no display >&2; exit 3'))?.set('on')).rejects.toThrow('no display');
  await expect(find(join(folder, 'missing'))?.set('on')).rejects.toThrow('ENOENT');
});

const backdrop = (command: string, env: Record<string, string> = {}): Backdrop | null =>
  findBackdrop(
    command,
    { env: { PATH: folder, ...env }, isExecutable: isExecutableFile, run: runTool },
    join(folder, 'b'),
  );

test('[BD4] under X11 feh puts the picture on the desktop, at the next start the same, and black when it is no more', async () => {
  tool('feh');
  const last = join(folder, 'b/last.jpg');
  await backdrop('auto', { DISPLAY: ':0' })?.putLast();
  expect(existsSync(join(folder, 'told'))).toBe(false);
  await backdrop('auto', { DISPLAY: ':0' })?.put(Buffer.from('one'));
  await backdrop('auto', { DISPLAY: ':0' })?.put(Buffer.from('two'));
  expect([readFileSync(last, 'utf8'), readdirSync(join(folder, 'b'))]).toEqual(['two', ['last.jpg']]);
  await backdrop('auto', { DISPLAY: ':0' })?.putLast();
  await backdrop('auto', { DISPLAY: ':0' })?.clear();
  await backdrop('auto', { DISPLAY: ':0' })?.putLast();
  const words = (file: string): string => `--no-fehbg|--bg-fill|${join(folder, 'b', file)}|`;
  expect(told()).toEqual([words('last.jpg'), words('last.jpg'), words('last.jpg'), words('black.png')]);
  expect(existsSync(last)).toBe(false);
});

test('[BD3] the black picture is one', async () => {
  await backdrop(tool('paint'))?.clear();
  const { channels } = await sharp(join(folder, 'b/black.png')).stats();
  expect(channels.map(({ max }) => max).slice(0, 3)).toEqual(channels.slice(0, 3).map(() => 0));
});

test('[BD4] a program of the site paints, without a shell; nothing does under Wayland, without a tool, or where none is wished for', async () => {
  await backdrop(tool('paint it; rm -rf'))?.put(Buffer.from('one'));
  expect(told()).toEqual([`${join(folder, 'b/last.jpg')}|`]);
  expect(backdrop('auto', { DISPLAY: ':0' })).toBeNull();
  tool('feh');
  expect(backdrop('auto', { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' })).toBeNull();
  expect(backdrop('auto')).toBeNull();
  expect(backdrop('none', { DISPLAY: ':0' })).toBeNull();
  await expect(backdrop(tool('broken', 'echo no display >&2; exit 3'))?.put(Buffer.from('one'))).rejects.toThrow(
    'no display',
  );
});

test('[BD5] [BD8] a window waits for its first slot under X11, and under Wayland where a program shows the last picture behind it', () => {
  const wayland = { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' };
  expect(['auto', 'none', '/opt/behind.sh'].map((command) => hasBehind(command, wayland))).toEqual([
    false,
    false,
    true,
  ]);
  expect(['auto', 'none'].map((command) => hasBehind(command, { DISPLAY: ':0' }))).toEqual([true, true]);
  expect(hasBehind('/opt/behind.sh', {})).toBe(false);
});
