/** Narrows today's list to one verdict; each is offered with its count. */
import type { Verdict } from '../../../../protocol/http/views.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { StatusShape } from '../../widgets/status-dot.tsx';
import { VERDICT_TONES } from '../../widgets/verdict-tag.tsx';
import { verdictTexts } from '../../widgets/verdict-texts.ts';
import { type VerdictCounts, WORST_FIRST } from './today-rows.ts';

/** `counts` of everything that passes the other filters; `chosen` is the verdict the list is narrowed to. */
export function VerdictChips({
  counts,
  chosen,
  onChoose,
}: {
  counts: VerdictCounts;
  chosen: Verdict | null;
  onChoose: (verdict: Verdict | null) => void;
}) {
  const verdicts = useTexts(verdictTexts);
  const present = WORST_FIRST.filter((verdict) => counts[verdict] > 0 || verdict === chosen);
  return (
    <div className="x-summary-chips">
      {present.map((verdict) => (
        <button
          key={verdict}
          type="button"
          className={chosen === verdict ? 'x-chip x-chip-on' : 'x-chip'}
          aria-pressed={chosen === verdict}
          onClick={() => onChoose(chosen === verdict ? null : verdict)}
        >
          <span className={`x-tone-${VERDICT_TONES[verdict]} x-chip-shape`}>
            <StatusShape tone={VERDICT_TONES[verdict]} />
          </span>
          {verdicts(`verdict.${verdict}`)}
          <span className="x-num x-chip-count">{counts[verdict]}</span>
        </button>
      ))}
    </div>
  );
}
