/** The screen's name and id over everything, so that somebody who stands before it can tell which one it is. */
import type { StageCommand } from '../../../protocol/stage.ts';
import { bilingual, element } from '../pages/element.ts';
import { IDENTIFY_WORDS } from '../pages/words.ts';
import type { StageSize } from '../stage/stage-frame.ts';
import { fitText } from '../text/fit-text.ts';
import { createMeasure } from '../text/measure-text.ts';

type Asked = Extract<StageCommand, { type: 'identify' }>;

/** The overlay. */
export type Identify = {
  /** Shows name and id for `forMs` from now; a later one replaces it. */
  show(asked: Asked): void;
  /** Sets the text anew after a change of the stage's size. */
  layout(): void;
};

/** Adds the overlay to `stage`, hidden. */
export function createIdentify(stage: HTMLElement, size: () => StageSize): Identify {
  const overlay = element('section', 'identify');
  stage.append(overlay);
  let standing: Asked | null = null;
  let vanishing: ReturnType<typeof setTimeout> | undefined;

  const compose = (asked: Asked): void => {
    const { widthPx, heightPx } = size();
    const shortSidePx = Math.min(widthPx, heightPx);
    const box = { widthPx: widthPx * 0.86, minPx: shortSidePx * 0.03, leading: 1.25 };
    const name = setLines('name', asked.name || asked.id, 700, {
      ...box,
      heightPx: heightPx * 0.5,
      maxPx: shortSidePx * 0.3,
    });
    const id = setLines('id', asked.id, 400, { ...box, heightPx: heightPx * 0.2, maxPx: shortSidePx * 0.08 });
    overlay.replaceChildren(bilingual('h1', 'label', IDENTIFY_WORDS), name, id);
  };

  return {
    show(asked) {
      clearTimeout(vanishing);
      standing = asked;
      compose(asked);
      overlay.setAttribute('data-on', '');
      vanishing = setTimeout(() => {
        standing = null;
        overlay.removeAttribute('data-on');
        overlay.replaceChildren();
      }, asked.forMs);
    },
    layout: () => standing !== null && compose(standing),
  };
}

/** The text as large as the box allows; what fits in no size is left to the style sheet, which breaks it anywhere. */
function setLines(className: string, text: string, weight: number, box: Parameters<typeof fitText>[1]): HTMLElement {
  const block = element('p', className);
  const fitted = fitText(text, box, createMeasure(weight));
  block.style.fontSize = `${fitted?.sizePx ?? box.minPx}px`;
  for (const line of fitted?.lines ?? [text]) block.append(element('span', 'line', line));
  return block;
}
