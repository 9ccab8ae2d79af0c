/** First starts where separation tags bind: between two plays of a tag something else has to be shown. */
import type { Interval } from '../time/interval.ts';
import type { PlanningDay } from './day-task.ts';
import { isClash } from './separation.ts';

/** The part of a day that separation goes by. */
export type Separation = Pick<PlanningDay, 'openRest' | 'separatorMs'>;

/** What is to start: its windows, length and tag. */
export type TaggedPlay = { readonly windows: readonly Interval[]; readonly durationMs: number; readonly tag: number };

/**
 * The first instant at or after `fromMs` from which `play` runs inside one of its windows, next to no play of its tag; `freeMs` is the end
 * of the play placed before it, `lastTag` that one's tag. A loop item of another tag goes between where there is one. Infinity: never.
 */
export function firstTaggedStart(
  { openRest, separatorMs }: Separation,
  play: TaggedPlay,
  fromMs: number,
  freeMs: number,
  lastTag: number,
): number {
  const betweenMs = separatorMs[play.tag] ?? 0;
  for (const window of play.windows) {
    const span = openRest.find((open) => open.startMs <= window.startMs && window.endMs <= open.endMs);
    if (!span) continue;
    const isFirst = freeMs <= span.startMs;
    const tagBefore = isFirst ? span.tagBefore : lastTag;
    const soonestMs = isFirst ? span.startMs : freeMs;
    const apartMs = isClash(play.tag, tagBefore) ? soonestMs + betweenMs : soonestMs;
    const startMs = Math.max(window.startMs, fromMs, apartMs);
    const untilMs = isClash(play.tag, span.tagAfter) ? Math.min(window.endMs, span.endMs - betweenMs) : window.endMs;
    if (startMs + play.durationMs <= untilMs) return startMs;
  }
  return Number.POSITIVE_INFINITY;
}
