/** The promises of a screen's day, each with its colour on the timeline. */
import type { CommitmentDay, ScreenDay } from '../../../../protocol/http/views.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { PlayProgress } from '../../widgets/play-progress.tsx';
import { usePromiseLabel } from '../../widgets/promise-label.ts';
import { VerdictTag } from '../../widgets/verdict-tag.tsx';
import { verdictTexts } from '../../widgets/verdict-texts.ts';
import { dayTexts } from './day-texts.ts';
import type { ExplainedDay } from './explain-day.ts';
import { useExplanationWords } from './use-explanation-words.ts';

/** `picked` is the promise picked out on the timeline. */
export function DayPromises({
  day,
  explained,
  hues,
  picked,
  onPick,
}: {
  day: ScreenDay;
  explained: ExplainedDay;
  hues: ReadonlyMap<string, string>;
  picked: string | null;
  onPick: (commitment: string | null) => void;
}) {
  const t = useTexts(dayTexts);
  const nameOf = useNameOf();
  const promiseLabel = usePromiseLabel();
  const rows = day.commitments;
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
              <VerdictTag
                verdict={row.verdict}
                reasons={row.reasons}
                broken={row.broken}
                external={row.screen.kind === 'external'}
              />
            </span>
            <small className="x-faint">{promiseLabel(row.commitment)}</small>
            <PlayProgress row={row} />
            <WhyShort row={row} day={day} explained={explained} />
          </span>
        </button>
      ))}
    </section>
  );
}

/** Why a promise is short or at risk, by the conflicts of the plan; the reasons of a verdict stand beside it anyway. */
function WhyShort({ row, day, explained }: { row: CommitmentDay; day: ScreenDay; explained: ExplainedDay }) {
  const t = useTexts(verdictTexts);
  const { words, names } = useExplanationWords(day);
  if (row.verdict !== 'short' && row.verdict !== 'at-risk') return null;
  const why = explained.ofPromise(row.commitment).map((one) => words.short(one, names));
  if (why.length > 0) return <small className="x-day-promise-why">{why.join(' ')}</small>;
  return row.verdict === 'at-risk' ? <small className="x-day-promise-why">{t('explain.at-risk')}</small> : null;
}
