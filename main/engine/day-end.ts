/** Closing a day of service: its signed totals, with reasons for what fell short. */
import { dayTotals } from '../../domain/playback/day-totals.ts';
import { openIntervals } from '../../domain/time/opening-hours.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { Clock } from '../disciplined-clock.ts';
import type { ActiveProgram } from './cue.ts';
import type { DayBook } from './day-book.ts';
import type { Recorder } from './recorder.ts';

/**
 * What closing a day needs to know. `programSinceMs`: when this screen got its first program, null if long ago; `wasMissed`: the
 * agent was not there when the day ended.
 */
export type DayEndDeps = {
  recorder: Recorder;
  book: DayBook;
  clock: Clock;
  isMissing: (item: string) => boolean;
  programSinceMs: number | null;
  wasMissed: boolean;
};

/** Writes the `dayclose` of `date` unless there is one. */
export function closeDay(deps: DayEndDeps, active: ActiveProgram, date: LocalDate): void {
  const { recorder, book, clock, programSinceMs: since, isMissing } = deps;
  if (book.isClosed(date)) return;
  const open = openIntervals(active.program.openingHours, date, active.program.timeZone);
  const isWithinHours = (ms: number): boolean => open.some((span) => span.startMs < ms && ms < span.endMs);
  const troubles = {
    isMissing,
    cameLate: since !== null && isWithinHours(since),
    wasDown: deps.wasMissed || book.disturbancesMs().some(isWithinHours),
  };
  const evidence = dayTotals(active.program, date, book.recordsOn(date), troubles);
  const m = clock.monoMs();
  const t = Math.max(0, clock.wallAt(m));
  recorder.write({ kind: 'dayclose', reason: 'closed', t0: t, t1: t, m0: m, m1: m, evidence }, active);
}
