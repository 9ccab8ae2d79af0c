/** A slogan card on the stage: typeset for reading from a distance, in one picture or in pages. */
import type { StageContent } from '../../../protocol/stage.ts';
import { StageFailure } from '../stage/stage-failure.ts';
import { type CardPage, fitCard } from '../text/fit-card.ts';
import type { FittedText } from '../text/fit-text.ts';
import { createMeasure } from '../text/measure-text.ts';
import { halfMark } from '../text/set-lines.ts';
import { paintTheme } from '../theme/slogan-colours.ts';
import type { Exhibit } from './exhibit.ts';

/** What a card needs. */
export type CardDeps = {
  place: HTMLElement;
  slogan: Extract<StageContent, { type: 'card' }>;
  durationMs: number;
};

const WEIGHT = 700;
/** More lines than this are set flush, since the eye must find the next line's beginning. */
const CENTRED_LINES = 4;

/** The card as content of a layer. */
export function createCard({ place, slogan, durationMs }: CardDeps): Exhibit {
  const card = document.createElement('article');
  card.className = 'card';
  paintTheme(card, slogan.theme);
  let turning: ReturnType<typeof setInterval> | undefined;
  let page = 0;

  const compose = (): void => {
    const shortSidePx = Math.min(window.innerWidth, window.innerHeight);
    const room = { ...textRoom(card), durationMs };
    const plan = fitCard(slogan, room, shortSidePx, createMeasure(WEIGHT));
    if ('refused' in plan) throw new StageFailure('unsupported', plan.refused);
    card.replaceChildren(...plan.pages.map((one, at) => renderPage(one, at, plan.pages.length)));
    turnTo(Math.min(page, plan.pages.length - 1));
  };
  const turnTo = (to: number): void => {
    page = to;
    for (const [at, child] of [...card.children].entries()) child.toggleAttribute('data-turned', at === to);
  };

  return {
    moving: false,
    async prepare() {
      place.replaceChildren(card);
      compose();
    },
    start() {
      const pages = card.children.length;
      if (pages < 2) return;
      turning = setInterval(() => page < pages - 1 && turnTo(page + 1), durationMs / pages);
    },
    endsAtMs: () => null,
    layout: compose,
    count: () => ({ frames: 1, dropped: 0 }),
    stop: () => clearInterval(turning),
  };
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
