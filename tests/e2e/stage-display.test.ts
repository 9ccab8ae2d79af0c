/** What stands over everything, how the stage is turned, and how films sound: in a real Chromium. */
import { describe, expect, test } from 'vitest';
import type { StageCommand } from '../../protocol/stage.ts';
import { type Content, type OpenStage, sampleMedia, stageHouseForTests } from '../helpers/stage-page.ts';

const LANDSCAPE = { width: 1920, height: 1080 };
const PORTRAIT = { width: 1080, height: 1920 };
const SAFE_MARGIN_PX = 30;

const house = stageHouseForTests();
let stage: OpenStage;

const card = (text: string): Content => ({ type: 'card', text, textEn: 'Listening to people', theme: 'blue' });
const turn = (rotation: 0 | 90 | 180 | 270, volume = 0): void =>
  stage.agent.command({ type: 'display', rotation, volume });
const turned = (rotation: number) => stage.page.locator(`#stage[data-turn="${rotation}"]`).waitFor();

/** Every element of the stage as it is laid out, whatever way the stage is turned. */
const layoutOf = (): Promise<string[]> =>
  stage.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('#stage, #stage *')]
      .filter((one) => !one.closest('.film') && one.offsetParent !== null)
      .map((one) => {
        const { fontSize, visibility } = getComputedStyle(one);
        const box = [one.offsetLeft, one.offsetTop, one.offsetWidth, one.offsetHeight].join(' ');
        return `${one.tagName}.${one.className} ${box} ${fontSize} ${visibility} ${one.children.length === 0 ? one.textContent : ''}`;
      }),
  );

describe('rotation', () => {
  const pictures: [string, (StageCommand | Content)[]][] = [
    ['a card', [card('入户听民声，服务暖民心')]],
    ['a card of pages', [{ ...card('出租人应当登记备案。'.repeat(12)), type: 'card' } as Content]],
    ['a ticker page', [{ type: 'ticker', text: '平安', textEn: 'Safe', theme: 'jade' }]],
    ['the calm page', [{ type: 'idle', reason: 'closed' }]],
    [
      'the pairing page',
      [
        {
          type: 'pairing',
          code: '7KQ4M9TX',
          server: 'http://10.0.0.2:8080',
          device: '9105e9e05641da0d2d14ba13f56b917d50efa566734260ef6fac06878d750efb',
        },
      ],
    ],
    [
      'an emergency message',
      [{ type: 'takeover', message: { text: '暴雨红色预警，请立即离开地下空间', textEn: 'Leave now', theme: 'red' } }],
    ],
    ['the name', [{ type: 'identify', name: '莲花路公交站 2 号站台', id: 'lianhua-2', forMs: 60_000 }]],
  ];

  /** Shows one after the other on a page of this size and gives the layout of each. */
  async function layouts(viewport: typeof LANDSCAPE, rotation: 0 | 90 | 180 | 270): Promise<Record<string, string[]>> {
    stage = await house.open(viewport);
    turn(rotation);
    stage.agent.command({ type: 'ticker', lines: [{ text: '出租房屋要登记', theme: 'red' }] });
    await stage.page.locator('.rider').first().waitFor({ state: 'attached' });
    const found: Record<string, string[]> = {};
    for (const [name, commands] of pictures) {
      for (const given of commands) {
        if (given.type === 'card' || given.type === 'ticker') {
          await stage.prepare(name, given as Content, 30_000);
          await stage.show(name);
        } else {
          stage.agent.command(given as StageCommand);
        }
      }
      await stage.prepare(`after ${name}`, { type: 'card', text: '后', textEn: null, theme: 'ink' });
      found[name] = await layoutOf();
    }
    return found;
  }

  test('[ST33] a page turned by 90 or 270 degrees is set as a page of the other shape is', async () => {
    const upright = await layouts(PORTRAIT, 0);
    await stage.close();
    for (const rotation of [90, 270] as const) {
      const lying = await layouts(LANDSCAPE, rotation);
      expect(lying).toEqual(upright);
      if (rotation === 90) await stage.close();
    }
  });

  test('[ST33] the turned stage fills the display, and its foot is where it belongs', async () => {
    stage = await house.open(LANDSCAPE);
    stage.agent.command({ type: 'ticker', lines: [{ text: '出租房屋要登记', theme: 'red' }] });
    await stage.page.locator('.band[data-on]').waitFor();
    const foot = { 0: [960, 1075], 90: [5, 540], 180: [960, 5], 270: [1915, 540] } as const;
    for (const rotation of [90, 180, 270, 0] as const) {
      turn(rotation);
      await turned(rotation);
      const seen = await stage.page.evaluate(([x, y]) => {
        const { left, top, width, height } = document.getElementById('stage')?.getBoundingClientRect() ?? new DOMRect();
        return {
          box: [left, top, width, height].map(Math.round),
          foot: document.elementFromPoint(x, y)?.closest('.band') !== null,
        };
      }, foot[rotation]);
      expect(seen, `at ${rotation} degrees`).toEqual({ box: [0, 0, 1920, 1080], foot: true });
    }
  });

  test('[ST33] what shows is set anew as the stage is turned, and its slot goes on', async () => {
    stage = await house.open(LANDSCAPE);
    await stage.prepare('card', card('入户听民声，服务暖民心'));
    await stage.show('card');
    const before = await layoutOf();
    turn(90);
    await turned(90);
    expect(await layoutOf()).not.toEqual(before);
    turn(0);
    await turned(0);
    expect(await layoutOf()).toEqual(before);
    expect(stage.eventsOf('card')).toEqual(['prepared', 'started']);
  });
});

