/** A live source through the agent's proxy onto the stage: real HLS by ffmpeg, the real loopback server and its policy, a real Chromium. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemTimers } from '../../main/clock.ts';
import { createLiveProxy } from '../../main/live/live-proxy.ts';
import { type LoopbackServer, startLoopbackServer } from '../../main/stage/loopback-server.ts';
import { stageFiles } from '../../main/stage/stage-files.ts';
import type { StageEvent } from '../../protocol/stage.ts';
import { openStageHouse, type StageHouse } from '../helpers/stage-page.ts';

const SHA = 'c'.repeat(64);

let house: StageHouse;
let ffmpeg: ChildProcess;
let station: Server;
let stage: LoopbackServer;
let page: Page;
let isOnAir = true;
const heard: StageEvent[] = [];
const requested: string[] = [];
const complaints: string[] = [];

beforeEach(async () => {
  house = await openStageHouse();
  const folder = join(house.scratch, 'hls');
  await mkdir(folder);
  ffmpeg = spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=25', '-f', 'lavfi', '-i', 'sine'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', '-c:a', 'aac'],
      ...['-f', 'hls', '-hls_time', '1', '-hls_list_size', '4', join(folder, 'live.m3u8')],
    ],
    { stdio: 'ignore' },
  );
  await expect.poll(() => existsSync(join(folder, 'live3.ts')), { timeout: 30_000 }).toBe(true);
  station = createServer((request, response) => {
    const name = /^\/([\w.]+)$/.exec(request.url ?? '')?.[1];
    readFile(join(folder, name ?? 'none')).then(
      (bytes) => (isOnAir ? response.end(bytes) : response.writeHead(503).end()),
      () => response.writeHead(404).end(),
    );
  });
  station.listen(0, '127.0.0.1');
  await once(station, 'listening');
  const address = station.address();
  const source = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/live.m3u8`;
  const live = createLiveProxy({ fetch, sourceOf: (sha) => (sha === SHA ? source : null), log: () => undefined });
  stage = await startLoopbackServer(
    stageFiles(house.stageDir, () => null),
    systemTimers,
    () => undefined,
    live,
  );
  stage.onEvent((event) => heard.push(event));
  page = await house.browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.on('request', (request) => requested.push(request.url()));
  page.on('console', (message) => /Content Security Policy/.test(message.text()) && complaints.push(message.text()));
  await page.goto(stage.url);
  await told('ready');
});
afterEach(async () => {
  await page.close();
  await stage.close();
  station.closeAllConnections();
  station.close();
  ffmpeg.kill('SIGKILL');
  await house.close();
});

/** The first event of a type (and slot) after index `from`. */
async function told<T extends StageEvent['type']>(type: T, id?: string, from = 0): Promise<StageEvent & { type: T }> {
  const find = (): (StageEvent & { type: T }) | undefined =>
    heard
      .slice(from)
      .find(
        (event): event is StageEvent & { type: T } =>
          event.type === type && (!id || ('id' in event && event.id === id)),
      );
  await expect.poll(find, { timeout: 30_000, message: `${type} of ${id}` }).toBeDefined();
  const found = find();
  if (!found) throw new Error('gone again');
  return found;
}

test('[ST40][ST41] a live source plays by way of the agent alone; when it drops its slot fails and the next one shows', async () => {
  stage.send({ type: 'display', rotation: 0, volume: 70 });
  stage.send({ type: 'prepare', id: 'live', content: { type: 'live', url: `live/${SHA}/index` }, durationMs: 600_000 });
  await told('prepared', 'live');
  const level = (): Promise<number> =>
    page.evaluate(() => {
      const video = document.querySelector<HTMLVideoElement>('.live video, video.live');
      return video === null || video.muted ? 0 : video.volume;
    });
  expect(await level(), '120 dB down counts as silent').toBeLessThan(1e-5);
  stage.send({ type: 'show', id: 'live', inMs: 0 });
  await told('started', 'live');
  await expect.poll(level).toBeCloseTo(0.7, 3);
  let from = heard.length;
  await told('pulse', undefined, from);
  from = heard.length;
  const pulse = await told('pulse', undefined, from);
  expect(pulse).toMatchObject({ showing: 'live' });
  expect(pulse.frames).toBeGreaterThan(10);

  isOnAir = false;
  const failed = await told('failed', 'live');
  expect(failed).toMatchObject({ reason: 'load', detail: expect.stringMatching(/3000 ms|broke off/) });
  expect(await page.locator('.plane[data-on] video.live, .plane[data-on] .live video').count()).toBe(1);
  stage.send({
    type: 'prepare',
    id: 'next',
    content: { type: 'card', text: '继续', textEn: null, theme: 'ink' },
    durationMs: 5_000,
  });
  await told('prepared', 'next');
  stage.send({ type: 'show', id: 'next', inMs: 0 });
  await told('started', 'next');
  await expect.poll(() => page.locator('video').count()).toBe(2);

  stage.send({ type: 'prepare', id: 'gone', content: { type: 'live', url: `live/${SHA}/index` }, durationMs: 60_000 });
  expect((await told('failed', 'gone')).reason).toMatch(/load|timeout/);
  isOnAir = true;
  stage.send({ type: 'prepare', id: 'again', content: { type: 'live', url: `live/${SHA}/index` }, durationMs: 60_000 });
  await told('prepared', 'again');
  const own = new URL(stage.url).origin;
  expect(
    requested.filter((url) => !url.startsWith(own) && !url.startsWith(`blob:${own}`) && !url.startsWith('data:')),
  ).toEqual([]);
  expect(complaints).toEqual([]);
}, 120_000);
