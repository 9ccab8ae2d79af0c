/** A promise as one sentence. */
import type { Say } from '../../i18n/i18n.ts';
import type { CommitmentDraft } from './campaign-draft.ts';
import { promiseClauses } from './promise-words.ts';
import type { texts } from './texts.ts';

type PromiseTexts = typeof texts extends { readonly keys?: infer Key extends string } ? Key : never;

/** Gives something like `每屏每天不少于 3 次 · 连续不少于 30 天`. */
export function promiseText(t: Say<PromiseTexts>, commitment: CommitmentDraft): string {
  const clauses = promiseClauses(commitment).map(({ key, n, percent, text, times, more }) =>
    t(`promise.${key}`, {
      n: n ?? 0,
      percent: percent ?? '',
      text: text ?? (times ? timesText(t, times, more === undefined) : ''),
      count: more ?? 0,
    }),
  );
  return clauses.length > 0 ? clauses.join('\u00a0· ') : t('promiseEmpty');
}

/** `08:00、12:00`, `08:00, 12:00 and 18:00`; `isAll`: none are left out. */
function timesText(t: Say<PromiseTexts>, times: readonly string[], isAll: boolean): string {
  const last = times.at(-1);
  if (!isAll || times.length < 2 || last === undefined) return times.join(t('timesJoin'));
  return times.slice(0, -1).join(t('timesJoin')) + t('timesLast') + last;
}
