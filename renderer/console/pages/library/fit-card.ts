/** Finds the largest letters at which a card's text fills its room, by trying sizes on the page itself. */
import { CARD_SHARES } from './slogan-limits.ts';

/** The parts of a card: the room, the Chinese text, the English line beneath it. */
export type CardParts = { room: HTMLElement; main: HTMLElement; english: HTMLElement | null };

/** How many pictures the text takes: 1 where it fits at a legible size, else about how many pages the stage makes of it. */
export type CardFit = { pages: number };

const TRIES = 11;
/** Lines that end within a phrase must win this much size to be worth it. */
const ROUGH_GAIN = 1.2;

/** Sets the sizes of the texts; `shortSidePx` is the shorter side of the screen shown. */
export function fitCard(parts: CardParts, shortSidePx: number): CardFit {
  keepPhrases(parts, true);
  const smoothPx = largestSize(parts, shortSidePx);
  keepPhrases(parts, false);
  const roughPx = largestSize(parts, shortSidePx);
  if (roughPx === null) {
    setSizes(parts, CARD_SHARES.smallest * shortSidePx, shortSidePx);
    const pages = Math.ceil((parts.room.scrollHeight / Math.max(1, parts.room.clientHeight)) * 1.1);
    return { pages: Math.max(2, pages) };
  }
  const isSmooth = smoothPx !== null && roughPx < smoothPx * ROUGH_GAIN;
  keepPhrases(parts, isSmooth);
  setSizes(parts, isSmooth ? smoothPx : roughPx, shortSidePx);
  return { pages: 1 };
}

function largestSize(parts: CardParts, shortSidePx: number): number | null {
  let low = CARD_SHARES.smallest * shortSidePx;
  let high = CARD_SHARES.largest * shortSidePx;
  if (!fitsAt(parts, low, shortSidePx)) return null;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const middle = (low + high) / 2;
    if (fitsAt(parts, middle, shortSidePx)) low = middle;
    else high = middle;
  }
  return low;
}

function fitsAt(parts: CardParts, sizePx: number, shortSidePx: number): boolean {
  setSizes(parts, sizePx, shortSidePx);
  const { room, main } = parts;
  return room.scrollHeight <= room.clientHeight && main.scrollWidth <= main.clientWidth;
}

function setSizes({ main, english }: CardParts, sizePx: number, shortSidePx: number): void {
  main.style.fontSize = `${sizePx}px`;
  if (!english) return;
  const wishedPx = Math.min(sizePx * 0.4, CARD_SHARES.englishLargest * shortSidePx);
  english.style.fontSize = `${Math.max(wishedPx, CARD_SHARES.englishSmallest * shortSidePx)}px`;
}

/** With `keep`, lines end between phrases only. */
function keepPhrases({ main }: CardParts, keep: boolean): void {
  main.toggleAttribute('data-phrases', keep);
}