describe('over everything', () => {
  const at = (x: number, y: number, selector: string): Promise<boolean> =>
    stage.page.evaluate(
      ([px, py, wanted]) => document.elementFromPoint(Number(px), Number(py))?.closest(String(wanted)) !== null,
      [x, y, selector] as const,
    );

  test('[ST35] a message covers film and ticker at once; the film behind goes on and is counted', async () => {
    stage = await house.open();
    const film: Content = {
      type: 'video',
      url: stage.serve(sampleMedia('film-tenant-declare.mp4'), 'video/mp4'),
      mime: 'video/mp4',
    };
    stage.agent.command({ type: 'ticker', lines: [{ text: '出租房屋要登记', theme: 'red' }] });
    await stage.prepare('film', film, 12_000);
    await stage.show('film');
    stage.agent.command({ type: 'takeover', message: { text: '请立即离开', textEn: null, theme: 'red' } });
    await stage.page.locator('.takeover[data-on]').waitFor();
    expect([await at(960, 540, '.takeover'), await at(960, 1078, '.takeover')]).toEqual([true, true]);
    // The first pulse may hold frames from before the message; the two after it are of covered time only.
    let frames = 0;
    for (let pulse = 0; pulse < 3; pulse += 1) {
      const heard = await stage.agent.wait('pulse', undefined, { from: stage.agent.heard.length });
      expect(heard.showing).toBe('film');
      if (pulse > 0) frames += heard.frames;
    }
    expect(frames).toBeGreaterThan(20);
    stage.agent.command({ type: 'takeover', message: null });
    await stage.page.locator('.takeover[data-on]').waitFor({ state: 'detached' });
    await stage.prepare('next', card('下一个'));
    await stage.show('next');
    expect(await stage.agent.wait('finished', 'film')).toMatchObject({ visible: true });
    expect(await at(960, 1078, '.band')).toBe(true);
  });

  test('[ST35] 500 characters in two languages stay inside the frame, upright and on the side', async () => {
    stage = await house.open();
    const text = '接市防汛指挥部通知：今晚八时至明晨六时有特大暴雨，请立即离开地下空间。'.repeat(20).slice(0, 500);
    const textEn = 'Extremely heavy rain is expected tonight. Leave underground places now. '.repeat(8).slice(0, 500);
    for (const [rotation, longest] of [
      [0, text],
      [90, text],
      [0, '请'.repeat(500)],
      [90, 'x'.repeat(500)],
    ] as const) {
      turn(rotation);
      stage.agent.command({ type: 'takeover', message: { text: longest, textEn, theme: 'ink' } });
      await stage.page
        .locator(`.takeover .page:has-text("${longest.slice(0, 4)}")`)
        .first()
        .waitFor();
      const seen = await stage.page.evaluate(() => {
        const sheet = document.querySelector<HTMLElement>('.takeover .card');
        const lines = [...document.querySelectorAll<HTMLElement>('.takeover .line')];
        const bottoms = [...document.querySelectorAll<HTMLElement>('.takeover .page p:last-of-type')];
        return {
          text: [...document.querySelectorAll('.takeover .zh .line')].map((line) => line.textContent).join(''),
          widest: Math.max(...lines.map((line) => line.scrollWidth)),
          lowest: Math.max(...bottoms.map((one) => one.offsetTop + one.offsetHeight)),
          width: sheet?.clientWidth ?? 0,
          height: sheet?.clientHeight ?? 0,
          smallest: Math.min(...lines.map((line) => Number.parseFloat(getComputedStyle(line).fontSize))),
          turned: document.querySelectorAll('.takeover .page[data-turned]').length,
        };
      });
      expect(seen.text).toBe(longest);
      expect(seen.widest).toBeLessThanOrEqual(seen.width - 2 * SAFE_MARGIN_PX);
      expect(seen.lowest).toBeLessThanOrEqual(seen.height - SAFE_MARGIN_PX);
      expect(seen.smallest).toBeGreaterThanOrEqual(1080 * 0.035);
      expect(seen.turned).toBe(1);
    }
  });

  test('[ST35] pages turn round for as long as the message stands', async () => {
    stage = await house.open(LANDSCAPE, (page) => page.clock.install());
    const { agent, page } = stage;
    agent.command({ type: 'takeover', message: { text: '请离开低洼地带。'.repeat(60), textEn: null, theme: 'red' } });
    await page.locator('.takeover footer').first().waitFor({ state: 'attached' });
    const number = () => page.locator('.takeover .page[data-turned] footer').textContent();
    const pages = await page.locator('.takeover .page').count();
    expect(pages).toBeGreaterThan(1);
    const seen: (string | null)[] = [];
    for (let turns = 0; turns <= pages; turns += 1) {
      seen.push(await number());
      await page.clock.runFor(40_000 / pages);
      while ((await number()) === seen.at(-1)) await page.clock.runFor(1_000);
    }
    expect(seen).toEqual([...Array.from({ length: pages }, (_, at) => `${at + 1} / ${pages}`), `1 / ${pages}`]);
  });

  test('[ST36] the name stands over everything, a message too, and vanishes by itself', async () => {
    stage = await house.open();
    stage.agent.command({ type: 'takeover', message: { text: '请立即离开', textEn: null, theme: 'red' } });
    stage.agent.command({ type: 'identify', name: '莲花路公交站', id: 'lianhua-2', forMs: 1_000 });
    await stage.page.locator('.identify[data-on]').waitFor();
    expect(await at(960, 540, '.identify')).toBe(true);
    expect(await stage.page.locator('.identify').textContent()).toMatch(/本屏名称与编号.*莲花路公交站.*lianhua-2/);
    await stage.page.locator('.identify[data-on]').waitFor({ state: 'detached' });
    expect(await at(960, 540, '.takeover')).toBe(true);
  });
});

