/** Which days a player may claim: none while its clock shows a time that cannot be true and no server has set it. */
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { Clock } from '../disciplined-clock.ts';
import type { Incidents } from '../incidents.ts';
import type { ActiveProgram } from './cue.ts';
import type { DayBook } from './day-book.ts';

/** The claim to the day under way. */
export type DayClaim = {
  /** Whether the date believed can be true. */
  isCertain(): boolean;
  /** What may be planned of `active`: all of it, or while nothing can be claimed its loop alone. */
  plannable(active: ActiveProgram): ActiveProgram;
  /**
   * Notes that it is `today`, after `before`: which days are to be closed, having been `missed` or having just `ended`, and whether there
   * is reason to plan anew (another day, or a day that can be claimed from now on, or cannot any more).
   */
  turn(before: LocalDate | null, today: LocalDate): { missed: LocalDate[]; ended: LocalDate[]; isNew: boolean };
};

/** Claims nothing before the first look. */
export function createDayClaim(clock: Clock, book: DayBook, incidents: Incidents): DayClaim {
  let claimed: LocalDate | null = null;
  let wasCertain: boolean | null = null;

  const isCertain = (): boolean => clock.state().source === 'server' || book.isPlausible(clock.nowMs());

  function tell(isSure: boolean): void {
    if (isSure) {
      incidents.close('clock-unsynchronised', 'clock');
      return;
    }
    const shown = new Date(clock.nowMs()).toISOString();
    incidents.open('clock-unsynchronised', 'clock', `the clock shows ${shown}, which cannot be: no day is claimed`);
  }

  return {
    isCertain,
    plannable: (active) =>
      isCertain() ? active : { ...active, program: { ...active.program, commitments: [], inStep: undefined } },
    turn(before, today) {
      const isSure = isCertain();
      const isOther = before !== today;
      const missed = isOther && isSure ? book.unclosedBefore(today).filter((day) => day !== before) : [];
      const ended = before !== null && before < today && before === claimed ? [before] : [];
      const isNew = isOther || (wasCertain !== null && isSure !== wasCertain);
      wasCertain = isSure;
      if (isSure) claimed = today;
      tell(isSure);
      return { missed, ended, isNew };
    },
  };
}
