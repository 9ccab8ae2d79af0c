/** The screen as a camera sees it: a browser on a virtual display, recorded picture by picture from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BrowserContext, chromium } from 'playwright-core';
import { type FrameMark, NUMBERED_SIZE, readFrameMark } from '../../helpers/numbered-film.ts';
import { startStageAgent } from '../../helpers/stage-agent.ts';
import { type BenchGroup, median } from '../figure.ts';
import { builtStage, chromiumPath, QUIET_CHROMIUM } from './bench-stage.ts';
import { playFilms, quantile, serveNumberedFilms } from './gaps.ts';

/** Pictures a second of the recording. */
const RATE = 60;
const SWITCHES = 30;
/** Rows that carry blocks. */
const ROWS = 120;
const DARK = 20;

/** One recorded picture. */
export type Picture = { mark: FrameMark; isBlack: boolean };

/** What the recording shows of the changes of film. */
export type Recorded = {
  /** Milliseconds from the first picture of the last frame of a film to the first of the next film. */
  gapsMs: number[];
  /** Pictures within the run of films that are black. */
  black: number;
  /** Pictures within the run that are no frame of a film: torn, blank or foreign. */
  foreign: number;
};

/** Reads the changes of film out of a recording of `rate` pictures a second. */
export function readRecording(pictures: readonly Picture[], rate: number): Recorded {
  const marked = pictures.flatMap(({ mark }, k) => (mark ? [{ ...mark, k }] : []));
  const first = marked[0]?.k ?? 0;
  const last = marked.at(-1)?.k ?? 0;
  const run = pictures.slice(first, last + 1);
  const gapsMs: number[] = [];
  let since = first;
  for (const [n, picture] of marked.entries()) {
    const before = marked[n - 1];
    if (before && before.film !== picture.film) gapsMs.push(((picture.k - since) * 1000) / rate);
    if (!before || before.film !== picture.film || before.frame !== picture.frame) since = picture.k;
  }
  return {
    gapsMs,
    black: run.filter(({ isBlack }) => isBlack).length,
    foreign: run.filter(({ mark, isBlack }) => mark === null && !isBlack).length,
  };
}

async function startDisplay(): Promise<{ name: string; process: ChildProcess }> {
  const { width, height } = NUMBERED_SIZE;
  const display = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const pipe = display.stdio[3];
  if (!pipe) throw new Error('Xvfb gives no display number');
  const [number] = await once(pipe, 'data');
  return { name: `:${String(number).trim()}`, process: display };
}

/** Records `seconds` of the display from now on. */
async function record(display: string, seconds: number): Promise<Picture[]> {
  const { width } = NUMBERED_SIZE;
  const camera = spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'x11grab', '-draw_mouse', '0', '-framerate', String(RATE)],
      ...['-video_size', `${width}x${ROWS}`, '-t', String(seconds), '-i', display],
      ...['-f', 'rawvideo', '-pix_fmt', 'gray', '-'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const size = width * ROWS;
  const pictures: Picture[] = [];
  let rest = Buffer.alloc(0);
  for await (const chunk of camera.stdout) {
    rest = Buffer.concat([rest, Buffer.from(chunk)]);
    for (; rest.length >= size; rest = rest.subarray(size)) {
      const grey = rest.subarray(0, size);
      pictures.push({ mark: readFrameMark(grey, width), isBlack: grey.every((value) => value < DARK) });
    }
  }
  return pictures;
}

/** `recorded-gap-median-ms`, `recorded-gap-p95-ms` and `recorded-black-frames`, from a recording of the screen at 60 pictures a second. */
export const recordingGroup: BenchGroup = async (report) => {
  const { folder, stage, remove } = await builtStage();
  const agent = await startStageAgent(stage);
  const display = await startDisplay();
  let browser: BrowserContext | null = null;
  try {
    const { width, height } = NUMBERED_SIZE;
    const urls = serveNumberedFilms(agent, folder);
    browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: chromiumPath(),
      headless: false,
      viewport: null,
      ignoreDefaultArgs: ['--enable-automation'],
      env: { ...process.env, DISPLAY: display.name },
      args: [...QUIET_CHROMIUM, '--window-position=0,0', `--window-size=${width},${height}`, '--kiosk'],
    });
    const page = browser.pages()[0] ?? (await browser.newPage());
    await page.goto(agent.url);
    await agent.wait('ready');
    const films = playFilms(agent, urls, SWITCHES);
    await agent.wait('started', 'film-0');
    await pause(500);
    const pictures = await record(display.name, (SWITCHES - 1) * 2);
    await films;
    const { gapsMs, black, foreign } = readRecording(pictures, RATE);
    const reference = null;
    report({ name: 'recorded-gap-median-ms', value: median(gapsMs), unit: 'ms', reference, ratio: null });
    report({ name: 'recorded-gap-p95-ms', value: quantile(gapsMs, 0.95), unit: 'ms', reference, ratio: null });
    report({ name: 'recorded-black-frames', value: black, unit: 'pictures', reference, ratio: null });
    report({ name: 'recorded-foreign-frames', value: foreign, unit: 'pictures', reference, ratio: null });
  } finally {
    await browser?.close();
    display.process.kill();
    await agent.close();
    await remove();
  }
};
