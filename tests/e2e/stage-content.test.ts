/** Images, tickers, odd texts and media that are not what they say: in a real Chromium. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { bandSpeedPxPerS } from '../../renderer/player/overlay/conveyor.ts';
import { type Content, type OpenStage, sampleMedia, stageHouseForTests } from '../helpers/stage-page.ts';

const MARGIN_SHARE = 0.07;

const house = stageHouseForTests();
let stage: OpenStage;
beforeEach(async () => {
  stage = await house.open();
});

const card = (text: string): Content => ({ type: 'card', text, textEn: null, theme: 'blue' });
const onScreen = (): Promise<string | null> => stage.page.locator('.plane[data-on] .still').textContent();

/** Prepares what cannot be shown behind a card, which stays. */
async function refused(id: string, content: Content, durationMs = 5_000): Promise<{ reason: string; detail: string }> {
  await stage.prepare(`before ${id}`, card('为人民服务'));
  await stage.show(`before ${id}`);
  stage.agent.command({ type: 'prepare', id, content, durationMs });
  const failed = await stage.agent.wait('failed', id);
  expect(await onScreen()).toBe('为人民服务');
  return failed;
}

describe('images', () => {
  const PORTRAIT = 'poster-home-visit-portrait.png';
  const LANDSCAPE = 'poster-rental-rules-landscape.png';
  const FITS = [
    [PORTRAIT, 'contain'],
    [PORTRAIT, 'cover'],
    [LANDSCAPE, 'contain'],
    [LANDSCAPE, 'cover'],
  ] as const;
  const image = (name: string, fit: 'contain' | 'cover', pan = false): Content => ({
    type: 'image',
    url: stage.serve(sampleMedia(name), 'image/png'),
    fit,
    pan,
  });
  type Box = { left: number; top: number; right: number; bottom: number };
  /** Where the picture on the screen is drawn, at the start and the end of its move. */
  const boxes = (): Promise<{ start: Box; end: Box; room: Box }> =>
    stage.page.evaluate(() => {
      const box = (element: Element | null): Box => {
        const { left, top, right, bottom } = element?.getBoundingClientRect() ?? new DOMRect();
        return { left, top, right, bottom };
      };
      const poster = document.querySelector('.plane[data-on] .poster');
      const [move] = poster?.getAnimations() ?? [];
      move?.pause();
      if (move) move.currentTime = 0;
      const start = box(poster);
      if (move) move.currentTime = Number(move.effect?.getTiming().duration);
      return { start, end: box(poster), room: box(document.querySelector('.plane[data-on] .poster-room')) };
    });

  test('[ST37] a picture stands whole, or fills the stage to its edges, above the running ticker', async () => {
    stage.agent.command({ type: 'ticker', lines: [{ text: '出租房屋要登记', theme: 'red' }] });
    await stage.page.locator('.band[data-on]').waitFor();
    for (const [name, fit] of FITS) {
      await stage.prepare(`${name} ${fit}`, image(name, fit));
      await stage.show(`${name} ${fit}`);
      const { start, end, room } = await boxes();
      expect(end).toEqual(start);
      expect(room).toEqual({ left: 0, top: 0, right: 1920, bottom: expect.closeTo(1080 - 0.096 * 1080, 1) });
      const inside = (outer: Box, inner: Box): boolean =>
        inner.left >= outer.left &&
        inner.top >= outer.top &&
        inner.right <= outer.right &&
        inner.bottom <= outer.bottom;
      expect(fit === 'contain' ? inside(room, start) : inside(start, room), `${name} ${fit}`).toBe(true);
      expect(await stage.page.locator('.plane[data-on] .backdrop').count()).toBe(fit === 'contain' ? 1 : 0);
    }
  });

  test('[ST38] a panned picture is moved by the compositor alone and rests before its slot ends', async () => {
    for (const [name, fit] of FITS) {
      await stage.prepare(`${name} ${fit}`, image(name, fit, true), 8_000);
      await stage.show(`${name} ${fit}`);
      const move = await stage.page.evaluate(() => {
        const [one, ...more] = document.querySelector('.plane[data-on] .poster')?.getAnimations() ?? [];
        const effect = one?.effect instanceof KeyframeEffect ? one.effect : null;
        const keys = new Set(effect?.getKeyframes().flatMap((frame) => Object.keys(frame)));
        for (const known of ['offset', 'computedOffset', 'easing', 'composite']) keys.delete(known);
        return { keys: [...keys], lastsMs: effect?.getTiming().duration, state: one?.playState, more: more.length };
      });
      expect(move).toEqual({ keys: ['transform'], lastsMs: 7_500, state: 'running', more: 0 });
      const { start, end } = await boxes();
      const wayPx = Math.hypot(end.left - start.left, end.top - start.top);
      expect(wayPx, `${name} ${fit}`).toBeGreaterThan(30);
      expect(wayPx).toBeLessThanOrEqual(1920 * 0.08 + 1);
    }
  });

  test('[ST20] a picture of 100 megapixels is refused undecoded; one of 49 is kept no larger than the screen', async () => {
    const solid = (side: number): Promise<Buffer> =>
      sharp({ create: { width: side, height: side, channels: 3, background: '#2a6' }, limitInputPixels: false })
        .png({ compressionLevel: 1 })
        .toBuffer();
    const huge = stage.serve(await house.write('huge.png', await solid(10_000)), 'image/png');
    const failed = await refused('huge', { type: 'image', url: huge, fit: 'cover', pan: true });
    expect(failed).toMatchObject({ reason: 'unsupported', detail: expect.stringContaining('10000×10000') });
    const large = stage.serve(await house.write('large.png', await solid(7_000)), 'image/png');
    await stage.prepare('large', { type: 'image', url: large, fit: 'cover', pan: false });
    await stage.show('large');
    const kept = await stage.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.plane[data-on] .poster');
      return [canvas?.width, canvas?.height];
    });
    expect(kept).toEqual([1920, 1920]);
  });
});

