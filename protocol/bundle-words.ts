/** What a verifier found, in words: command line and page say the same. */
import type { Finding, ProofVerdict } from '../domain/bundle/finding.ts';
import type { Rejection } from '../domain/bundle/verify-bundle.ts';
import type { DayVerdict } from '../domain/compliance/verdict.ts';
import { CHINESE_BUNDLE_WORDS } from './bundle-words-chinese.ts';
import { ENGLISH_BUNDLE_WORDS } from './bundle-words-english.ts';

/** How instants (UTC ms) are written. */
export type WriteClock = (epochMs: number) => string;

/** Words of one language. Findings and rejections are whole sentences without a full stop. */
export type BundleWords = {
  proof: Record<ProofVerdict, string>;
  promise: Record<DayVerdict, string>;
  /** How many plays the player signed at the end of the day, where its records here show fewer. */
  signed: (plays: number) => string;
  finding: (finding: Finding, clock: WriteClock) => string;
  rejection: Record<Rejection, string>;
  /** A span of time in its two largest units; `open`: without an end. */
  span: (ms: number | 'open') => string;
  assurance: Record<'A' | 'B' | 'C', string>;
};

/** The words of a language. */
export const bundleWords = (language: 'zh' | 'en'): BundleWords =>
  language === 'zh' ? CHINESE_BUNDLE_WORDS : ENGLISH_BUNDLE_WORDS;
