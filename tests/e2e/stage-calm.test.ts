/** The calm pages of the stage in a real Chromium: nothing on them stands still for long, and nothing leaves the screen. */
import { expect, test } from 'vitest';
import type { StageCommand } from '../../protocol/stage.ts';
import { type OpenStage, stageHouseForTests } from '../helpers/stage-page.ts';

const house = stageHouseForTests();

const LANDSCAPE = { width: 1920, height: 1080 };
const PORTRAIT = { width: 1080, height: 1920 };
/** The drift goes one way in eight minutes, then back. */
const DRIFT_S = 480;
/** A stem of the largest letters is about this broad, in parts of the screen's shorter side. */
const STEM = 0.025;
/** Faster than this the eye follows it, pixels a second. */
const SLOW_PX_S = 1;

const PAGES: [string, StageCommand][] = [
  ['closed', { type: 'idle', reason: 'closed' }],
  ['awaiting a program', { type: 'idle', reason: 'no-program' }],
  [
    'pairing',
    {
      type: 'pairing',
      code: '7KQ4M9TX',
      server: 'http://10.0.0.2:8080',
      device: '9105e9e05641da0d2d14ba13f56b917d50efa566734260ef6fac06878d750efb',
    },
  ],
];

/** Where every text of the page stands at `seconds` of the drift, each by its words. */
const textsAt = (stage: OpenStage, seconds: number): Promise<{ text: string; x: number; y: number }[]> =>
  stage.page.evaluate((atS) => {
    for (const animation of document.getAnimations())
      if ((animation as CSSAnimation).animationName === 'drift') animation.currentTime = atS * 1000;
    return [...document.querySelectorAll('.house[data-on] *')].flatMap((one) => {
      const texts = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const { left, top, right, bottom } = one.getBoundingClientRect();
      if (texts.length === 0) return [];
      if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight)
        throw new Error(`${one.textContent} is cut`);
      return [{ text: one.textContent ?? '', x: left, y: top }];
    });
  }, seconds);

const distance = (a: { x: number; y: number }, b: { x: number; y: number }): number => Math.hypot(a.x - b.x, a.y - b.y);

for (const viewport of [LANDSCAPE, PORTRAIT])
  test(`[ST32] every word of the calm pages drifts, slowly, by more than a letter's stem (${viewport.width} px wide)`, async () => {
    const stage = await house.open(viewport);
    const shorter = Math.min(viewport.width, viewport.height);
    for (const [name, command] of PAGES) {
      stage.agent.command(command);
      await stage.page.locator(`.house.${command.type}[data-on]`).waitFor();
      const running = await stage.page.evaluate(() =>
        document
          .getAnimations()
          .filter((one) => (one as CSSAnimation).animationName === 'drift')
          .map((one) => one.playState),
      );
      expect(new Set(running), name).toEqual(new Set(['running']));
      const seen: Awaited<ReturnType<typeof textsAt>>[] = [];
      for (let second = 0; second <= 2 * DRIFT_S; second += 8) seen.push(await textsAt(stage, second));
      const [first = []] = seen;
      expect(first.length, name).toBeGreaterThan(5);
      for (const [index, start] of first.entries()) {
        const places = seen.map((texts) => texts[index] ?? start);
        const moved = Math.max(...places.flatMap((one) => places.map((other) => distance(one, other))));
        expect(moved, `${name}: ${start.text}`).toBeGreaterThan(STEM * shorter);
        const steps = places.slice(1).map((place, at) => distance(place, places[at] ?? place));
        expect(Math.max(...steps), `${name}: ${start.text}`).toBeLessThan(8 * SLOW_PX_S);
      }
    }
  });
