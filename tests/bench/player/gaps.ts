/** What a viewer sees between two films: measured in the page by frame callbacks, and from outside by a recording of the screen. */
import { createHash } from 'node:crypto';

import type { Page } from 'playwright-core';
import { makeNumberedFilm, NUMBERED_RATE } from '../../helpers/numbered-film.ts';
import { type StageAgent, startStageAgent } from '../../helpers/stage-agent.ts';
import { type BenchGroup, median } from '../figure.ts';
import { builtStage, launchHeadless } from './bench-stage.ts';
import { changesOfFilm, type SeenFrame, watchFrames } from './watch-frames.ts';

const FILMS = 4;
const FRAMES = 60;
const FILM_MS = (FRAMES * 1000) / NUMBERED_RATE;
const SWITCHES = 100;
const NAIVE_SWITCHES = 40;
const SIZE = { width: 1280, height: 720 };

/** The `p`-th part of the sorted samples (0 to 1). */
export const quantile = (samples: readonly number[], p: number): number =>
  [...samples].sort((a, b) => a - b)[Math.min(samples.length - 1, Math.ceil(samples.length * p) - 1)] ?? Number.NaN;

/** Serves numbered films from `agent` and gives their addresses relative to the page. */
export function serveNumberedFilms(agent: StageAgent, folder: string): string[] {
  return Array.from({ length: FILMS }, (_, film) => {
    const path = makeNumberedFilm(folder, film, FRAMES);
    const sha = createHash('sha256').update(path).digest('hex');
    agent.media.set(sha, { path, mime: 'video/mp4' });
    return `media/${sha}`;
  });
}

/** Plays `switches` films after each other as the player's agent has them played: prepared ahead, called 500 ms before their moment. */
export async function playFilms(agent: StageAgent, urls: readonly string[], switches: number): Promise<void> {
  let plannedAtMs = performance.now() + 1500;
  for (let k = 0; k <= switches; k += 1) {
    const id = `film-${k}`;
    const url = urls[k % urls.length] ?? '';
    agent.command({ type: 'prepare', id, content: { type: 'video', url, mime: 'video/mp4' }, durationMs: FILM_MS });
    await agent.wait('prepared', id);
    const earlyMs = plannedAtMs - 500 - performance.now();
    if (earlyMs > 0) await new Promise((resolve) => setTimeout(resolve, earlyMs));
    agent.command({ type: 'show', id, inMs: Math.max(0, Math.round(plannedAtMs - performance.now())) });
    await agent.wait('started', id);
    plannedAtMs += FILM_MS;
  }
  await new Promise((resolve) => setTimeout(resolve, FILM_MS));
}

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

/**
 * `gap-median-ms` and `gap-p99-ms`: from the last frame of a film to the first of the next; one frame interval is 33.3 ms. `gap-start-p99-ms`: from
 * the first frame of a film to its second, which is where a film that was switched on before it ran stands still.
 */
export const gapGroup: BenchGroup = async (report) => {
  const { folder, stage, remove } = await builtStage();
  const agent = await startStageAgent(stage);
  const { browser, close } = await launchHeadless();
  try {
    const urls = serveNumberedFilms(agent, folder);
    const page = await browser.newPage({ viewport: SIZE });
    await page.addInitScript(watchFrames);
    await page.goto(agent.url);
    await agent.wait('ready');
    await playFilms(agent, urls, SWITCHES);
    const ours = changesOfFilm(await framesSeen(page));
    await page.close();

    const naive = await browser.newPage({ viewport: SIZE });
    await naive.addInitScript(watchFrames);
    await naive.goto(`${agent.url}index.html?naive`, { waitUntil: 'commit' });
    await naive.setContent('<!doctype html><body></body>');
    await naive.evaluate(
      naivePair,
      urls.map((url) => new URL(url, agent.url).href),
    );
    await naive.waitForTimeout(NAIVE_SWITCHES * (FILM_MS + 120));
    const theirs = changesOfFilm(await framesSeen(naive));
    await naive.close();

    const reference = 'a pair of video elements switched on `ended`';
    const figure = (name: string, of: (gaps: readonly number[]) => number): void =>
      report({ name, value: of(ours.gaps), unit: 'ms', reference, ratio: of(ours.gaps) / of(theirs.gaps) });
    figure('gap-median-ms', median);
    figure('gap-p99-ms', (gaps) => quantile(gaps, 0.99));
    report({
      name: 'gap-start-p99-ms',
      value: quantile(ours.starts, 0.99),
      unit: 'ms',
      reference,
      ratio: quantile(ours.starts, 0.99) / quantile(theirs.starts, 0.99),
    });
  } finally {
    await close();
    await agent.close();
    await remove();
  }
};
