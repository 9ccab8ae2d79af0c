/** The promises of a screen's day, each with its colour on the timeline. */
import type { CommitmentDay } from '../../../../protocol/http/views.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { PlayProgress } from '../../widgets/play-progress.tsx';
import { usePromiseLabel } from '../../widgets/promise-label.ts';
import { VerdictTag } from '../../widgets/verdict-tag.tsx';
import { dayTexts } from './day-texts.ts';

/** `picked` is the promise picked out on the timeline. */
export function DayPromises({
  rows,
  hues,
  picked,
  onPick,
}: {
  rows: readonly CommitmentDay[];
  hues: ReadonlyMap<string, string>;
  picked: string | null;
  onPick: (commitment: string | null) => void;
}) {
  const t = useTexts(dayTexts);
  const nameOf = useNameOf();
  const promiseLabel = usePromiseLabel();
  return (
    <section className="x-panel x-panel-pad x-day-promises">
      <h2>{t('promises')}</h2>
      {rows.length === 0 && <p className="x-soft">{t('promisesNone')}</p>}
      {rows.map((row) => (
        <button
          key={row.commitment}
          type="button"
          className={picked === row.commitment ? 'x-day-promise x-day-promise-on' : 'x-day-promise'}
          aria-pressed={picked === row.commitment}
          title={t('highlight')}
          onClick={() => onPick(picked === row.commitment ? null : row.commitment)}
        >
          <span className="x-swatch" style={{ background: hues.get(row.commitment) }} />
          <span className="x-grow">
            <span className="x-day-promise-head">
              <span>{nameOf(row.campaign)}</span>
              <VerdictTag verdict={row.verdict} reasons={row.reasons} external={row.screen.kind === 'external'} />
            </span>
            <small className="x-faint">{promiseLabel(row.commitment)}</small>
            <PlayProgress row={row} />
          </span>
        </button>
      ))}
    </section>
  );
}
