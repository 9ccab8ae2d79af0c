/** The page: takes the two files, has them checked, shows what came of it. */
import { pickLanguage } from '../../console/i18n/languages.ts';
import type { CheckOutcome } from '../check/check-outcome.ts';
import { startCheck } from '../check/start-check.ts';
import { pageWords } from '../text/page-words.ts';
import { takeDrops } from './drops.ts';
import { element } from './element.ts';
import { type ChosenFiles, fileFields } from './file-fields.ts';
import { pageHead } from './page-head.ts';
import { outcomeText, type Work, workView } from './work-view.ts';

/** What the page is made with: where it is drawn, where its news are read out, its own script, and a clock. */
export type PageParts = { root: HTMLElement; live: HTMLElement; script: string; nowMs: () => number };

/** Opens the page. */
export function openPage({ root, live, script, nowMs }: PageParts): void {
  let language = pickLanguage(null, navigator.languages);
  let chosen: ChosenFiles = { bundle: null, policy: null };
  let work: Work = { kind: 'idle' };
  let openAll = (): void => {};

  function choose(files: Partial<ChosenFiles>): void {
    if (work.kind === 'checking') work.stop();
    chosen = { ...chosen, ...files };
    const { bundle, policy } = chosen;
    work = bundle && policy ? check(bundle, policy) : { kind: 'idle' };
    draw();
  }

  function check(bundle: File, policy: File): Work {
    const bar = element('progress', { max: '1', value: '0', 'aria-label': pageWords(language).checking });
    live.textContent = pageWords(language).checking;
    const onShare = (share: number): void => {
      bar.value = share;
    };
    const stop = startCheck(script, { bundle, policy }, { onShare, onOutcome });
    function onOutcome(outcome: CheckOutcome): void {
      work = { kind: 'ended', outcome, names: { bundle: bundle.name, policy: policy.name }, atMs: nowMs() };
      draw();
      live.textContent = outcomeText(outcome, language);
      document.getElementById('verdict')?.focus();
    }
    return { kind: 'checking', bar, stop };
  }

  function draw(): void {
    const words = pageWords(language);
    document.documentElement.lang = language;
    document.title = `${words.title} · 循播 Xunbo`;
    const focused = document.activeElement?.id ?? '';
    const head = pageHead(words, language, (next) => {
      language = next;
      draw();
    });
    const view = workView(work, language, () => choose({ bundle: null }));
    openAll = view.openAll;
    root.replaceChildren(head, element('main', {}, fileFields(chosen, words, choose), ...view.elements));
    if (focused !== '') document.getElementById(focused)?.focus();
  }

  window.addEventListener('beforeprint', () => openAll());
  takeDrops(choose, () => pageWords(language).dropHere);
  draw();
}
