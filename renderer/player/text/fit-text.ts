/** Finds the largest size, and the lines, at which a whole text fits a box. */
import { balanceLines, type Measure } from './set-lines.ts';
import { cutPieces, splitText } from './split-text.ts';

/** The box and the sizes allowed, in pixels; `leading` is the line height as a multiple of the size. */
export type TextBox = { widthPx: number; heightPx: number; minPx: number; maxPx: number; leading: number };

/** Lines of text at a size. */
export type FittedText = { lines: string[]; sizePx: number };

/** More lines than this are no longer taken in at a glance; the text is paged then. */
const MOST_LINES = 12;
/** A line that ends within a phrase must win this much size to be worth it. */
const ROUGH_COST = 0.45;

/** The text fitted into the box, or null where it does not fit at the smallest size. */
export function fitText(text: string, box: TextBox, measure: Measure): FittedText | null {
  const widestEm = box.widthPx / box.minPx;
  const pieces = cutPieces(splitText(text), widestEm, measure);
  if (pieces.length === 0) return null;
  const totalEm = measure(text.replace(/\n/g, ''));
  let best: (FittedText & { score: number }) | null = null;
  const most = Math.min(MOST_LINES, Math.floor(box.heightPx / (box.minPx * box.leading)));
  const least = Math.max(1, Math.floor(totalEm / widestEm / 1.3));
  for (let count = least; count <= most; count += 1) {
    const set = balanceLines(pieces, count, measure);
    if (set === null) continue;
    const byHeightPx = box.heightPx / (count * box.leading);
    const sizePx = Math.floor(Math.min(box.maxPx, byHeightPx, box.widthPx / Math.max(set.widestEm, 0.1)));
    if (sizePx < box.minPx) continue;
    const score = sizePx * (1 - Math.min(0.6, (ROUGH_COST * set.rough) / Math.sqrt(count))) - count * 0.001;
    if (best === null || score > best.score) best = { lines: set.lines, sizePx, score };
  }
  return best === null ? null : { lines: best.lines, sizePx: best.sizePx };
}
