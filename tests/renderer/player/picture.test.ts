/** How the stage draws, turns and sounds: paths of pans, turned sizes, fades, odd texts, pages. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FITS } from '../../../domain/catalogue/content.ts';
import { posterPath } from '../../../domain/playback/poster-path.ts';
import { pageTimeMs } from '../../../renderer/player/overlay/page-time.ts';
import { createFilmVoice, fadeLevel } from '../../../renderer/player/stage/film-voice.ts';
import { sizeTurned } from '../../../renderer/player/stage/stage-frame.ts';
import { fitCard } from '../../../renderer/player/text/fit-card.ts';
import { whyIllegible } from '../../../renderer/player/text/legible-text.ts';
import { pageText } from '../../../renderer/player/text/page-text.ts';

const side = fc.integer({ min: 1, max: 20_000 });
const screen = fc.integer({ min: 320, max: 7_680 });

describe('where a picture is drawn', () => {
  test('[ST37][ST38] cover leaves no place bare and contain cuts nothing off, at both ends of any move', () => {
    fc.assert(
      fc.property(
        side,
        side,
        screen,
        screen,
        fc.constantFrom(...FITS),
        fc.boolean(),
        fc.integer({ min: 1, max: 600_000 }),
        (width, height, across, down, fit, pan, movesMs) => {
          const room = { width: across, height: down };
          const { size, from, to } = posterPath({ picture: { width, height }, room, fit, pan, movesMs });
          for (const at of [from, to]) {
            const past = [at.x, at.y, room.width - at.x - size.width, room.height - at.y - size.height];
            if (fit === 'cover') for (const gap of past) expect(gap).toBeLessThanOrEqual(1e-6);
            else for (const gap of past) expect(gap).toBeGreaterThanOrEqual(-1 - 1e-6);
          }
        },
      ),
    );
  });

  test('[ST38] a pan goes along one side, by at most 8 % of it and 1 % a second, and is never lost', () => {
    fc.assert(
      fc.property(side, side, screen, screen, fc.constantFrom(...FITS), (width, height, across, down, fit) => {
        const input = { picture: { width, height }, room: { width: across, height: down }, fit, pan: true };
        const { from, to } = posterPath({ ...input, movesMs: 5_000 });
        const slow = posterPath({ ...input, movesMs: 600_000 });
        expect(from.x === to.x || from.y === to.y).toBe(true);
        const share = ({ from: one, to: other }: typeof slow): number =>
          Math.abs(one.x - other.x) / across + Math.abs(one.y - other.y) / down;
        expect(share({ ...slow, from, to })).toBeLessThanOrEqual(0.05 + 1e-6);
        expect(share(slow)).toBeLessThanOrEqual(0.08 + 1e-6);
        expect(share(slow)).toBeGreaterThan(0.029);
      }),
    );
  });

  test('[ST37] a picture of the screen’s own shape that stands still is drawn pixel by pixel', () => {
    for (const fit of FITS) {
      const input = { picture: { width: 1920, height: 1080 }, room: { width: 1920, height: 1080 }, fit, pan: false };
      const still = { size: { width: 1920, height: 1080 }, from: { x: 0, y: 0 }, to: { x: 0, y: 0 } };
      expect(posterPath({ ...input, movesMs: 8_000 })).toEqual(still);
    }
  });
});

test('[ST33] the sides change over at 90 and 270 degrees only', () => {
  const page = { widthPx: 1920, heightPx: 1080 };
  expect(([0, 90, 180, 270] as const).map((rotation) => sizeTurned(page, rotation).widthPx)).toEqual([
    1920, 1080, 1920, 1080,
  ]);
});

describe('the voice of a film', () => {
  type Sounding = { volume: number; muted: boolean };
  /** What the element was told, each level once it took effect. */
  function listen(): { element: HTMLMediaElement; levels: number[] } {
    const levels: number[] = [];
    const state: Sounding = { volume: 1, muted: false };
    const element = {
      get volume() {
        return state.volume;
      },
      set volume(level: number) {
        state.volume = level;
      },
      get muted() {
        return state.muted;
      },
      set muted(muted: boolean) {
        state.muted = muted;
        // What is 120 dB down nobody hears.
        levels.push(muted || state.volume <= 1e-6 ? 0 : state.volume);
      },
    };
    return { element: element as HTMLMediaElement, levels };
  }
  const largestStep = (levels: readonly number[]): number =>
    Math.max(0, ...levels.slice(1).map((level, at) => Math.abs(level - (levels[at] ?? 0))));

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('[ST34] is silent until it speaks, comes and goes in small steps, and is then silent again', () => {
    const { element, levels } = listen();
    const voice = createFilmVoice(element);
    voice.setVolume(0.8);
    vi.advanceTimersByTime(5_000);
    expect(new Set(levels)).toEqual(new Set([0]));
    voice.speak();
    vi.advanceTimersByTime(50);
    expect(levels.at(-1)).toBe(0.8);
    voice.hush();
    vi.advanceTimersByTime(50);
    expect(levels.at(-1)).toBe(0);
    expect(largestStep(levels)).toBeLessThanOrEqual(0.8 / 5 + 1e-9);
  });

  test('[ST34] a change of volume while it speaks takes 1.5 s, one while it is silent is not heard', () => {
    const { element, levels } = listen();
    const voice = createFilmVoice(element);
    voice.setVolume(1);
    voice.speak();
    vi.advanceTimersByTime(100);
    voice.setVolume(0.25);
    vi.advanceTimersByTime(750);
    expect(levels.at(-1)).toBeCloseTo(0.625, 2);
    vi.advanceTimersByTime(750);
    expect(levels.at(-1)).toBe(0.25);
    const before = levels.length;
    voice.cut();
    voice.setVolume(1);
    vi.advanceTimersByTime(5_000);
    expect(new Set(levels.slice(before))).toEqual(new Set([0]));
  });

  test('[ST34] a film that is hushed in the midst of its fade goes down from where it is', () => {
    const { element, levels } = listen();
    const voice = createFilmVoice(element);
    voice.setVolume(1);
    voice.speak();
    vi.advanceTimersByTime(20);
    voice.hush();
    vi.advanceTimersByTime(100);
    expect(Math.max(...levels)).toBeCloseTo(0.4, 5);
    expect(levels.at(-1)).toBe(0);
    expect(fadeLevel(0.2, 0.6, -5, 50)).toBe(0.2);
  });
});

