/** What the pointer is over on the timeline, beside the pointer. */
import type { ScreenDay } from '../../../../protocol/http/views.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { clockLength } from '../../widgets/duration.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { usePromiseLabel } from '../../widgets/promise-label.ts';
import { useTimes } from '../../widgets/zone-time.ts';
import { dayTexts } from './day-texts.ts';
import type { ExplainedDay } from './explain-day.ts';
import type { Pointed } from './timeline-row.tsx';
import { useExplanationWords } from './use-explanation-words.ts';
import { useReasonText } from './use-reason-text.ts';

const WIDTH = 300;
/** Room the card needs below the pointer; where there is less it stands above. */
const HEIGHT = 200;

/** A small card that never takes the pointer. */
export function PointedCard({
  pointed,
  day,
  explained,
}: {
  pointed: Pointed;
  day: ScreenDay;
  explained: ExplainedDay;
}) {
  const t = useTexts(dayTexts);
  const time = useTimes();
  const nameOf = useNameOf();
  const promiseLabel = usePromiseLabel();
  const reasonText = useReasonText(day);
  const { words, names } = useExplanationWords(day);
  const { item, commitment, startMs } = pointed.lane === 'plan' ? pointed.slot : pointed.play;
  const lengthMs = pointed.lane === 'plan' ? pointed.slot.durationMs : pointed.play.endMs - pointed.play.startMs;
  const known = day.itemNames[item];
  const name = known ? nameOf(known) : pointed.lane === 'played' ? pointed.play.itemName : item;
  const shown = pointed.lane === 'plan' ? pointed.slot : pointed.play;
  const why = pointed.lane === 'plan' ? explained.ofSlot(pointed.slot) : explained.ofPlay(pointed.play);
  const promise = day.commitments.find((row) => row.commitment === commitment);
  const left = Math.min(pointed.x + 14, window.innerWidth - WIDTH - 12);
  return (
    <div className="x-tl-card" style={{ left: Math.max(8, left), width: WIDTH, ...besides(pointed.y) }}>
      <strong>{name}</strong>
      <span className="x-num">
        {time(startMs, 'second', day.timeZone)} · {clockLength(lengthMs)}
      </span>
      <span className="x-soft">
        {pointed.lane === 'plan' ? t('planned') : t(`outcome.${pointed.play.outcome}`)} ·{' '}
        {reasonText(explained.reasonOf(shown))}
        {pointed.lane === 'played' && !pointed.play.counted && ` · ${t('notCounted')}`}
      </span>
      {commitment !== null && (
        <span className="x-soft">
          {promise ? `${nameOf(promise.campaign)} · ` : ''}
          {promiseLabel(commitment)}
        </span>
      )}
      {why && <span className="x-tl-why">{words.ofSlot(why, names)}</span>}
    </div>
  );
}

/** Below the pointer, or above it near the foot of the window. */
const besides = (y: number): { top: number } | { bottom: number } =>
  y + HEIGHT < window.innerHeight ? { top: y + 16 } : { bottom: window.innerHeight - y + 12 };
