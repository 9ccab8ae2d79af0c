/** The day of service and the mode of a screen, by the rules of the engine. */
import type { Program } from '../../domain/plan/program.ts';
import { openIntervals } from '../../domain/time/opening-hours.ts';
import { addDays, startOfDayMs } from '../../domain/time/zone-time.ts';
import type { DisciplinedClock } from '../../main/disciplined-clock.ts';
import type { ActiveProgram } from '../../main/engine/cue.ts';
import type { DayBook } from '../../main/engine/day-book.ts';
import type { DayClaim } from '../../main/engine/day-claim.ts';
import { closeDay } from '../../main/engine/day-end.ts';
import { dateAt, isOpenAt } from '../../main/engine/planner.ts';
import type { Recorder } from '../../main/engine/recorder.ts';

/** What it needs. `seal` ends the segment after the end of a day; `programSinceMs`: when the screen got its program, null if long ago. */
export type SessionDayDeps = {
  active: ActiveProgram;
  clock: DisciplinedClock;
  book: DayBook;
  claim: DayClaim;
  recorder: Recorder;
  seal: () => void;
  programSinceMs: number | null;
  isMissing: (item: string) => boolean;
};

/** The day under way. */
export type SessionDay = {
  date(): string | null;
  /** Turns the day and the mode where it is time to; as the engine does between slots. True where a new plan is needed. */
  settle(): boolean;
};

/** No day is under way before the first look. */
export function createSessionDay(deps: SessionDayDeps): SessionDay {
  const { active, clock, book, claim, recorder, isMissing, programSinceMs } = deps;
  let date: string | null = null;
  let mode: 'open' | 'closed' | null = null;
  let wasCertain = false;
  /** While the believed time is in here, neither date nor mode can change. */
  let steady = { fromMs: 0, toMs: 0 };

  function turn(today: string): boolean {
    const { missed, ended, isNew } = claim.turn(date, today);
    date = today;
    if (!isNew) return false;
    const dayEnd = { recorder, book, clock, isMissing, programSinceMs };
    for (const day of missed) closeDay({ ...dayEnd, wasMissed: true }, active, day);
    for (const day of ended) closeDay({ ...dayEnd, wasMissed: false }, active, day);
    if (missed.length + ended.length > 0) deps.seal();
    return true;
  }

  return {
    date: () => date,
    settle() {
      const nowMs = clock.nowMs();
      const isCertain = claim.isCertain();
      if (nowMs >= steady.fromMs && nowMs < steady.toMs && isCertain === wasCertain) return false;
      wasCertain = isCertain;
      const today = dateAt(active, nowMs);
      const hasTurned = turn(today);
      const now = isOpenAt(active, today, nowMs) ? 'open' : 'closed';
      if (now !== mode) recorder.mode(now, active);
      mode = now;
      steady = steadySpan(active.program, today, nowMs);
      return hasTurned;
    },
  };
}

/** The span around `nowMs` in which the day of service stays `date` and the screen stays open or closed. */
function steadySpan(
  { openingHours, timeZone }: Program,
  date: string,
  nowMs: number,
): { fromMs: number; toMs: number } {
  const spans = openIntervals(openingHours, date, timeZone);
  const open = spans.find((span) => span.startMs <= nowMs && nowMs < span.endMs);
  if (open) return { fromMs: nowMs, toMs: open.endMs };
  const next = spans.find((span) => span.startMs > nowMs);
  return {
    fromMs: nowMs,
    toMs: Math.min(startOfDayMs(addDays(date, 1), timeZone), next?.startMs ?? Number.POSITIVE_INFINITY),
  };
}
