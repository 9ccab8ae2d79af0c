/** What of a slogan can be read in its time: the stage's own limits, so that the editor can say so beforehand. */

/** Smallest letters of a card as a share of the screen's shorter side, and the largest; the English line beneath likewise. */
export const CARD_SHARES = { smallest: 0.07, largest: 0.27, englishSmallest: 0.036, englishLargest: 0.07 } as const;

/** A page of a card too long for one picture stands at least this long. */
export const PAGE_MIN_MS = 3000;

/** Letters of a ticker pass no faster than this many of their own widths a second. */
const FASTEST_EM_PER_S = 8;
const LARGE_SHARE = 0.24;
const LONG_SHARE = 0.17;
const LONG_EM = 60;

/** Size of a ticker's letters as a share of the shorter side; a long text is set smaller. */
export function tickerShare(textEm: number): number {
  return textEm > LONG_EM ? LONG_SHARE : LARGE_SHARE;
}

/** Least duration in whole seconds at which a ticker can be read on a screen of `aspect` (width by height). */
export function tickerNeedsSeconds(textEm: number, aspect: number): number {
  const widthEm = Math.max(aspect, 1) / tickerShare(textEm);
  return Math.max(3, Math.ceil((widthEm + textEm) / FASTEST_EM_PER_S));
}

/** About how wide a text is in em: full-width letters one, others a little over half. */
export function textWidthEm(text: string): number {
  let width = 0;
  for (const letter of text) width += /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]/u.test(letter) ? 1 : 0.56;
  return width;
}
