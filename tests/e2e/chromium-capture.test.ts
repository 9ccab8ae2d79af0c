/** Pictures of what a plain Chromium shows, over the pipes it was started with. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock, systemTimers } from '../../main/clock.ts';
import { createChromiumStage } from '../../main/stage/chromium-stage.ts';
import { findChromium, isExecutableFile } from '../../main/stage/find-chromium.ts';
import { type LoopbackServer, startLoopbackServer } from '../../main/stage/loopback-server.ts';
import { stageFiles } from '../../main/stage/stage-files.ts';
import { MAX_SHOT_BYTES } from '../../protocol/player-link.ts';
import { eventually } from '../helpers/product.ts';

/** Left half red, right half blue, and in the middle a square that never stands still; tells of every change of its own size. */
const PAGE_SCRIPT = `
  const square = document.getElementById('square');
  let at = 0;
  const move = () => { square.style.left = (at++ % 90) + '%'; requestAnimationFrame(move); };
  requestAnimationFrame(move);
  let resized = 0;
  addEventListener('resize', () => { resized += 1; });
  setInterval(() => fetch('bridge/events', { method: 'POST', body: JSON.stringify({ type: 'pulse', showing: null, frames: resized }) }), 100);
`;
const PAGE = `<!doctype html><meta charset="utf-8"><script src="page.js" defer></script>
<style>html,body{margin:0;height:100%;background:#cc0000}#half{position:fixed;left:50%;right:0;top:0;bottom:0;background:#0000cc}
#square{position:fixed;top:45%;width:10%;height:10%;background:#00cc00}</style>
<div id="half"></div><div id="square"></div>`;

const executable = findChromium({ platform: process.platform, env: process.env, isExecutable: isExecutableFile }) ?? '';
let folder: string;
let server: LoopbackServer;
let stage: ReturnType<typeof createChromiumStage>;
let pulses = 0;
let resized = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xunbo-capture-'));
  const page = folder;
  await writeFile(join(page, 'index.html'), PAGE);
  await writeFile(join(page, 'page.js'), PAGE_SCRIPT);
  server = await startLoopbackServer(
    stageFiles(page, () => null),
    systemTimers,
    () => undefined,
  );
  server.onEvent((event) => {
    if (event.type !== 'pulse') return;
    pulses += 1;
    resized = event.frames;
  });
  const data = join(folder, 'data');
  const options = {
    executable,
    data,
    isHeadless: true,
    isWindow: false,
    isHeldBack: false,
    isRoot: process.getuid?.() === 0,
  };
  stage = createChromiumStage(server, options, systemTimers, systemClock.monoMs, () => undefined);
  await eventually('a page that lives', async () => (pulses > 2 ? true : undefined));
});
afterAll(async () => {
  await stage?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('[UK1] a picture is a small WebP of what shows, and taking it changes nothing on the page', async () => {
  const before = resized;
  for (let round = 0; round < 3; round += 1) {
    const webp = await stage.capture();
    expect(webp.length).toBeLessThanOrEqual(MAX_SHOT_BYTES);
    const { data, info } = await sharp(webp).raw().toBuffer({ resolveWithObject: true });
    expect(await sharp(webp).metadata()).toMatchObject({ format: 'webp', width: 480 });
    const pixel = (x: number, y: number): number[] => {
      const from = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
      return [...data.subarray(from, from + 3)];
    };
    const near = (found: number[], wanted: number[]): boolean =>
      found.every((value, at) => Math.abs(value - (wanted[at] ?? 0)) < 24);
    expect(near(pixel(0.25, 0.2), [204, 0, 0])).toBe(true);
    expect(near(pixel(0.75, 0.2), [0, 0, 204])).toBe(true);
  }
  const seen = pulses;
  await eventually('more pulses', async () => (pulses > seen + 2 ? true : undefined));
  expect(resized).toBe(before);
});

test('[UK1] nothing listens on any port for it', () => {
  const own = process.pid;
  const browsers = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(own);
    } catch {
      return false;
    }
  });
  const words = browsers.flatMap((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'));
  expect(words).toContain('--remote-debugging-pipe');
  expect(words.filter((word) => word.startsWith('--remote-debugging-port'))).toEqual([]);
});

test('[UK7] the memory of the browser is known', async () => {
  expect(await stage.memoryBytes()).toBeGreaterThan(20_000_000);
});
