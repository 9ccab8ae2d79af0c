/** Composes a slogan card: one picture where the text fits legibly, pages one after the other where it does not. */
import { type FittedText, fitText } from './fit-text.ts';
import { pageText } from './page-text.ts';
import type { Measure } from './set-lines.ts';

/** The words of a card; `textEn` stands beneath, smaller. */
export type CardText = { text: string; textEn: string | null };

/** Room for text in pixels, and how long the card shows. */
export type CardRoom = { widthPx: number; heightPx: number; durationMs: number };

/** One picture of a card. */
export type CardPage = { main: FittedText | null; english: FittedText | null };

/** The pages of a card (one: it fits as a whole), or why it cannot be shown. */
export type CardPlan = { pages: CardPage[] } | { refused: string };

/** Smallest size as a share of the screen's shorter side: 76 px on 1080, legible at 10 m on a screen of 55 inches. */
export const SMALLEST_SHARE = 0.07;
/** Smallest size of the English line, a companion for those who stand near. */
const SMALLEST_ENGLISH_SHARE = 0.036;
/** A page of a long text stands at least this long. */
const PAGE_MIN_MS = 3_000;

const LARGEST_SHARE = 0.27;
const LEADING = 1.3;
const ENGLISH_LEADING = 1.32;
/** Parts of the height tried for the English lines, in this order. */
const ENGLISH_PARTS = [0.24, 0.34, 0.44] as const;
/** The empty space between the two, as a share of the height. */
const GAP_PART = 0.1;

/** The plan of a card; `shortSidePx` is the screen's shorter side, of which `smallestShare` is the size of the smallest letters. */
export function fitCard(
  card: CardText,
  room: CardRoom,
  shortSidePx: number,
  measure: Measure,
  smallestShare = SMALLEST_SHARE,
): CardPlan {
  const minPx = Math.ceil(smallestShare * shortSidePx);
  const whole = fitWhole(card, room, shortSidePx, minPx, measure);
  if (whole !== null) return { pages: [whole] };
  const box = {
    widthPx: room.widthPx,
    heightPx: room.heightPx * 0.94,
    minPx,
    maxPx: LARGEST_SHARE * shortSidePx,
    leading: LEADING + 0.12,
  };
  const english = { ...box, minPx: Math.ceil(box.minPx * 0.7), leading: ENGLISH_LEADING + 0.08 };
  const pages: CardPage[] = [
    ...pageText(card.text, box, measure).map((main) => ({ main, english: null })),
    ...pageText(card.textEn ?? '', english, measure).map((page) => ({ main: null, english: page })),
  ];
  if (pages.length === 0) return { refused: 'the slogan has no letters to show' };
  const neededMs = pages.length * PAGE_MIN_MS;
  if (neededMs <= room.durationMs) return { pages };
  const length = [...card.text].length + [...(card.textEn ?? '')].length;
  return {
    refused: `${length} characters need ${pages.length} pages of ${PAGE_MIN_MS} ms, ${neededMs} ms in all; the slot has ${room.durationMs} ms`,
  };
}

function fitWhole(
  card: CardText,
  room: CardRoom,
  shortSidePx: number,
  minPx: number,
  measure: Measure,
): CardPage | null {
  const mainBox = { widthPx: room.widthPx, minPx, maxPx: LARGEST_SHARE * shortSidePx, leading: LEADING };
  const textEn = card.textEn?.trim() ?? '';
  if (textEn === '') {
    const main = fitText(card.text, { ...mainBox, heightPx: room.heightPx }, measure);
    return main === null ? null : { main, english: null };
  }
  for (const part of ENGLISH_PARTS) {
    const main = fitText(card.text, { ...mainBox, heightPx: room.heightPx * (1 - part - GAP_PART) }, measure);
    if (main === null) continue;
    const englishMinPx = Math.ceil(SMALLEST_ENGLISH_SHARE * shortSidePx);
    const englishBox = {
      widthPx: room.widthPx,
      heightPx: room.heightPx * part,
      minPx: englishMinPx,
      maxPx: Math.max(englishMinPx, Math.min(main.sizePx * 0.4, shortSidePx * 0.07)),
      leading: ENGLISH_LEADING,
    };
    const english = fitText(textEn, englishBox, measure);
    if (english !== null) return { main, english };
  }
  return null;
}
