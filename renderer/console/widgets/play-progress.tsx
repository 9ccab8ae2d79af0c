/** How far a promise has come: figures and a bar, what is proven apart from what is only reported. */
import type { CommitmentDay } from '../../../protocol/http/views.ts';
import { useTexts } from '../i18n/i18n.ts';
import { LiveCount } from './live-count.tsx';
import { progressTexts } from './progress-texts.ts';
import { VERDICT_TONES } from './verdict-tag.tsx';

const percent = (part: number, whole: number): string => `${whole === 0 ? 0 : Math.min(100, (part / whole) * 100)}%`;

/** What is shown of a promise; `screen` null: of a whole target. */
export type ProgressRow = Pick<CommitmentDay, 'required' | 'played' | 'proven' | 'makeGoods' | 'verdict'> & {
  screen: Pick<CommitmentDay['screen'], 'kind'> | null;
};

/** Full bar: proven plays. Hatched: reported by the player, signed records on their way. */
export function PlayProgress({ row }: { row: ProgressRow }) {
  const t = useTexts(progressTexts);
  const { required, played, proven, makeGoods, screen } = row;
  const blank = row.verdict === 'unknown' && played === 0;
  const external = screen?.kind === 'external';
  const open = played - proven;
  const hint = open > 0 ? t('reportedHint', { n: open, proven }) : t('provenAll');
  const note = [
    ...(external ? (blank ? [] : [t('attested')]) : open > 0 ? [t('reported', { n: open })] : []),
    ...(makeGoods > 0 ? [t('makeGoods', { n: makeGoods })] : []),
  ].join(' · ');
  return (
    <div className="x-progress" title={blank || external ? undefined : hint}>
      <div className="x-progress-figures">
        <span className="x-num x-progress-count">
          {blank ? <span className="x-faint">–</span> : <LiveCount value={played} />}
          {required > 0 && <span className="x-faint"> / {required}</span>}
        </span>
        <small className="x-ellipsis">{note}</small>
      </div>
      {required > 0 && (
        <div className={`x-progress-track x-tone-${VERDICT_TONES[row.verdict]}`}>
          <span className="x-progress-proven" style={{ width: percent(Math.min(proven, required), required) }} />
          <span
            className="x-progress-reported"
            style={{ width: percent(Math.max(0, Math.min(played, required) - proven), required) }}
          />
        </div>
      )}
    </div>
  );
}
