/** The report: a certificate to read, print and save. */
import type { BundleReport } from '../../../domain/bundle/bundle-report.ts';
import { bundleWords } from '../../../protocol/bundle-words.ts';
import type { Language } from '../../console/i18n/languages.ts';
import type { Checked } from '../check/check-outcome.ts';
import { pageWords } from '../text/page-words.ts';
import { button, element } from './element.ts';
import { reportCsv } from './report-csv.ts';
import { type CheckFacts, reportFacts } from './report-facts.ts';
import { reportTally } from './report-tally.ts';
import { saveFile } from './save-file.ts';
import { type ReportWords, type ScreenSection, screenSection } from './screen-section.ts';
import { PROOF_TONES, type Tone } from './verdict-mark.ts';

/** Screens are open from the start while they have no more dates than this together. */
const OPEN_DATES = 400;

/** A report as drawn; `openAll`: for paper, on which nothing is folded away. */
export type ReportView = { element: HTMLElement; openAll: () => void };

/** Draws the report on what was checked; `names`: of the two files. */
export function reportView(
  checked: Checked,
  names: { bundle: string; policy: string },
  { atMs, zone, language }: { atMs: number; zone: string; language: Language },
): ReportView {
  const { result, bundleSha, policySha, leftOut } = checked;
  const short = language === 'zh-CN' ? 'zh' : 'en';
  const words: ReportWords = { page: pageWords(language), found: bundleWords(short) };
  const { page, found } = words;
  const facts: CheckFacts = {
    bundle: { name: names.bundle, sha: bundleSha },
    policy: { name: names.policy, sha: policySha },
    atMs,
    zone,
  };
  const report = result.ok ? result.value : null;
  const verdict: VerdictWords = result.ok
    ? {
        tone: PROOF_TONES[result.value.verdict],
        name: found.proof[result.value.verdict],
        meaning: page.meaning[result.value.verdict],
      }
    : { tone: 'bad', name: page.rejected, meaning: page.rejectedFor(found.rejection[result.error]) };
  const sections = report?.screens.map((screen) => screenSection(screen, words)) ?? [];
  if (report) openFirst(report, sections);
  const article = element(
    'article',
    { class: 'v-report', 'aria-labelledby': 'verdict' },
    verdictBand(verdict, words),
    actions(checked, words, short),
    leftOut.length === 0 ? null : element('p', { class: 'v-note' }, page.leftOut(leftOut.join(', '))),
    reportFacts(report, facts, page),
    report && reportTally(report, words),
    report && element('section', { class: 'v-screens' }, ...sections.map((section) => section.element)),
    element('section', { class: 'v-part v-limits' }, element('h3', {}, page.limits), element('p', {}, page.limitsText)),
  );
  return {
    element: article,
    openAll: () => {
      for (const section of sections) section.open();
    },
  };
}

type VerdictWords = { tone: Tone; name: string; meaning: string };

const verdictBand = ({ tone, name, meaning }: VerdictWords, { page }: ReportWords): HTMLElement =>
  element(
    'header',
    { class: `v-verdict v-${tone}` },
    element('p', { class: 'v-kind' }, page.report),
    element('h2', { id: 'verdict', tabindex: '-1' }, name),
    element('p', {}, meaning),
  );

function openFirst({ screens }: BundleReport, sections: readonly ScreenSection[]): void {
  let dates = 0;
  for (const [k, section] of sections.entries()) {
    dates += screens[k]?.dates.length ?? 0;
    if (dates > OPEN_DATES) return;
    section.open();
  }
}

function actions({ result, bundleSha }: Checked, { page }: ReportWords, language: 'zh' | 'en'): HTMLElement {
  const name = `xunbo-verify-${bundleSha.slice(0, 12)}`;
  // The same text as of `xunbo verify --json`.
  const json = `${JSON.stringify(result.ok ? result.value : { rejected: result.error })}\n`;
  return element(
    'div',
    { class: 'v-actions' },
    button('print', page.print, () => window.print(), 'v-button v-button-first'),
    button('save-json', page.saveJson, () => saveFile(`${name}.json`, 'application/json', json)),
    result.ok
      ? button('save-csv', page.saveCsv, () => saveFile(`${name}.csv`, 'text/csv', reportCsv(result.value, language)))
      : null,
  );
}
