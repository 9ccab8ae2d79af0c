/** One screen's day, row by row: what is planned and what was shown, promised plays in colour, the rest muted. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ScreenDay } from '../../../../protocol/http/views.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useTimes } from '../../widgets/zone-time.ts';
import { dayRows, marksByRow } from './day-rows.ts';
import { dayTexts } from './day-texts.ts';
import type { ExplainedDay } from './explain-day.ts';
import { PointedCard } from './pointed-card.tsx';
import { type Pointed, TimelineRow } from './timeline-row.tsx';

const HOUR_MS = 3_600_000;
const LABEL_WIDTH = 52;
/** Below this width a row shows half an hour, so that a play of 15 seconds stays visible. */
const NARROW = 560;

/** `explained` is of the same day; `hues` and `picked`: the colour of each promise, and the one picked out; `nowMs` by the server's clock. */
export function Timeline({
  day,
  explained,
  hues,
  picked,
  nowMs,
}: {
  day: ScreenDay;
  explained: ExplainedDay;
  hues: ReadonlyMap<string, string>;
  picked: string | null;
  nowMs: number;
}) {
  const t = useTexts(dayTexts);
  const time = useTimes();
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  useEffect(() => {
    if (!frame.current) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);

  const rowMs = width > 0 && width < NARROW ? HOUR_MS / 2 : HOUR_MS;
  const rows = useMemo(() => dayRows(day.open, day.timeZone, rowMs), [day.open, day.timeZone, rowMs]);
  const { plays } = explained;
  const plan = useMemo(() => marksByRow(rows, day.plan, (slot) => slot.startMs + slot.durationMs), [rows, day.plan]);
  const played = useMemo(() => marksByRow(rows, plays, (play) => play.endMs), [rows, plays]);
  const lane = Math.max(0, width - LABEL_WIDTH);

  return (
    <div ref={frame} className="x-tl" role="img" aria-label={t('timeline')}>
      {width > 0 &&
        rows.map((row, at) => (
          <TimelineRow
            key={row.startMs}
            row={row}
            label={time(row.startMs, 'minute', day.timeZone)}
            width={lane}
            plan={plan[at] ?? []}
            played={played[at] ?? []}
            hues={hues}
            picked={picked}
            enrolledAtMs={day.enrolledAtMs}
            now={row.startMs <= nowMs && nowMs < row.endMs ? (nowMs - row.startMs) / rowMs : null}
            onPoint={setPointed}
          />
        ))}
      {pointed && <PointedCard pointed={pointed} day={day} explained={explained} />}
    </div>
  );
}
