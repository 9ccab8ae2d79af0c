/** What a viewer sees between two films: measured in the page by frame callbacks, and from outside by a recording of the screen. */
import { createHash } from 'node:crypto';

import type { Browser, Page } from 'playwright-core';
import { builtStage } from '../../helpers/built-stage.ts';
import { makeNumberedFilm, NUMBERED_RATE } from '../../helpers/numbered-film.ts';
import { type StageAgent, startStageAgent } from '../../helpers/stage-agent.ts';
import type { Content } from '../../helpers/stage-page.ts';
import { type BenchGroup, median } from '../figure.ts';
import { launchHeadless } from './bench-stage.ts';
import { changesOfFilm, type SeenFrame, watchFrames } from './watch-frames.ts';

const FILMS = 4;
const FRAMES = 60;
/** What each slot lasts, in milliseconds. */
export const FILM_MS = (FRAMES * 1000) / NUMBERED_RATE;
const NAIVE_SWITCHES = 40;
const SIZE = { width: 1280, height: 720 };

/** The `p`-th part of the sorted samples (0 to 1). */
export const quantile = (samples: readonly number[], p: number): number =>
  [...samples].sort((a, b) => a - b)[Math.min(samples.length - 1, Math.ceil(samples.length * p) - 1)] ?? Number.NaN;

/** Serves numbered films, with or without a sound track, from `agent` and gives their addresses relative to the page. */
export function serveNumberedFilms(agent: StageAgent, folder: string, sound: 'silent' | 'tone' = 'silent'): string[] {
  return Array.from({ length: FILMS }, (_, film) => {
    const path = makeNumberedFilm(folder, film, FRAMES, sound);
    const sha = createHash('sha256').update(path).digest('hex');
    agent.media.set(sha, { path, mime: 'video/mp4' });
    return `media/${sha}`;
  });
}

/** Plays films after each other, see {@link playSlots}. */
export const playFilms = (agent: StageAgent, urls: readonly string[], switches: number): Promise<void> =>
  playSlots(
    agent,
    urls.map((url) => ({ type: 'video', url, mime: 'video/mp4' })),
    switches,
  );

/** Plays slots of 2 s after each other as the player's agent has them played: prepared ahead, called 500 ms before their moment. */
export async function playSlots(agent: StageAgent, contents: readonly Content[], switches: number): Promise<void> {
  let plannedAtMs = performance.now() + 1500;
  for (let k = 0; k <= switches; k += 1) {
    const id = `slot-${k}`;
    const from = agent.heard.length;
    const content = contents[k % contents.length];
    if (content === undefined) throw new Error('nothing to play');
    agent.command({ type: 'prepare', id, content, durationMs: FILM_MS });
    await agent.wait('prepared', id, { from });
    const earlyMs = plannedAtMs - 500 - performance.now();
    if (earlyMs > 0) await new Promise((resolve) => setTimeout(resolve, earlyMs));
    agent.command({ type: 'show', id, inMs: Math.max(0, Math.round(plannedAtMs - performance.now())) });
    await agent.wait('started', id, { from });
    plannedAtMs += FILM_MS;
  }
  await new Promise((resolve) => setTimeout(resolve, FILM_MS));
}

type Changes = ReturnType<typeof changesOfFilm>;

const framesSeen = (page: Page): Promise<SeenFrame[]> =>
  page.evaluate(() => (window as unknown as { seenFrames: SeenFrame[] }).seenFrames);

/** Two elements, the other one loaded ahead, switched by `ended`: how a player is written in an afternoon. */
function naivePair(urls: string[]): void {
  document.body.style.cssText = 'margin:0;background:#000';
  const pair = [0, 1].map(() => {
    const element = document.createElement('video');
    element.muted = true;
    element.preload = 'auto';
    element.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
    document.body.append(element);
    return element;
  });
  let turn = 0;
  const load = (element: HTMLVideoElement | undefined): void => {
    if (element) element.src = urls[turn % urls.length] ?? '';
    turn += 1;
  };
  for (const [k, element] of pair.entries()) {
    const other = pair[1 - k];
    element.addEventListener('ended', () => {
      if (other) other.style.visibility = 'visible';
      void other?.play();
      element.style.visibility = 'hidden';
      load(element);
    });
  }
  load(pair[0]);
  load(pair[1]);
  if (pair[1]) pair[1].style.visibility = 'hidden';
  void pair[0]?.play();
}

/** Kinds of films: what stands in the names of their figures, their sound track, the volume of the screen in percent, and how often is switched. */
const KINDS = [
  { name: 'gap', sound: 'silent', volume: 0, switches: 100 },
  { name: 'gap-muted', sound: 'tone', volume: 0, switches: 50 },
  { name: 'gap-sound', sound: 'tone', volume: 60, switches: 50 },
] as const;

/**
 * `gap-median-ms` and `gap-p99-ms`: from the last frame of a film to the first of the next; one frame interval is 33.3 ms. `gap-start-median-ms` and
 * `gap-start-p99-ms`: from the first frame of a film to its second, which is where a film that was switched on before it ran stands still. The
 * same as `gap-muted-` for films with a sound track on a silent screen, and as `gap-sound-` where it is heard.
 */
export const gapGroup: BenchGroup = async (report) => {
  const { folder, stage, remove } = await builtStage();
  const agent = await startStageAgent(stage);
  const { browser, close } = await launchHeadless();
  try {
    for (const { name, sound, volume, switches } of KINDS) {
      const urls = serveNumberedFilms(agent, folder, sound);
      const ours = await changesOnStage(browser, agent, { urls, volume, switches });
      const theirs = await changesOfNaivePair(browser, agent, urls);
      const figure = (figureName: string, of: (changes: Changes) => number): void => {
        const reference = 'a pair of video elements switched on `ended`';
        report({ name: figureName, value: of(ours), unit: 'ms', reference, ratio: of(ours) / of(theirs) });
      };
      figure(`${name}-median-ms`, ({ gaps }) => median(gaps));
      figure(`${name}-p99-ms`, ({ gaps }) => quantile(gaps, 0.99));
      figure(`${name}-start-median-ms`, ({ starts }) => median(starts));
      figure(`${name}-start-p99-ms`, ({ starts }) => quantile(starts, 0.99));
    }
  } finally {
    await close();
    await agent.close();
    await remove();
  }
};

async function changesOnStage(
  browser: Browser,
  agent: StageAgent,
  run: { urls: readonly string[]; volume: number; switches: number },
): Promise<Changes> {
  const page = await browser.newPage({ viewport: SIZE });
  await page.addInitScript(watchFrames);
  const from = agent.heard.length;
  await page.goto(agent.url);
  await agent.wait('ready', undefined, { from });
  agent.command({ type: 'display', rotation: 0, volume: run.volume });
  await playFilms(agent, run.urls, run.switches);
  const changes = changesOfFilm(await framesSeen(page));
  await page.close();
  return changes;
}

async function changesOfNaivePair(browser: Browser, agent: StageAgent, urls: readonly string[]): Promise<Changes> {
  const page = await browser.newPage({ viewport: SIZE });
  await page.addInitScript(watchFrames);
  await page.goto(`${agent.url}index.html?naive`, { waitUntil: 'commit' });
  await page.setContent('<!doctype html><body></body>');
  await page.evaluate(
    naivePair,
    urls.map((url) => new URL(url, agent.url).href),
  );
  await page.waitForTimeout(NAIVE_SWITCHES * (FILM_MS + 120));
  const changes = changesOfFilm(await framesSeen(page));
  await page.close();
  return changes;
}
