/** What a report is about and rests on: subject, log, files, time. */
import type { BundleReport } from '../../../domain/bundle/bundle-report.ts';
import { instantText } from '../text/clock-text.ts';
import type { PageWords } from '../text/page-words.ts';
import { type Child, element } from './element.ts';

declare const XUNBO_VERSION: string;

/** A check that was made. `atMs`: when it ended, by this machine's clock; `zone`: where that is. */
export type CheckFacts = {
  bundle: { name: string; sha: string };
  policy: { name: string; sha: string };
  atMs: number;
  zone: string;
};

/** The list; `report` null: of a bundle that was rejected. */
export function reportFacts(report: BundleReport | null, facts: CheckFacts, words: PageWords): HTMLElement {
  const { bundle, policy, atMs, zone } = facts;
  const pairs: [string, Child[]][] = [
    ...(report ? [...subjectPairs(report, words), ...logPairs(report, words)] : []),
    [words.bundleFile, [bundle.name, hashLine(bundle.sha)]],
    [words.policyFile, [policy.name, hashLine(policy.sha)]],
    [words.checkedAt, [instantText(atMs, zone)]],
    [words.checkedBy, [`Xunbo ${XUNBO_VERSION}`]],
  ];
  return element(
    'section',
    { class: 'v-part' },
    element('h3', {}, words.facts),
    element(
      'dl',
      { class: 'v-facts' },
      ...pairs.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, ...value)]),
    ),
  );
}

function subjectPairs({ subject }: BundleReport, words: PageWords): [string, Child[]][] {
  const { from, to, campaign, unit, screens } = subject;
  return [
    [words.period, [from === to ? from : `${from} – ${to}`]],
    ...(campaign === null ? [] : [[words.campaign, [campaign]] satisfies [string, Child[]]]),
    ...(unit === null ? [] : [[words.unit, [unit]] satisfies [string, Child[]]]),
    [words.screens, [String(screens.length)]],
  ];
}

function logPairs({ log }: BundleReport, words: PageWords): [string, Child[]][] {
  return [
    [words.log, [`${log.origin} (${words.entries(log.size)})`]],
    [words.root, [element('span', { class: 'v-hash' }, log.root)]],
    [words.vouched, [log.witnesses.length === 0 ? words.nobody : log.witnesses.join(', ')]],
    [
      words.vouchedAt,
      [log.loggedAtMs === null ? words.noTime : `${instantText(log.loggedAtMs, 'UTC').slice(0, 19)} UTC`],
    ],
  ];
}

const hashLine = (sha: string): HTMLElement =>
  element('span', { class: 'v-hash-line' }, 'SHA-256 ', element('span', { class: 'v-hash' }, sha));
