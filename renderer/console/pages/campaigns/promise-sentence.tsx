/** Promises in words. */
import { type Say, useTexts } from '../../i18n/i18n.ts';
import type { CommitmentDraft } from './campaign-draft.ts';
import { promiseClauses } from './promise-words.ts';
import { texts } from './texts.ts';

type PromiseTexts = typeof texts extends { readonly keys?: infer Key extends string } ? Key : never;

/** One promise: `每屏每天至少 3 次 · 至少连续 30 天`. */
export function promiseText(t: Say<PromiseTexts>, commitment: CommitmentDraft): string {
  const clauses = promiseClauses(commitment).map(({ key, n, percent, text }) =>
    t(`promise.${key}`, { n: n ?? 0, percent: percent ?? '', text: text ?? '' }),
  );
  return clauses.length > 0 ? clauses.join('\u00a0· ') : t('promiseEmpty');
}

/** All promises of a campaign, one a line; beyond three it says how many there are. */
export function PromiseLines({ commitments }: { commitments: readonly CommitmentDraft[] }) {
  const t = useTexts(texts);
  const shown = commitments.slice(0, 3);
  return (
    <span className="c-promises x-num">
      {shown.map((commitment) => (
        <span key={commitment.id}>{promiseText(t, commitment)}</span>
      ))}
      {commitments.length > shown.length && (
        <span className="x-faint">{t('andMore', { count: commitments.length })}</span>
      )}
    </span>
  );
}
