/** Finds the largest letters at which a card's text fills its room, by trying sizes on the page itself. */
import { CARD_SHARES } from './slogan-limits.ts';

/** The parts of a card: the room, the Chinese text, the English line beneath it. */
export type CardParts = { room: HTMLElement; main: HTMLElement; english: HTMLElement | null };

/** How many pictures the text takes: 1 where it fits at a legible size, else about how many pages the stage makes of it. */
export type CardFit = { pages: number };

const TRIES = 11;

/** Sets the sizes of the texts; `shortSidePx` is the shorter side of the screen shown. */
export function fitCard(parts: CardParts, shortSidePx: number): CardFit {
  let low = CARD_SHARES.smallest * shortSidePx;
  let high = CARD_SHARES.largest * shortSidePx;
  if (!fitsAt(parts, low, shortSidePx)) {
    const pages = Math.ceil((parts.room.scrollHeight / Math.max(1, parts.room.clientHeight)) * 1.1);
    return { pages: Math.max(2, pages) };
  }
  for (let tried = 0; tried < TRIES; tried += 1) {
    const middle = (low + high) / 2;
    if (fitsAt(parts, middle, shortSidePx)) low = middle;
    else high = middle;
  }
  fitsAt(parts, low, shortSidePx);
  return { pages: 1 };
}

function fitsAt({ room, main, english }: CardParts, sizePx: number, shortSidePx: number): boolean {
  main.style.fontSize = `${sizePx}px`;
  if (english) {
    const wished = Math.min(sizePx * 0.4, CARD_SHARES.englishLargest * shortSidePx);
    english.style.fontSize = `${Math.max(wished, CARD_SHARES.englishSmallest * shortSidePx)}px`;
  }
  return room.scrollHeight <= room.clientHeight && main.scrollWidth <= main.clientWidth;
}
