/** The first thing one reads: how many promises there are today and how they stand, as a sentence and as a bar. */
import { useTexts } from '../../i18n/i18n.ts';
import { VERDICT_TONES } from '../../widgets/verdict-tag.tsx';
import { todayTexts } from './texts.ts';
import { summaryParts, type VerdictCounts, WORST_FIRST } from './today-rows.ts';

/** `counts` of every promise of today. */
export function TodaySummary({ counts }: { counts: VerdictCounts }) {
  const t = useTexts(todayTexts);
  const parts = summaryParts(counts);
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const present = [...WORST_FIRST].reverse().filter((verdict) => counts[verdict] > 0);
  return (
    <section className="x-panel x-panel-pad x-summary">
      <p className="x-summary-line x-num">
        <strong>{t('promises', { count: all })}</strong>
        {parts.length > 0 && t('sumColon')}
        {parts.map(({ key, n }) => t(`sum.${key}`, { n })).join(t('sumComma'))}
      </p>
      <div className="x-summary-bar" aria-hidden="true">
        {present.map((verdict) => (
          <span
            key={verdict}
            className={`x-tone-${VERDICT_TONES[verdict]} x-bar-${verdict}`}
            style={{ flexGrow: counts[verdict] }}
          />
        ))}
      </div>
    </section>
  );
}
