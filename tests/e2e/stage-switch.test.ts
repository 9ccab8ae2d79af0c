/** Films that take a while to start, in a real Chromium: begun behind what shows, seen from their first frame on. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { median } from '../bench/figure.ts';
import { changesOfFilm, type SeenFrame, watchFrames } from '../bench/player/watch-frames.ts';
import { makeNumberedFilm } from '../helpers/numbered-film.ts';
import { type Content, type OpenStage, stageHouseForTests } from '../helpers/stage-page.ts';

const FRAMES = 60;
const FILM_MS = 2_000;
const SLOW_START_MS = 100;
/** Films whose start is learnt from before anything is expected. */
const LEARNT = 3;

const house = stageHouseForTests();
let stage: OpenStage;

/** Runs in the page: every film starts this much later than it is told, as on a slow machine, unless it is paused meanwhile. */
function startSlowly(byMs: number): void {
  const { play, pause } = HTMLMediaElement.prototype;
  const starting = new WeakMap<HTMLMediaElement, ReturnType<typeof setTimeout>>();
  HTMLMediaElement.prototype.play = function () {
    this.dispatchEvent(new Event('asked-to-play'));
    return new Promise((resolve, reject) => {
      clearTimeout(starting.get(this));
      starting.set(
        this,
        setTimeout(() => play.call(this).then(resolve, reject), byMs),
      );
    });
  };
  HTMLMediaElement.prototype.pause = function () {
    clearTimeout(starting.get(this));
    pause.call(this);
  };
}

async function openSlow(): Promise<Content[]> {
  stage = await house.open({ width: 1280, height: 720 }, async (page: Page) => {
    await page.addInitScript(startSlowly, SLOW_START_MS);
    await page.addInitScript(watchFrames);
  });
  stage.agent.command({ type: 'display', rotation: 0, volume: 60 });
  return [0, 1].map((film) => {
    const url = stage.serve(makeNumberedFilm(house.scratch, film, FRAMES, 'tone'), 'video/mp4');
    return { type: 'video', url, mime: 'video/mp4' };
  });
}

async function playInTurn(films: readonly Content[], count: number): Promise<void> {
  let plannedAtMs = performance.now() + 1_500;
  for (let k = 0; k < count; k += 1) {
    const content = films[k % films.length];
    if (content === undefined) throw new Error('no film');
    await stage.prepare(`film-${k}`, content, FILM_MS);
    await stage.show(`film-${k}`, Math.max(0, Math.round(plannedAtMs - performance.now())));
    plannedAtMs += FILM_MS;
  }
}

test('[ST42] films that start slowly follow each other without standing still, and count in full', async () => {
  const films = await openSlow();
  const count = 12;
  await playInTurn(films, count);
  await stage.agent.wait('finished', `film-${count - 2}`);
  const seen = await stage.page.evaluate(() => (window as unknown as { seenFrames: SeenFrame[] }).seenFrames);
  const { gaps, starts } = changesOfFilm(seen);
  console.log(`first frames stood, ms: ${starts.map((start) => start.toFixed(0)).join(' ')}`);
  // A frame lasts 33 ms; a film begun with its switch would stand on its first frame for SLOW_START_MS more.
  expect(median(starts.slice(LEARNT))).toBeLessThan(33 + SLOW_START_MS / 2);
  expect(median(gaps.slice(LEARNT))).toBeLessThan(75);
  for (let k = LEARNT; k < count - 1; k += 1) {
    const finished = await stage.agent.wait('finished', `film-${k}`);
    expect(Math.abs(finished.shownMs - FILM_MS)).toBeLessThan(500);
    expect(finished.frames).toBeGreaterThan(FRAMES / 2);
  }
});

test('[ST43] a film whose switch is called off after it was begun stands on its first frame, and plays in full later', async () => {
  const films = await openSlow();
  const [film] = films;
  if (film === undefined) throw new Error('no film');
  await playInTurn(films, LEARNT);
  await stage.prepare('kept', film, FILM_MS);
  await stage.page.exposeFunction('callOff', () => stage.agent.command({ type: 'idle', reason: 'closed' }));
  await stage.page.evaluate(() => {
    const behind = document.querySelector<HTMLVideoElement>('.plane:not([data-on]) video');
    behind?.addEventListener('asked-to-play', () => (window as unknown as { callOff(): void }).callOff(), {
      once: true,
    });
  });
  stage.agent.command({ type: 'show', id: 'kept', inMs: 1_000 });
  await stage.agent.wait('finished', `film-${LEARNT - 1}`);
  expect(stage.eventsOf('kept')).toEqual(['prepared']);
  const waiting = () =>
    stage.page.evaluate(() =>
      [...document.querySelectorAll('video')]
        .filter(({ currentSrc, readyState }) => currentSrc !== '' && readyState > 1)
        .map(({ paused, currentTime }) => ({ paused, currentTime })),
    );
  await expect.poll(waiting).toEqual([{ paused: true, currentTime: 0 }]);
  await stage.agent.wait('pulse', undefined, { from: stage.agent.heard.length });
  expect(await waiting()).toEqual([{ paused: true, currentTime: 0 }]);
  await stage.show('kept', 1_000);
  await stage.prepare('after', film, FILM_MS);
  await stage.show('after', FILM_MS);
  const { shownMs, frames } = await stage.agent.wait('finished', 'kept');
  expect(shownMs).toBeGreaterThan(FILM_MS - 500);
  expect(frames).toBeGreaterThan(FRAMES / 2);
});
