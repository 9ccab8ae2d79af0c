/** What the pointer is over on the timeline, beside the pointer. */
import type { ScreenDay } from '../../../../protocol/http/views.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { usePromiseLabel } from '../../widgets/promise-label.ts';
import { useTimes } from '../../widgets/zone-time.ts';
import { dayTexts } from './day-texts.ts';
import type { Pointed } from './timeline-row.tsx';

const WIDTH = 250;

/** A small card that never takes the pointer. */
export function PointedCard({ pointed, day }: { pointed: Pointed; day: ScreenDay }) {
  const t = useTexts(dayTexts);
  const time = useTimes();
  const nameOf = useNameOf();
  const promiseLabel = usePromiseLabel();
  const { item, commitment, reason, startMs } = pointed.lane === 'plan' ? pointed.slot : pointed.play;
  const lengthMs = pointed.lane === 'plan' ? pointed.slot.durationMs : pointed.play.endMs - pointed.play.startMs;
  const known = day.itemNames[item];
  const name = known ? nameOf(known) : pointed.lane === 'played' ? pointed.play.itemName : item;
  const promise = day.commitments.find((row) => row.commitment === commitment);
  const left = Math.min(pointed.x + 14, window.innerWidth - WIDTH - 12);
  return (
    <div className="x-tl-card" style={{ left: Math.max(8, left), top: pointed.y + 16, width: WIDTH }}>
      <strong>{name}</strong>
      <span className="x-num">
        {time(startMs, 'second', day.timeZone)} · {clockLength(lengthMs)}
      </span>
      <span className="x-soft">
        {pointed.lane === 'plan' ? t('planned') : t(`outcome.${pointed.play.outcome}`)} · {t(`reason.${reason}`)}
        {pointed.lane === 'played' && !pointed.play.counted && ` · ${t('notCounted')}`}
      </span>
      {commitment !== null && (
        <span className="x-soft">
          {promise ? `${nameOf(promise.campaign)} · ` : ''}
          {promiseLabel(commitment)}
        </span>
      )}
    </div>
  );
}
