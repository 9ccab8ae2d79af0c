/** The calm pages over the stage: nothing due, and pairing. Dark, and slowly drifting so that nothing burns in. */
import type { StageCommand } from '../../../protocol/stage.ts';
import { bilingual, element } from './element.ts';
import { groupCode } from './group-code.ts';
import { type Bilingual, IDLE_WORDS, type IdleReason, PAIRING_WORDS } from './words.ts';

/** What the pairing page says. */
export type PairingNotice = Pick<Extract<StageCommand, { type: 'pairing' }>, 'code' | 'server' | 'device'>;

/** The house pages of the stage. */
export type House = {
  showIdle(reason: IdleReason): void;
  showPairing(notice: PairingNotice): void;
  hide(): void;
};

/** Adds the pages to `stage`; what shows first is the page of a player that is getting ready. */
export function createHouse(stage: HTMLElement): House {
  const house = element('section', 'house');
  stage.append(house);
  const put = (kind: string, ...children: Node[]): void => {
    house.className = `house ${kind}`;
    house.replaceChildren(element('div', 'drift', ...children), brand());
    house.toggleAttribute('data-on', true);
  };
  const showIdle = (reason: IdleReason): void => {
    const { head, more } = IDLE_WORDS[reason];
    put('idle', ring(), bilingual('h1', 'head', head), bilingual('p', 'more', more));
  };
  showIdle('loading');
  return {
    showIdle,
    showPairing: (notice) => put('pairing', ...pairing(notice)),
    hide() {
      if (!house.hasAttribute('data-on')) return;
      house.removeAttribute('data-on');
      house.replaceChildren();
    },
  };
}

function pairing({ code, server, device }: PairingNotice): Node[] {
  const groups = groupCode(code).map((group) => element('span', 'group', group));
  const letters = groups.reduce((sum, group) => sum + [...(group.textContent ?? '')].length, 0);
  const codeLine = element('p', 'code', ...groups);
  codeLine.style.setProperty('--letters', String(Math.max(4, letters + (groups.length - 1) * 0.6)));
  const steps = PAIRING_WORDS.steps.map((step, index) => {
    const item = bilingual('li', 'step', step);
    item.prepend(element('b', 'number', String(index + 1)));
    return item;
  });
  const named = (label: Bilingual, text: string): Node =>
    element('p', 'server', bilingual('span', 'label', label), element('code', 'address', text));
  return [
    bilingual('h1', 'head', PAIRING_WORDS.head),
    bilingual('p', 'label', PAIRING_WORDS.code),
    codeLine,
    named(PAIRING_WORDS.server, server),
    named(PAIRING_WORDS.key, fingerprint(device)),
    element('ol', 'steps', ...steps),
  ];
}

/** As many characters of the key's id as reports of a bundle name a player by, in fours. */
const fingerprint = (device: string): string =>
  device
    .slice(0, 16)
    .match(/.{1,4}/g)
    ?.join(' ') ?? '';

function brand(): HTMLElement {
  return element('footer', 'brand', element('span', 'zh', '循播'), element('span', 'en', 'Xunbo'));
}

/** A ring that closes and opens again: the sign of the loop, and the page's slow breath. */
function ring(): HTMLElement {
  return element('div', 'ring', element('i', 'arc'), element('i', 'dot'));
}
