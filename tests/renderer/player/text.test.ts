/** The stage's typesetting: line ends, sizes, pages, colours. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SLOGAN_THEMES } from '../../../domain/catalogue/content.ts';
import { fitCard, SMALLEST_SHARE } from '../../../renderer/player/text/fit-card.ts';
import { fitText } from '../../../renderer/player/text/fit-text.ts';
import { balanceLines, fillLines } from '../../../renderer/player/text/set-lines.ts';
import { cutPieces, splitText } from '../../../renderer/player/text/split-text.ts';
import { tickerPass } from '../../../renderer/player/text/ticker-pass.ts';
import { SLOGAN_COLOURS } from '../../../renderer/player/theme/slogan-colours.ts';

/** One em for wide letters, half for Latin ones. */
const measure = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/u.test(letter) ? 1 : 0.5), 0);
const LANDSCAPE = { widthPx: 1650, heightPx: 930, durationMs: 10_000 };
const PORTRAIT = { widthPx: 928, heightPx: 1650, durationMs: 10_000 };

const linesOf = (text: string, room = LANDSCAPE): string[] => {
  const plan = fitCard({ text, textEn: null }, room, 1080, measure);
  if ('refused' in plan) throw new Error(plan.refused);
  return plan.pages.flatMap((page) => page.main?.lines ?? []);
};

describe('lines', () => {
  test('[ST22] a slogan of two phrases is set in its two phrases', () => {
    expect(linesOf('入户听民声，服务暖民心')).toEqual(['入户听民声，', '服务暖民心']);
    expect(linesOf('入户听民声，服务暖民心', PORTRAIT)).toEqual(['入户听民声，', '服务暖民心']);
    expect(linesOf('消防通道 禁止占用')).toEqual(['消防通道', '禁止占用']);
  });

  test('[ST22] a closing mark after a blank stays with what it closes', () => {
    expect(fillLines(splitText('租租租 》租'), 4, measure).every((line) => !line.startsWith('》'))).toBe(true);
  });

  test('[ST22] a written line end is kept', () => {
    expect(linesOf('第一行\n第二行很长很长很长')[0]).toBe('第一行');
  });

  test('[ST22] no line begins with a closing mark or ends with an opening one, whatever the text', () => {
    const letters = fc.constantFrom(...'租房登记人口平安《》（）“”，。、！？：；0123456789abc …—%');
    fc.assert(
      fc.property(
        fc.string({ unit: letters, minLength: 1, maxLength: 120 }),
        fc.integer({ min: 4, max: 30 }),
        (raw, width) => {
          const text = raw.replace(/^[^\p{L}\d]+/u, '').trim();
          fc.pre(text !== '');
          for (const line of fillLines(splitText(text), width, measure).slice(1)) {
            expect(line).not.toMatch(/^[，。、！？：；）》”%…—]/u);
          }
          for (const line of fillLines(splitText(text), width, measure).slice(0, -1)) {
            expect(line).not.toMatch(/[（《“]$/u);
          }
        },
      ),
    );
  });

  test('[ST22] balancing keeps every letter, in order', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80 }), fc.integer({ min: 1, max: 6 }), (text, count) => {
        const set = balanceLines(splitText(text), count, measure);
        if (set === null) return;
        expect(set.lines).toHaveLength(count);
        expect(set.lines.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
      }),
    );
  });

  test('[ST22] an endless word is cut between characters, never within one', () => {
    const family = '👨‍👩‍👧‍👦';
    const parts = cutPieces([{ text: family.repeat(9), end: 'must', space: false }], 8, measure);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part.text.replaceAll(family, '')).toBe('');
  });
});

describe('sizes', () => {
  test('[ST21] the fitted text fills the box and stays inside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'人民平安，登记 a'), minLength: 1, maxLength: 60 }), (raw) => {
        const text = `安${raw}`;
        const box = { widthPx: 1650, heightPx: 930, minPx: 60, maxPx: 290, leading: 1.3 };
        const fitted = fitText(text, box, measure);
        if (fitted === null) return;
        expect(fitted.lines.length * fitted.sizePx * box.leading).toBeLessThanOrEqual(box.heightPx + 1);
        for (const line of fitted.lines) {
          const cut = /[，]$/u.test(line) ? 0.5 : 0;
          expect((measure(line) - cut) * fitted.sizePx).toBeLessThanOrEqual(box.widthPx + 1);
        }
      }),
    );
  });

  test('[ST21] no card is set smaller than can be read at 10 m', () => {
    for (const length of [1, 8, 20, 60, 120]) {
      const plan = fitCard(
        { text: '登记备案。'.repeat(length), textEn: null },
        { ...LANDSCAPE, durationMs: 1e6 },
        1080,
        measure,
      );
      if ('refused' in plan) throw new Error(plan.refused);
      for (const page of plan.pages) expect(page.main?.sizePx).toBeGreaterThanOrEqual(SMALLEST_SHARE * 1080);
    }
  });

  test('[ST23] a long text is paged in full, or refused with the time it needs', () => {
    const text = '出租人应当登记备案。'.repeat(60);
    const refused = fitCard({ text, textEn: null }, { ...LANDSCAPE, durationMs: 5_000 }, 1080, measure);
    if (!('refused' in refused)) throw new Error('not refused');
    const neededMs = Number(/(\d+) ms in all/.exec(refused.refused)?.[1]);
    const plan = fitCard({ text, textEn: null }, { ...LANDSCAPE, durationMs: neededMs }, 1080, measure);
    if ('refused' in plan) throw new Error(plan.refused);
    expect(plan.pages.length * 3_000).toBe(neededMs);
    expect(plan.pages.flatMap((page) => page.main?.lines ?? []).join('')).toBe(text);
  });

  test('[ST23] 5,000 characters are planned within a second', () => {
    const startMs = performance.now();
    expect(fitCard({ text: '字'.repeat(5_000), textEn: null }, LANDSCAPE, 1080, measure)).toHaveProperty('refused');
    expect(performance.now() - startMs).toBeLessThan(1_000);
  });

  test('[ST26] a ticker passes legibly or is refused with the time it needs', () => {
    const input = { textEm: 40, widthPx: 1920, heightPx: 1080, durationMs: 15_000 };
    expect(tickerPass(input)).toMatchObject({ sizePx: 259 });
    const refused = tickerPass({ ...input, durationMs: 2_000 });
    if (!('refused' in refused)) throw new Error('not refused');
    const neededMs = Number(/needs (\d+) ms/.exec(refused.refused)?.[1]);
    expect(tickerPass({ ...input, durationMs: neededMs })).toHaveProperty('sizePx');
    expect(tickerPass({ ...input, durationMs: neededMs - 1 })).toHaveProperty('refused');
  });
});

/** Relative luminance and contrast after WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test.each([...SLOGAN_THEMES])('[ST24] theme %s: text and accent stand out at 7:1', (theme) => {
  const { ground, deep, text, accent } = SLOGAN_COLOURS[theme];
  for (const front of [text, accent]) {
    for (const back of [ground, deep]) {
      const [low = 0, high = 0] = [luminance(front), luminance(back)].sort((one, other) => one - other);
      expect((high + 0.05) / (low + 0.05), `${front} on ${back}`).toBeGreaterThanOrEqual(7);
    }
  }
});
