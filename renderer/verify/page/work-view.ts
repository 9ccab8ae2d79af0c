/** What the page is doing, or has done, below the files. */
import { bundleWords } from '../../../protocol/bundle-words.ts';
import type { Language } from '../../console/i18n/languages.ts';
import type { CheckOutcome } from '../check/check-outcome.ts';
import { pageWords } from '../text/page-words.ts';
import { button, element } from './element.ts';
import { reportView } from './report-view.ts';

/** What is under way. `names`: of the files checked; `atMs`: when it ended. */
export type Work =
  | { kind: 'idle' }
  | { kind: 'checking'; bar: HTMLProgressElement; stop: () => void }
  | { kind: 'ended'; outcome: CheckOutcome; names: { bundle: string; policy: string }; atMs: number };

/** As drawn; `openAll`: for paper, on which nothing is folded away. */
export type WorkView = { elements: HTMLElement[]; openAll: () => void };

/** Draws it; `onStop` when the person stops the check. */
export function workView(work: Work, language: Language, onStop: () => void): WorkView {
  const words = pageWords(language);
  const plain = (...elements: HTMLElement[]): WorkView => ({ elements, openAll: () => {} });
  switch (work.kind) {
    case 'idle':
      return plain();
    case 'checking': {
      const stop = button('stop', words.stop, onStop);
      return plain(element('section', { class: 'v-checking' }, element('span', {}, words.checking), work.bar, stop));
    }
    case 'ended': {
      const { outcome, names, atMs } = work;
      if (outcome.kind === 'checked') {
        const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
        const { element: report, openAll } = reportView(outcome, names, { atMs, zone, language });
        return { elements: [report], openAll };
      }
      const head = element('h2', { id: 'verdict', tabindex: '-1' }, words.unchecked);
      return plain(element('section', { class: 'v-failure' }, head, element('p', {}, words.failure(outcome))));
    }
  }
}

/** What is read out at the end. */
export function outcomeText(outcome: CheckOutcome, language: Language): string {
  const words = pageWords(language);
  if (outcome.kind !== 'checked') return `${words.unchecked}: ${words.failure(outcome)}`;
  const found = bundleWords(language === 'zh-CN' ? 'zh' : 'en');
  const { result } = outcome;
  return result.ok ? found.proof[result.value.verdict] : `${words.rejected}: ${found.rejection[result.error]}`;
}
