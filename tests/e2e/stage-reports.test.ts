/** What the stage reports of a slot that was shown: frames given to the compositor and lost, and whether anybody could see it. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { makeNumberedFilm, NUMBERED_RATE } from '../helpers/numbered-film.ts';
import { type Content, type OpenStage, sampleMedia, stageHouseForTests } from '../helpers/stage-page.ts';

const FILM_FRAMES = 4 * NUMBERED_RATE;
const FAST_RATE = 240;
const FAST_FRAMES = 3 * FAST_RATE;
/** A film's last frames may come at the switch. */
const SLACK_FRAMES = 4;

const house = stageHouseForTests();
let films: { plain: string; fast: string };
let stage: OpenStage;
beforeAll(async () => {
  const fast = await house.ffmpeg(
    'fast.mp4',
    ...['-f', 'lavfi', '-i', `testsrc2=s=320x180:r=${FAST_RATE}:d=${FAST_FRAMES / FAST_RATE}`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p'],
  );
  films = { plain: makeNumberedFilm(house.scratch, 1, FILM_FRAMES), fast };
});
beforeEach(async () => {
  stage = await house.open(undefined, async (page) => {
    await page.addInitScript(noteLostFrames);
  });
});

/** Keeps in the page what the browser answers whenever it is asked how many frames it lost. */
function noteLostFrames(): void {
  const lost: number[] = [];
  const asked = HTMLVideoElement.prototype.getVideoPlaybackQuality;
  HTMLVideoElement.prototype.getVideoPlaybackQuality = function quality() {
    const answer = asked.call(this);
    lost.push(answer.droppedVideoFrames);
    return answer;
  };
  Object.assign(window, { lost });
}
const lostByBrowser = (): Promise<number[]> =>
  stage.page.evaluate(() => (window as unknown as { lost: number[] }).lost);

const card = (text: string): Content => ({ type: 'card', text, textEn: null, theme: 'blue' });
const film = (path: string): Content => ({ type: 'video', url: stage.serve(path, 'video/mp4'), mime: 'video/mp4' });

/** Shows a slot for its whole length and gives what is reported of it. */
async function shown(id: string, content: Content, durationMs: number, meanwhile?: () => Promise<unknown>) {
  await stage.prepare(id, content, durationMs);
  await stage.show(id);
  await stage.prepare(`after-${id}`, card('以后'));
  stage.agent.command({ type: 'show', id: `after-${id}`, inMs: durationMs });
  await meanwhile?.();
  const { frames, dropped, visible } = await stage.agent.wait('finished', id);
  return { frames, dropped, visible };
}

/** Hides the page, or shows it again. A headless browser hides no page, so that its document is made to say so. */
const putAway = (away: boolean): Promise<unknown> =>
  stage.page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, away);

test('[ST13] of a film, frames given to the compositor and frames lost are all that the display could show', async () => {
  const plain = await shown('plain', film(films.plain), (FILM_FRAMES / NUMBERED_RATE) * 1000);
  expect(plain.visible).toBe(true);
  expect(plain.frames).toBeLessThanOrEqual(FILM_FRAMES);
  expect(Math.abs(plain.frames + plain.dropped - FILM_FRAMES)).toBeLessThanOrEqual(SLACK_FRAMES);
  expect(plain.dropped).toBe((await lostByBrowser()).at(-1));

  const fast = await shown('fast', film(films.fast), (FAST_FRAMES / FAST_RATE) * 1000);
  expect(fast.frames).toBeGreaterThan(0);
  expect(fast.frames + fast.dropped).toBeLessThan(FAST_FRAMES / 2);
  expect(fast.dropped).toBe((await lostByBrowser()).at(-1));
});

test('[ST13] still content has one frame and loses none', async () => {
  const poster: Content = {
    type: 'image',
    url: stage.serve(sampleMedia('poster-home-visit-portrait.png'), 'image/png'),
    fit: 'contain',
    pan: false,
  };
  const ticker: Content = { type: 'ticker', text: '入户听民声', textEn: 'Listening', theme: 'jade' };
  for (const content of [card('一'), poster, ticker])
    expect(await shown(content.type, content, 4_000), content.type).toEqual({ frames: 1, dropped: 0, visible: true });
});

test('[ST13] a slot is visible only if the page was never hidden while it showed', async () => {
  const glance = async (): Promise<void> => {
    await putAway(true);
    await putAway(false);
  };
  expect((await shown('film', film(films.plain), 4_000, glance)).visible).toBe(false);
  expect((await shown('card', card('一'), 2_000, glance)).visible).toBe(false);
  expect((await shown('seen', card('二'), 2_000)).visible).toBe(true);
  await putAway(true);
  expect((await shown('begun-hidden', card('三'), 2_000, () => putAway(false))).visible).toBe(false);
  expect((await shown('ended-hidden', card('四'), 2_000, () => putAway(true))).visible).toBe(false);
});
