/** What the page says, apart from what was found: that is worded in the protocol, for the command line too. */
import type { ProofVerdict } from '../../../domain/bundle/finding.ts';
import type { Language } from '../../console/i18n/languages.ts';
import type { Unchecked } from '../check/check-outcome.ts';
import { CHINESE_PAGE_WORDS } from './page-words-chinese.ts';
import { ENGLISH_PAGE_WORDS } from './page-words-english.ts';

/** Words of one language. */
export type PageWords = {
  title: string;
  lead: string;
  bundle: string;
  bundleNote: string;
  policy: string;
  policyNote: string;
  choose: string;
  change: string;
  /** How else files come in, and what happens to them. */
  hint: string;
  dropHere: string;
  checking: string;
  stop: string;
  unchecked: string;
  failure: (failure: Unchecked) => string;
  report: string;
  meaning: Record<ProofVerdict, string>;
  rejected: string;
  /** `reason`: a sentence without a full stop. */
  rejectedFor: (reason: string) => string;
  print: string;
  saveJson: string;
  saveCsv: string;
  facts: string;
  period: string;
  campaign: string;
  unit: string;
  screens: string;
  log: string;
  entries: (count: number) => string;
  root: string;
  vouched: string;
  nobody: string;
  vouchedAt: string;
  noTime: string;
  bundleFile: string;
  policyFile: string;
  checkedAt: string;
  checkedBy: string;
  tally: string;
  ofEvidence: string;
  ofPromises: string;
  leftOut: (names: string) => string;
  screen: string;
  noDevice: string;
  player: string;
  /** Of a player; both are texts already. */
  standing: (assurance: string, enrolled: string) => string;
  /** Of an enrolment, by units of the policy. */
  signedBy: (units: readonly string[]) => string;
  unsigned: string;
  timesIn: (zone: string) => string;
  date: string;
  evidence: string;
  signedWithin: string;
  promises: string;
  findings: string;
  noPromises: string;
  /** What was played of a promise; `required` 0: it asks for no number (a share, a gap). */
  plays: (counts: { plays: number; required: number; makeGoods: number }) => string;
  none: string;
  limits: string;
  limitsText: string;
};

/** The words of a language. */
export const pageWords = (language: Language): PageWords =>
  language === 'zh-CN' ? CHINESE_PAGE_WORDS : ENGLISH_PAGE_WORDS;
