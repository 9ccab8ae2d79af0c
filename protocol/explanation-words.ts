/** Explanations of a plan as sentences, in the language of whoever asks; command line and console say the same words. */
import type { MomentExplanation } from '../domain/plan/explain-moment.ts';
import type { PromiseExplanation, ShortExplanation } from '../domain/plan/explain-promise.ts';
import type { SlotExplanation } from '../domain/plan/explain-slot.ts';
import { CHINESE_EXPLANATIONS } from './explanations-chinese.ts';
import { ENGLISH_EXPLANATIONS } from './explanations-english.ts';

/** How names and instants (epoch milliseconds, on the clock of the screen) are written. */
export type ExplanationNames = {
  item: (id: string) => string;
  promise: (id: string) => string;
  clock: (epochMs: number, form: 'minute' | 'second') => string;
};

/** What is worded: each gives whole sentences, closed by a full stop. `ofSlot` leaves out when and what, for places that show both anyway. */
export type ExplanationWords = {
  slot: (explanation: SlotExplanation, names: ExplanationNames) => string;
  ofSlot: (explanation: SlotExplanation, names: ExplanationNames) => string;
  promise: (explanation: PromiseExplanation, names: ExplanationNames) => string;
  short: (explanation: ShortExplanation, names: ExplanationNames) => string;
  moment: (explanation: Exclude<MomentExplanation, { kind: 'slot' }>, names: ExplanationNames) => string;
};

/** The words of one language. */
export const explanationWords = (language: 'zh' | 'en'): ExplanationWords =>
  language === 'zh' ? CHINESE_EXPLANATIONS : ENGLISH_EXPLANATIONS;
