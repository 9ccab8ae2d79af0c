/** Closing a day of service: its signed totals, with reasons for what fell short. */
import { dayTotals } from '../../domain/playback/day-totals.ts';
import type { DayTroubles } from '../../domain/playback/shortfall-reason.ts';
import { openIntervals } from '../../domain/time/opening-hours.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { Clock } from '../disciplined-clock.ts';
import type { ActiveProgram } from './cue.ts';
import type { DayBook } from './day-book.ts';
import type { Recorder } from './recorder.ts';

/** What the troubles of a day are told from. `programSinceMs`: when this screen got its first program, null if long ago. */
export type TroubleSources = {
  book: DayBook;
  isMissing: (item: string) => boolean;
  programSinceMs: number | null;
};

/** What closing a day needs to know. `wasMissed`: the agent was not there when the day ended. */
export type DayEndDeps = TroubleSources & { recorder: Recorder; clock: Clock; wasMissed: boolean };

/** What hindered the player on `date`. */
export function troublesOf(
  { book, isMissing, programSinceMs: since }: TroubleSources,
  active: ActiveProgram,
  date: LocalDate,
): DayTroubles {
  const open = openIntervals(active.program.openingHours, date, active.program.timeZone);
  const isWithinHours = (ms: number): boolean => open.some((span) => span.startMs < ms && ms < span.endMs);
  return {
    isMissing,
    cameLate: since !== null && isWithinHours(since),
    wasDown: book.disturbancesMs().some(isWithinHours),
    takenOverMs: book.takenOverMs(open),
  };
}

/** Writes the `dayclose` of `date` unless there is one. */
export function closeDay(deps: DayEndDeps, active: ActiveProgram, date: LocalDate): void {
  const { recorder, book, clock, wasMissed } = deps;
  if (book.isClosed(date)) return;
  const troubles = troublesOf(deps, active, date);
  const evidence = dayTotals(active.program, date, book.recordsOn(date), {
    ...troubles,
    wasDown: wasMissed || troubles.wasDown,
  });
  const m = clock.monoMs();
  const t = Math.max(0, clock.wallAt(m));
  recorder.write({ kind: 'dayclose', reason: 'closed', t0: t, t1: t, m0: m, m1: m, evidence }, active);
}
