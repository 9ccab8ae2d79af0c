/** Puts the text of a slogan into an element as one picture or as pages, set as large as its padding leaves room for. */
import type { StageSize } from '../stage/stage-frame.ts';
import { type CardPage, type CardText, fitCard, SMALLEST_SHARE } from './fit-card.ts';
import type { FittedText } from './fit-text.ts';
import { createMeasure } from './measure-text.ts';
import { halfMark } from './set-lines.ts';

const WEIGHT = 700;
/** More lines than this are set flush, since the eye must find the next line's beginning. */
const CENTRED_LINES = 4;

/** `size`: the stage's; `durationMs`: how long it stands; `smallestShare`: the smallest letters, as a share of the stage's shorter side. */
export type ComposeRoom = { size: StageSize; durationMs: number; smallestShare?: number };

/** Replaces what `card` holds. Gives how many pages it has now, none of them turned to yet, or why the text cannot be shown (then nothing is touched). */
export function composeCard(
  card: HTMLElement,
  text: CardText,
  { size, durationMs, smallestShare = SMALLEST_SHARE }: ComposeRoom,
): { pages: number } | { refused: string } {
  const shortSidePx = Math.min(size.widthPx, size.heightPx);
  const plan = fitCard(text, { ...textRoom(card), durationMs }, shortSidePx, createMeasure(WEIGHT), smallestShare);
  if ('refused' in plan) return plan;
  card.replaceChildren(...plan.pages.map((one, at) => renderPage(one, at, plan.pages.length)));
  return { pages: plan.pages.length };
}

/** Shows the page `to` of a composed card and hides the others. */
export function turnCard(card: HTMLElement, to: number): void {
  for (const [at, child] of [...card.children].entries()) child.toggleAttribute('data-turned', at === to);
}

/** The room left by the card's padding, which the style sheet keeps clear of edges and of the running ticker. */
function textRoom(card: HTMLElement): { widthPx: number; heightPx: number } {
  const style = getComputedStyle(card);
  const across = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
  const down = Number.parseFloat(style.paddingTop) + Number.parseFloat(style.paddingBottom);
  return { widthPx: card.clientWidth - across, heightPx: card.clientHeight - down };
}

function renderPage(page: CardPage, at: number, of: number): HTMLElement {
  const element = document.createElement('div');
  const isLong = of > 1 || (page.main?.lines.length ?? 0) > CENTRED_LINES;
  element.className = isLong ? 'page long' : 'page';
  element.toggleAttribute('data-paged', of > 1);
  if (page.main !== null) element.append(renderText(page.main, 'zh'));
  if (page.main !== null && page.english !== null) {
    const rule = document.createElement('hr');
    element.append(rule);
  }
  if (page.english !== null) element.append(renderText(page.english, 'en'));
  if (of > 1) {
    const number = document.createElement('footer');
    number.textContent = `${at + 1} / ${of}`;
    element.append(number);
  }
  return element;
}

function renderText(text: FittedText, lang: 'zh' | 'en'): HTMLElement {
  const block = document.createElement('p');
  block.className = lang;
  block.dir = 'auto';
  block.style.fontSize = `${text.sizePx}px`;
  for (const line of text.lines) {
    const row = document.createElement('span');
    row.className = 'line';
    const half = halfMark(line);
    row.textContent = line.slice(0, line.length - half.length);
    if (half !== '') {
      const mark = document.createElement('span');
      mark.className = 'half';
      mark.textContent = half;
      row.append(mark);
    }
    block.append(row);
  }
  return block;
}
