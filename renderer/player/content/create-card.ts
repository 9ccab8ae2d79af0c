/** A slogan card on the stage: typeset for reading from a distance, in one picture or in pages. */
import type { StageContent } from '../../../protocol/stage.ts';
import { StageFailure } from '../stage/stage-failure.ts';
import type { StageSize } from '../stage/stage-frame.ts';
import { composeCard, turnCard } from '../text/compose-card.ts';
import { whyIllegible } from '../text/legible-text.ts';
import { paintTheme } from '../theme/slogan-colours.ts';
import type { Exhibit } from './exhibit.ts';

/** What a card needs; `size` is the stage's. */
export type CardDeps = {
  place: HTMLElement;
  size(): StageSize;
  slogan: Extract<StageContent, { type: 'card' }>;
  durationMs: number;
};

/** The card as content of a layer. */
export function createCard({ place, size, slogan, durationMs }: CardDeps): Exhibit {
  const card = document.createElement('article');
  card.className = 'card';
  paintTheme(card, slogan.theme);
  let turning: ReturnType<typeof setInterval> | undefined;
  let page = 0;

  const compose = (): void => {
    const composed = composeCard(card, slogan, { size: size(), durationMs });
    if ('refused' in composed) throw new StageFailure('unsupported', composed.refused);
    page = Math.min(page, composed.pages - 1);
    turnCard(card, page);
  };

  return {
    moving: false,
    async prepare() {
      const illegible = whyIllegible(slogan.text);
      if (illegible !== null) throw new StageFailure('unsupported', illegible);
      place.replaceChildren(card);
      compose();
    },
    ahead: null,
    start() {
      const pages = card.children.length;
      if (pages < 2) return;
      turning = setInterval(() => {
        if (page >= card.children.length - 1) return;
        page += 1;
        turnCard(card, page);
      }, durationMs / pages);
    },
    endsAtMs: () => null,
    layout: compose,
    count: () => ({ frames: 1, dropped: 0 }),
    stop: () => clearInterval(turning),
  };
}
