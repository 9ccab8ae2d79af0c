/** Verdicts as marks: a word, and a tone that says the same to the eye. */
import type { ProofVerdict } from '../../../domain/bundle/finding.ts';
import type { DayVerdict } from '../../../domain/compliance/verdict.ts';
import { element } from './element.ts';

/** Tones of the theme. */
export type Tone = 'good' | 'steady' | 'warn' | 'bad' | 'blank';

/** Tones of the evidence. */
export const PROOF_TONES: Record<ProofVerdict, Tone> = {
  proved: 'good',
  'proved-with-gaps': 'steady',
  incomplete: 'warn',
  contradicted: 'bad',
};

/** Tones of promises. */
export const PROMISE_TONES: Record<DayVerdict, Tone> = {
  met: 'good',
  'met-by-make-good': 'steady',
  short: 'bad',
  unknown: 'blank',
  'on-track': 'blank',
  'at-risk': 'warn',
};

/** Verdicts of promises in the order in which they are counted. */
export const PROMISE_VERDICTS: readonly DayVerdict[] = [
  'met',
  'met-by-make-good',
  'on-track',
  'at-risk',
  'short',
  'unknown',
];

/** The mark. */
export const verdictMark = (tone: Tone, ...words: string[]): HTMLElement =>
  element('span', { class: `v-mark v-${tone}` }, ...words);
