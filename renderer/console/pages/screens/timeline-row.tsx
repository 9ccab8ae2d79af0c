/** One row of the timeline: the plan above, what was shown below, the present as a line. */
import { memo, type PointerEvent } from 'react';
import type { Play, ScreenDay } from '../../../../protocol/http/views.ts';
import { brokenMarksPath, type DayRow, type Mark, markAt, marksPath } from './day-rows.ts';

/** A planned slot. */
export type Slot = ScreenDay['plan'][number];

/** What the pointer is over. */
export type Pointed = { x: number; y: number } & ({ lane: 'plan'; slot: Slot } | { lane: 'played'; play: Play });

/** Heights of a row in pixels. */
export const ROW = { height: 36, planTop: 4, planHeight: 11, playedTop: 18, playedHeight: 14 } as const;

type RowProps = {
  row: DayRow;
  label: string;
  width: number;
  plan: readonly Mark<Slot>[];
  played: readonly Mark<Play>[];
  hues: ReadonlyMap<string, string>;
  /** The promise picked out, or null. */
  picked: string | null;
  /** When the screen first got a player, where that was on this day or after; null where it had one. */
  enrolledAtMs: number | null;
  /** The present as a share of the row (0 to 1); null where it lies elsewhere. */
  now: number | null;
  onPoint: (pointed: Pointed | null) => void;
};

function lane<T extends { commitment: string | null }>(marks: readonly Mark<T>[]): Map<string | null, Mark<T>[]> {
  const groups = new Map<string | null, Mark<T>[]>();
  for (const mark of marks) {
    const group = groups.get(mark.of.commitment);
    if (group) group.push(mark);
    else groups.set(mark.of.commitment, [mark]);
  }
  return groups;
}

/** One row of the timeline; drawn anew only when something in it changed. */
export const TimelineRow = memo(function TimelineRow(props: RowProps) {
  const { row, label, width, plan, played, hues, picked, enrolledAtMs, now, onPoint } = props;
  const length = row.endMs - row.startMs;
  const opacityOf = (commitment: string): number => (picked === null || picked === commitment ? 1 : 0.15);
  const lost = played.filter(({ of }) => !of.counted);

  const point = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const reach = 4 / Math.max(1, width);
    const at = { x: event.clientX, y: event.clientY };
    if (event.clientY - box.top < ROW.playedTop - 1) {
      const found = markAt(plan, share, reach);
      onPoint(found && { ...at, lane: 'plan', slot: found.of });
    } else {
      const found = markAt(played, share, reach);
      onPoint(found && { ...at, lane: 'played', play: found.of });
    }
  };
  return (
    <div className="x-tl-row">
      <span className="x-tl-label x-num">{label}</span>
      <svg
        width={width}
        height={ROW.height}
        aria-hidden="true"
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => onPoint(null)}
      >
        {row.open.map((span) => (
          <rect
            key={span.startMs}
            className="x-tl-open"
            x={((span.startMs - row.startMs) / length) * width}
            width={((span.endMs - span.startMs) / length) * width}
            y={2}
            height={ROW.height - 4}
            rx={3}
          />
        ))}
        {enrolledAtMs !== null &&
          row.open
            .filter((span) => span.startMs < enrolledAtMs)
            .map((span) => (
              <line
                key={span.startMs}
                className="x-tl-dark"
                x1={((span.startMs - row.startMs) / length) * width + 4}
                x2={((Math.min(span.endMs, enrolledAtMs) - row.startMs) / length) * width - 4}
                y1={ROW.height / 2}
                y2={ROW.height / 2}
              />
            ))}
        <Lane
          marks={plan}
          width={width}
          top={ROW.planTop}
          height={ROW.planHeight}
          hues={hues}
          opacityOf={opacityOf}
          faint
        />
        <Lane
          marks={played.filter(({ of }) => of.counted)}
          width={width}
          top={ROW.playedTop}
          height={ROW.playedHeight}
          hues={hues}
          opacityOf={opacityOf}
        />
        <path className="x-tl-lost" d={marksPath(lost, width, ROW.playedTop + 0.75, ROW.playedHeight - 1.5)} />
        {now !== null && (
          <g className="x-tl-now" transform={`translate(${now * width} 0)`}>
            <line y2={ROW.height} />
            <path d="M-4 0h8l-4 5z" />
          </g>
        )}
      </svg>
    </div>
  );
});

function Lane<T extends { commitment: string | null; reason: Slot['reason'] }>({
  marks,
  width,
  top,
  height,
  hues,
  opacityOf,
  faint = false,
}: {
  marks: readonly Mark<T>[];
  width: number;
  top: number;
  height: number;
  hues: ReadonlyMap<string, string>;
  opacityOf: (commitment: string) => number;
  faint?: boolean;
}) {
  return [...lane(marks)].map(([commitment, group]) => {
    if (commitment === null) {
      const inset = faint ? 4 : 5;
      return <path key="filler" className="x-tl-filler" d={marksPath(group, width, top + inset, height - 2 * inset)} />;
    }
    const firm = group.filter(({ of }) => of.reason === 'scheduled');
    const madeGood = group.filter(({ of }) => of.reason === 'make-good');
    const bonus = group.filter(({ of }) => of.reason === 'bonus');
    const style = { fill: hues.get(commitment) ?? 'var(--accent)', opacity: opacityOf(commitment) };
    return (
      <g key={commitment} style={style}>
        <path d={marksPath(firm, width, top, height, 2.4)} />
        <path d={brokenMarksPath(madeGood, width, top, height, 2.4)} />
        <path d={marksPath(bonus, width, top + height * 0.3, height * 0.4, 2)} opacity={0.5} />
      </g>
    );
  });
}