describe('media that are not what they say', () => {
  const film = (path: string, mime: string): Content => ({ type: 'video', url: stage.serve(path, mime), mime });
  const moving = (seconds: number): string[] => [
    '-f',
    'lavfi',
    '-i',
    `testsrc2=size=320x180:rate=25:duration=${seconds}`,
  ];

  /** A WebM film whose header names another duration. */
  async function webmClaiming(name: string, seconds: number, claimedMs: number): Promise<string> {
    const path = await house.ffmpeg(`true-${name}`, ...moving(seconds), '-c:v', 'libvpx', '-deadline', 'realtime');
    const bytes = Buffer.from(await readFile(path));
    // EBML: id 0x4489 (Duration), size 8, a double in milliseconds.
    const at = bytes.indexOf(Buffer.from([0x44, 0x89, 0x88]));
    expect(at).toBeGreaterThan(0);
    bytes.writeDoubleBE(claimedMs, at + 3);
    return house.write(name, bytes);
  }

  test('[ST12][ST19] a film that ends long before its header says fails as it ends, and its picture stays', async () => {
    const path = await webmClaiming('claims-more.webm', 2, 6_000);
    await stage.prepare('film', film(path, 'video/webm'), 6_000);
    await stage.show('film');
    const failed = await stage.agent.wait('failed', 'film');
    expect(failed).toMatchObject({ reason: 'decode', detail: expect.stringMatching(/ended after \d+ of 6000 ms/) });
    await stage.prepare('next', card('继续'));
    await stage.show('next');
    expect(stage.eventsOf('film')).toEqual(['prepared', 'started', 'failed']);
  });

  test('[ST18] a film whose header names less than its slot is refused before it shows', async () => {
    const path = await webmClaiming('claims-less.webm', 4, 1_000);
    // The browser lengthens what the header says by what it has loaded so far.
    expect(await refused('film', film(path, 'video/webm'), 4_000)).toMatchObject({
      reason: 'decode',
      detail: expect.stringMatching(/the film lasts [1-3]\d{3} ms, its slot 4000 ms/),
    });
  });

  test('[ST17] a film of a codec that does not play here, or without a picture, is refused by reason', async () => {
    const codec = await house.ffmpeg('mpeg4.mp4', ...moving(2), '-c:v', 'mpeg4');
    expect(await refused('codec', film(codec, 'video/mp4'), 2_000)).toMatchObject({ reason: 'unsupported' });
    const sound = await house.ffmpeg('sound.mp4', '-f', 'lavfi', '-i', 'sine=duration=2', '-c:a', 'aac');
    expect(await refused('sound', film(sound, 'video/mp4'), 2_000)).toMatchObject({ reason: 'unsupported' });
    const header = await readFile(await house.ffmpeg('whole.mp4', ...moving(2), '-pix_fmt', 'yuv420p'));
    const torn = await house.write('header-only.mp4', header.subarray(0, 600));
    expect((await refused('torn', film(torn, 'video/mp4'), 2_000)).reason).toMatch(/decode|unsupported/);
  });
});

