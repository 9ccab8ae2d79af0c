/** The screen as a camera sees it: a browser on a virtual display, recorded picture by picture from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BrowserContext, chromium } from 'playwright-core';
import { builtStage } from '../../helpers/built-stage.ts';
import { chromiumPath, QUIET_CHROMIUM } from '../../helpers/chromium.ts';
import { type FrameMark, makeNumberedImage, NUMBERED_SIZE, readFrameMark } from '../../helpers/numbered-film.ts';
import { type StageAgent, startStageAgent } from '../../helpers/stage-agent.ts';
import type { Content } from '../../helpers/stage-page.ts';
import { type BenchGroup, median } from '../figure.ts';
import { FILM_MS, playSlots, quantile, serveNumberedFilms } from './gaps.ts';

/** Pictures a second of the recording. */
const RATE = 60;
const SWITCHES = 30;
/** Rows that carry blocks. */
const ROWS = 120;
const DARK = 20;
/** The number that the image of the mixed run carries in place of a film's. */
const IMAGE_FILM = 40;

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

/** A picture of the mixed run: a film, the image or the card; `torn` is none of them. */
type Sight = 'film' | 'image' | 'card' | 'torn';

/** How the changes between film, image and card are seen. */
export type MixedRun = {
  /** By how many milliseconds each slot between two seen switches was longer or shorter than planned. */
  offMs: number[];
  /** Pictures between the first and the last switch that are black. */
  black: number;
  /** Pictures that belong to no slot: a card, and soon after something else that is none either. */
  torn: number;
};

/** Reads a run of film, image and card out of a recording; the image carries the mark of film {@link IMAGE_FILM}. */
export function readMixedRun(pictures: readonly Picture[], rate: number, slotMs: number): MixedRun {
  const sights = pictures.map(({ mark, isBlack }): Sight => {
    if (mark !== null) return mark.film === IMAGE_FILM ? 'image' : 'film';
    return isBlack ? 'torn' : 'card';
  });
  const runs: { sight: Sight; from: number; length: number }[] = [];
  for (const [k, sight] of sights.entries()) {
    const last = runs.at(-1);
    if (last?.sight === sight) last.length += 1;
    else runs.push({ sight, from: k, length: 1 });
  }
  const whole = runs.slice(1, -1);
  const slots = whole.filter(({ length }) => (length * 1000) / rate > slotMs / 2);
  const stray = whole.filter((one) => !slots.includes(one)).reduce((sum, { length }) => sum + length, 0);
  const black = pictures.slice(whole[0]?.from ?? 0, runs.at(-1)?.from ?? 0).filter(({ isBlack }) => isBlack).length;
  const offMs = slots.map(({ length }) => Math.abs((length * 1000) / rate - slotMs));
  return { offMs, black, torn: stray - black };
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

/** A page on a display of its own, as a camera would see it. */
async function openFilmed(folder: string, display: string, url: string): Promise<BrowserContext> {
  const { width, height } = NUMBERED_SIZE;
  const browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: chromiumPath(),
    headless: false,
    viewport: null,
    ignoreDefaultArgs: ['--enable-automation'],
    env: { ...process.env, DISPLAY: display },
    args: [...QUIET_CHROMIUM, '--window-position=0,0', `--window-size=${width},${height}`, '--kiosk'],
  });
  const page = browser.pages()[0] ?? (await browser.newPage());
  await page.goto(url);
  return browser;
}

/** The runs that are recorded: films without and with sound, and film, image and card by turns. */
function runs(agent: StageAgent, folder: string) {
  const films = (sound: 'silent' | 'tone'): Content[] =>
    serveNumberedFilms(agent, folder, sound).map((url) => ({ type: 'video', url, mime: 'video/mp4' }));
  const path = makeNumberedImage(folder, IMAGE_FILM);
  agent.media.set('0'.repeat(64), { path, mime: 'image/png' });
  const image: Content = { type: 'image', url: `media/${'0'.repeat(64)}`, fit: 'contain', pan: false };
  const card: Content = { type: 'card', text: '入户听民声', textEn: null, theme: 'red' };
  const mixed = films('tone').flatMap((film) => [film, image, card, image, film, card]);
  return { silent: films('silent'), sound: films('tone'), mixed };
}

/**
 * From a recording of the screen at 60 pictures a second: `recorded-gap-`, `recorded-sound-` and for film, image and card by turns `recorded-mixed-`:
 * `median-ms` and `p95-ms` of the gap, or of how far each slot is from its planned length; `black-frames`, and `foreign-frames` that are none of them.
 */
export const recordingGroup: BenchGroup = async (report) => {
  const { folder, stage, remove } = await builtStage();
  const agent = await startStageAgent(stage);
  const display = await startDisplay();
  let browser: BrowserContext | null = null;
  try {
    const contents = runs(agent, folder);
    browser = await openFilmed(folder, display.name, agent.url);
    await agent.wait('ready');
    agent.command({ type: 'display', rotation: 0, volume: 60 });
    for (const [name, slots] of Object.entries(contents)) {
      const from = agent.heard.length;
      const playing = playSlots(agent, slots, SWITCHES);
      await agent.wait('started', 'slot-0', { from });
      await pause(500);
      const pictures = await record(display.name, ((SWITCHES - 1) * FILM_MS) / 1000);
      await playing;
      const films = readRecording(pictures, RATE);
      const mixed = readMixedRun(pictures, RATE, FILM_MS);
      const [samples, black, foreign] =
        name === 'mixed' ? [mixed.offMs, mixed.black, mixed.torn] : [films.gapsMs, films.black, films.foreign];
      const figure = (what: string, value: number, unit: string): void =>
        report({
          name: `recorded-${name === 'silent' ? 'gap' : name}-${what}`,
          value,
          unit,
          reference: null,
          ratio: null,
        });
      figure('median-ms', median(samples), 'ms');
      figure('p95-ms', quantile(samples, 0.95), 'ms');
      figure('black-frames', black, 'pictures');
      figure('foreign-frames', foreign, 'pictures');
    }
  } finally {
    await browser?.close();
    display.process.kill();
    await agent.close();
    await remove();
  }
};
