/** An emergency message over everything, the running ticker included, until it is taken back. */
import type { StageCommand } from '../../../protocol/stage.ts';
import { bilingual, element } from '../pages/element.ts';
import { TAKEOVER_WORDS } from '../pages/words.ts';
import type { StageSize } from '../stage/stage-frame.ts';
import { composeCard, turnCard } from '../text/compose-card.ts';
import { paintTheme } from '../theme/slogan-colours.ts';
import { pageTimeMs } from './page-time.ts';

/** The message of a `takeover` command. */
type Message = NonNullable<Extract<StageCommand, { type: 'takeover' }>['message']>;

/** Smallest letters as a share of the shorter side: 54 px on 1080. A message is longer than a slogan, and few pages are read to their end. */
const SMALLEST_SHARE = 0.05;

/** The overlay. */
export type Takeover = {
  /** Shows the message at once, or takes it back with null; the one that stands already is left as it is. */
  show(message: Message | null): void;
  /** Sets the text anew after a change of the stage's size. */
  layout(): void;
  /** Whether a message stands. */
  stands(): boolean;
};

/** Adds the overlay to `stage`, hidden. */
export function createTakeover(stage: HTMLElement, size: () => StageSize): Takeover {
  const card = element('article', 'card');
  const head = element('header', 'alarm', element('i', 'sign', '!'), bilingual('h1', 'label', TAKEOVER_WORDS));
  const overlay = element('section', 'takeover', head, card);
  stage.append(overlay);
  let standing: { message: Message; text: string } | null = null;
  let turning: ReturnType<typeof setTimeout> | undefined;

  const turnTo = (message: Message, page: number, pages: number): void => {
    turnCard(card, page);
    if (pages < 2) return;
    const letters = [...(card.children[page]?.textContent ?? '')].length;
    turning = setTimeout(() => turnTo(message, (page + 1) % pages, pages), pageTimeMs(letters));
  };
  const compose = (message: Message): void => {
    clearTimeout(turning);
    const room = { size: size(), durationMs: Number.POSITIVE_INFINITY, smallestShare: SMALLEST_SHARE };
    const composed = composeCard(card, message, room);
    // A message of blanks has nothing to set; its heading alone stands then.
    if ('refused' in composed) card.replaceChildren();
    else turnTo(message, 0, composed.pages);
  };

  return {
    show(message) {
      const text = JSON.stringify(message);
      if (message === null) {
        clearTimeout(turning);
        standing = null;
        overlay.removeAttribute('data-on');
        card.replaceChildren();
        return;
      }
      if (standing?.text === text) return;
      standing = { message, text };
      paintTheme(overlay, message.theme);
      overlay.setAttribute('data-on', '');
      compose(message);
    },
    layout: () => standing !== null && compose(standing.message),
    stands: () => standing !== null,
  };
}