describe('texts', () => {
  test('[ST39] what has nothing to see or heaps marks is told from what every script needs', () => {
    for (const text of ['', ' \n\u3000', '\u200b\u200d', '\u3164', '\u0301\u0301', '\u2800\u2800']) {
      expect(whyIllegible(text), JSON.stringify(text)).toMatch(/no letters/);
    }
    expect(whyIllegible(`a${'\u0301'.repeat(7)}`)).toMatch(/6 marks/);
    for (const text of ['平安', '！', '👨‍👩‍👧‍👦', 'བསྒྲུབས', 'בְּרֵאשִׁ֖ית', 'ที่นี้', 'ệ', `a${'\u0301'.repeat(6)}`]) {
      expect(whyIllegible(text), text).toBeNull();
    }
  });

  const measure = (text: string): number => [...text].length;
  const box = { widthPx: 1_000, heightPx: 800, minPx: 50, maxPx: 200, leading: 1.4 };

  test('[ST23] pages are as few as the smallest letters allow, and as large as that many pages hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), (length) => {
        const text = '字'.repeat(length);
        const pages = pageText(text, box, measure);
        const least = Math.ceil(Math.ceil(length / 20) / Math.floor(800 / 70));
        expect(pages).toHaveLength(least);
        expect(pages.flatMap(({ lines }) => lines).join('')).toBe(text);
        for (const { lines, sizePx } of pages) {
          expect(sizePx).toBeGreaterThanOrEqual(50);
          expect(lines.length * sizePx * 1.4).toBeLessThanOrEqual(800);
          for (const line of lines) expect(line.length * sizePx).toBeLessThanOrEqual(1_000);
          // Letters hardly larger would need another page, unless they are as large as allowed.
          const larger = pageText(text, { ...box, minPx: sizePx + 4 }, measure);
          if (sizePx + 4 <= box.maxPx) expect(larger.length).toBeGreaterThan(least);
        }
      }),
    );
  });

  test('[ST35] an emergency message is never refused for its length, and each page stands long enough to be read', () => {
    const room = { widthPx: 1_000, heightPx: 800, durationMs: Number.POSITIVE_INFINITY };
    const plan = fitCard({ text: '请'.repeat(500), textEn: 'x'.repeat(500) }, room, 1_080, measure, 0.05);
    expect(plan).toHaveProperty('pages');
    expect(pageTimeMs(4)).toBe(6_000);
    expect(pageTimeMs(200)).toBeGreaterThanOrEqual(25_000);
  });

  test('[ST21] an English line is kept at its smallest size under small Chinese letters', () => {
    const room = { widthPx: 928, heightPx: 1_650, durationMs: 10_000 };
    const card = { text: '社区工作人员入户走访登记，'.repeat(6), textEn: 'Community workers visit homes. '.repeat(2) };
    const plan = fitCard(card, room, 1_080, (text) => [...text].length * (/[a-z]/.test(text) ? 0.5 : 1));
    if ('refused' in plan) throw new Error(plan.refused);
    expect(plan.pages).toHaveLength(1);
    expect(plan.pages[0]?.english?.sizePx).toBeGreaterThanOrEqual(Math.ceil(0.036 * 1_080));
  });
});