describe('sound', () => {
  /** The level of the film on the screen and of those behind it, 0 to 1. */
  const level = (): Promise<{ front: number; behind: number[] }> =>
    stage.page.evaluate(() => {
      const films = [...document.querySelectorAll('video')].map((video) => ({
        level: video.muted ? 0 : video.volume,
        on: video.closest('.plane[data-on]') !== null,
      }));
      // What waits to be heard is 120 dB down instead of muted.
      const behind = films.filter(({ on }) => !on).map((film) => (film.level <= 1e-6 ? 0 : film.level));
      return { front: films.find(({ on }) => on)?.level ?? 0, behind };
    });
  const settled = (front: number): Promise<void> =>
    expect.poll(level, { timeout: 10_000 }).toEqual({ front: expect.closeTo(front, 3), behind: [0] });

  test('[ST34] a film is heard only while it is on the screen, at the volume of the display', async () => {
    stage = await house.open();
    const tone = [
      '-f',
      'lavfi',
      '-i',
      'sine=440:duration=4',
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=320x180:rate=25:duration=4',
    ];
    const aac = await house.ffmpeg('aac.mp4', ...tone, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac');
    const opus = await house.ffmpeg('opus.webm', ...tone, '-c:v', 'libvpx', '-c:a', 'libopus');
    const films: Content[] = [
      { type: 'video', url: stage.serve(aac, 'video/mp4'), mime: 'video/mp4' },
      { type: 'video', url: stage.serve(opus, 'video/webm'), mime: 'video/webm' },
    ];
    for (const [at, film] of films.entries()) {
      await stage.prepare(`silent-${at}`, film, 3_900);
      await stage.show(`silent-${at}`);
      expect(await level()).toEqual({ front: 0, behind: [0] });
    }
    turn(0, 60);
    for (const [at, film] of [...films, ...films].entries()) {
      await stage.prepare(`loud-${at}`, film, 3_900);
      // The one that stands ready says nothing, the one that shows goes on.
      await settled(0.6);
      await stage.show(`loud-${at}`);
      await settled(0.6);
    }
    stage.agent.command({ type: 'takeover', message: { text: '请离开', textEn: null, theme: 'red' } });
    await settled(0);
    stage.agent.command({ type: 'takeover', message: null });
    await settled(0.6);
    turn(0, 25);
    await settled(0.25);
    stage.agent.command({ type: 'idle', reason: 'closed' });
    await expect.poll(level).toEqual({ front: 0, behind: [0, 0] });
    const { frames } = await stage.agent.wait('finished', 'loud-3');
    expect(frames).toBeGreaterThan(0);
  });
});
