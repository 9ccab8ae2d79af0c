/** The promises of a campaign in words. */
import { useTexts } from '../../i18n/i18n.ts';
import type { CommitmentDraft } from './campaign-draft.ts';
import { promiseText } from './promise-text.ts';
import { texts } from './texts.ts';

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