describe('texts', () => {
  const ODD: [string, string][] = [
    ['endless', 'Donaudampfschifffahrtsgesellschaft'.repeat(5)],
    ['emoji', '👨‍👩‍👧‍👦🇨🇳🏳️‍🌈'.repeat(6)],
    ['arabic', 'مرحبا بكم في مدينتنا، استمعوا إلى الناس واخدموهم بإخلاص'],
    ['hebrew and latin', 'שָׁלוֹם 12 welcome to the city, ברוכים הבאים'],
    ['overridden', 'abc \u202Ecba 321\u202C ابجد \u2067אבג\u2069'],
    ['tibetan', 'བཀྲ་ཤིས་བདེ་ལེགས། རྒྱ་མཚོ་ཆེན་པོ།'],
    ['marks', 'a\u0301\u0323o\u0308\u0304 ế ợ Việt Nam thân thiện'],
    ['chinese', '租客入住三日内，房东须登记；不登记、不报告的，依法处罚！（详情请拨打12345政务服务热线。）'],
    ['mixed', '请扫描 https://example.gov.cn/rental/registration?district=lianhua&lang=zh 登记'],
  ];

  test('[ST21][ST22] odd texts stay inside the safe margins and lose no letter', async () => {
    for (const [name, text] of ODD) {
      await stage.prepare(name, card(text), 60_000);
      await stage.show(name);
      const seen = await stage.page.evaluate(() => {
        const lines = [...document.querySelectorAll<HTMLElement>('.plane[data-on] .line')];
        const rects = lines.map((line) => {
          const range = document.createRange();
          range.selectNodeContents(line);
          return range.getBoundingClientRect();
        });
        return {
          text: lines.map((line) => line.textContent).join(''),
          starts: lines.slice(1).map((line) => line.textContent?.slice(0, 1) ?? ''),
          left: Math.min(...rects.map(({ left }) => left)),
          right: Math.max(...rects.map(({ right }) => right)),
        };
      });
      expect(seen.text.replace(/\s/gu, ''), name).toBe(text.replace(/\s/gu, ''));
      expect(seen.starts.join(''), name).not.toMatch(/[，。；、！）？]/u);
      // Kerning and shaping across the pieces of a line may differ from their sum by a hair.
      expect(seen.left, name).toBeGreaterThanOrEqual(1920 * MARGIN_SHARE * 0.9);
      expect(seen.right, name).toBeLessThanOrEqual(1920 * (1 - MARGIN_SHARE * 0.9));
    }
  });

  test('[ST23][ST39] 5,000 characters, nothing to see and heaped marks are refused by rule', async () => {
    const cases: [string, Content, RegExp][] = [
      ['long', card('社区工作人员入户走访。'.repeat(455).slice(0, 5_000)), /5000 characters need \d+ pages/],
      ['blank', card('\u200b \u3164\u2800'), /no letters/],
      ['heaped', card(`平安${'\u0301'.repeat(30)}社区`), /6 marks/],
      ['heaped ticker', { type: 'ticker', text: `a${'\u0489'.repeat(9)}`, textEn: null, theme: 'ink' }, /6 marks/],
    ];
    for (const [name, content, detail] of cases) {
      expect(await refused(name, content), name).toMatchObject({
        reason: 'unsupported',
        detail: expect.stringMatching(detail),
      });
    }
  });
});

describe('the running ticker', () => {
  test('[ST27] runs over a film at one speed by the clock, moved by the compositor alone', async () => {
    const url = stage.serve(sampleMedia('film-tenant-declare.mp4'), 'video/mp4');
    await stage.prepare('film', { type: 'video', url, mime: 'video/mp4' }, 12_000);
    await stage.show('film');
    stage.agent.command({
      type: 'ticker',
      lines: [
        { text: '入户听民声，服务暖民心', theme: 'red' },
        { text: '平安', theme: 'blue' },
      ],
    });
    await stage.page.waitForFunction(() => document.querySelectorAll('.rider').length >= 2);
    const rides = await stage.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.rider')].map((rider) => {
        const [ride, ...more] = rider.getAnimations();
        const effect = ride?.effect instanceof KeyframeEffect ? ride.effect : null;
        const frames = effect?.getKeyframes() ?? [];
        const x = frames.map(({ transform }) => new DOMMatrix(String(transform)).e);
        return {
          onlyTransform: frames.every((frame) => !('left' in frame || 'width' in frame) && 'transform' in frame),
          easing: effect?.getTiming().easing,
          wayPx: (x[0] ?? 0) - (x.at(-1) ?? 0),
          lastsMs: Number(effect?.getTiming().duration),
          startMs: Number(ride?.startTime),
          widthPx: rider.offsetWidth,
          more: more.length,
        };
      }),
    );
    const speed = bandSpeedPxPerS(0.056 * 1080);
    for (const ride of rides) {
      expect(ride).toMatchObject({ onlyTransform: true, easing: 'linear', more: 0 });
      expect((ride.wayPx * 1_000) / ride.lastsMs).toBeCloseTo(speed, 3);
    }
    const [first, second] = rides;
    // The second line enters as the tail of the first has entered, to the millisecond of the page's clock.
    expect((second?.startMs ?? 0) - (first?.startMs ?? 0)).toBeCloseTo(((first?.widthPx ?? 0) * 1_000) / speed, 3);
    const isAbove = await stage.page.evaluate(() => document.elementFromPoint(960, 1_070)?.closest('.band') !== null);
    expect(isAbove).toBe(true);
  });
});
