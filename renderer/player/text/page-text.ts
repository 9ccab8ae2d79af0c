/** Deals a text too long for one picture out over pages at the smallest legible size. */

import type { FittedText, TextBox } from './fit-text.ts';
import { fillLines, type Measure } from './set-lines.ts';
import { cutPieces, splitText } from './split-text.ts';

/** The pages in order, filled evenly; empty for an empty text. */
export function pageText(text: string, box: TextBox, measure: Measure): FittedText[] {
  const widthEm = box.widthPx / box.minPx;
  const lines = fillLines(cutPieces(splitText(text), widthEm, measure), widthEm, measure);
  const most = Math.max(1, Math.floor(box.heightPx / (box.minPx * box.leading)));
  const pages = Math.ceil(lines.length / most);
  const perPage = Math.ceil(lines.length / Math.max(1, pages));
  return Array.from({ length: pages }, (_, page) => ({
    lines: lines.slice(page * perPage, (page + 1) * perPage),
    sizePx: box.minPx,
  }));
}
