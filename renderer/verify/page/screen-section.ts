/** A screen in the report: its players, and every date with evidence, promises and remarks. */
import type { BundleReport, ReportedDate, ReportedDevice } from '../../../domain/bundle/bundle-report.ts';
import { worstVerdict } from '../../../domain/bundle/finding.ts';
import type { ProvedPromise } from '../../../domain/bundle/judge-screen-date.ts';
import type { BundleWords } from '../../../protocol/bundle-words.ts';
import { dayClock, instantText } from '../text/clock-text.ts';
import type { PageWords } from '../text/page-words.ts';
import { element } from './element.ts';
import { PROMISE_TONES, PROOF_TONES, verdictMark } from './verdict-mark.ts';

/** Both kinds of words, of one language. */
export type ReportWords = { page: PageWords; found: BundleWords };

/** A section, and what opens it with all that is in it at once. */
export type ScreenSection = { element: HTMLElement; open: () => void };

/** The section; what is in it is drawn when it is first opened, since a report may have thousands of dates. */
export function screenSection(
  { screen, devices, dates }: BundleReport['screens'][number],
  words: ReportWords,
): ScreenSection {
  const verdict = worstVerdict(dates.map(({ proof }) => proof));
  const zone = dates.find(({ timeZone }) => timeZone !== null)?.timeZone ?? 'UTC';
  const section = element(
    'details',
    { class: 'v-screen' },
    element(
      'summary',
      {},
      element('h3', {}, element('span', { class: 'v-soft' }, `${words.page.screen} `), screen),
      verdictMark(PROOF_TONES[verdict], words.found.proof[verdict]),
    ),
  );
  function fillSection(): void {
    if (section.childElementCount > 1) return;
    section.append(
      element('ul', { class: 'v-devices' }, ...deviceLines(devices, words, zone)),
      dateTable(dates, words),
    );
  }
  section.addEventListener('toggle', fillSection);
  function open(): void {
    // The event comes too late for paper.
    fillSection();
    section.open = true;
  }
  return { element: section, open };
}

function deviceLines(devices: readonly ReportedDevice[], { page, found }: ReportWords, zone: string): HTMLElement[] {
  const lines = devices.map(({ device, assurance, enrolledAtMs, signedBy }) =>
    element(
      'li',
      {},
      `${page.player} `,
      element('span', { class: 'v-hash' }, device),
      element('div', {}, page.standing(found.assurance[assurance], instantText(enrolledAtMs, zone))),
      signedBy && element('div', { class: signedBy.length > 0 ? '' : 'v-missing' }, page.signedBy(signedBy)),
    ),
  );
  const none = devices.length === 0 ? [element('li', {}, page.noDevice)] : [];
  return [...lines, ...none, element('li', { class: 'v-soft' }, page.timesIn(zone))];
}

function dateTable(dates: readonly ReportedDate[], words: ReportWords): HTMLElement {
  const { page } = words;
  const heads = [page.date, page.evidence, page.signedWithin, page.promises, page.findings];
  return element(
    'table',
    { class: 'v-dates' },
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, ...dates.map((date) => dateRow(date, words))),
  );
}

function dateRow(date: ReportedDate, { page, found }: ReportWords): HTMLElement {
  const clock = dayClock(date.date, date.timeZone ?? 'UTC');
  const cell = (label: string, ...content: Node[]): HTMLElement =>
    element('td', {}, element('span', { class: 'v-cell-name', 'aria-hidden': 'true' }, label), ...content);
  const remarks = date.findings.map((finding) => element('li', {}, found.finding(finding, clock)));
  const within = date.widestMs === null ? '–' : found.span(date.widestMs);
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, date.date),
    cell(page.evidence, verdictMark(PROOF_TONES[date.proof], found.proof[date.proof])),
    cell(page.signedWithin, element('span', {}, within)),
    cell(
      page.promises,
      date.promises.length === 0
        ? element('span', { class: 'v-soft' }, page.noPromises)
        : element('ul', {}, ...date.promises.map((promise) => promiseLine(promise, { page, found }))),
    ),
    cell(
      page.findings,
      remarks.length === 0 ? element('span', { class: 'v-soft' }, page.none) : element('ul', {}, ...remarks),
    ),
  );
}

function promiseLine(
  { commitment, required, plays, makeGoods, signed, verdict }: ProvedPromise,
  { page, found }: ReportWords,
): HTMLElement {
  return element(
    'li',
    { class: 'v-promise' },
    element('span', { class: 'v-id' }, commitment),
    element('span', {}, page.plays({ plays, required, makeGoods })),
    ...(signed !== null && signed > plays ? [element('span', {}, found.signed(signed))] : []),
    verdictMark(PROMISE_TONES[verdict], found.promise[verdict]),
  );
}
