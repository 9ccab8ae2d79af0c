/** Deals a text too long for one picture out over as few pages as legible letters allow, as large as that many pages hold. */

import type { FittedText, TextBox } from './fit-text.ts';
import { fillLines, type Measure } from './set-lines.ts';
import { cutPieces, type Piece, splitText } from './split-text.ts';

/** Tries to find the size; each halves the span in which it lies. */
const TRIES = 6;

/** The pages in order, filled evenly; empty for an empty text. */
export function pageText(text: string, box: TextBox, measure: Measure): FittedText[] {
  const pieces = splitText(text);
  let best = dealOut(pieces, box.minPx, box, measure);
  let low = box.minPx;
  let high = Math.max(box.minPx, box.maxPx);
  for (let tried = 0; tried < TRIES && high - low > 1; tried += 1) {
    const sizePx = Math.floor((low + high) / 2);
    const pages = dealOut(pieces, sizePx, box, measure);
    if (pages.length <= best.length) {
      best = pages;
      low = sizePx;
    } else {
      high = sizePx;
    }
  }
  return best;
}

function dealOut(pieces: readonly Piece[], sizePx: number, box: TextBox, measure: Measure): FittedText[] {
  const widthEm = box.widthPx / sizePx;
  const lines = fillLines(cutPieces(pieces, widthEm, measure), widthEm, measure);
  const most = Math.max(1, Math.floor(box.heightPx / (sizePx * box.leading)));
  const pages = Math.ceil(lines.length / most);
  const perPage = Math.ceil(lines.length / Math.max(1, pages));
  return Array.from({ length: pages }, (_, page) => ({
    lines: lines.slice(page * perPage, (page + 1) * perPage),
    sizePx,
  }));
}
