/** Holds every verdict of a run against the one that the truth deserves. */
import type { Program, ProgramCommitment } from '../../domain/plan/program.ts';
import type { Interval } from '../../domain/time/interval.ts';
import { openIntervals, withinDayParts } from '../../domain/time/opening-hours.ts';
import { addDays, instantOfWallTime, weekdayOf } from '../../domain/time/zone-time.ts';
import type { CommitmentDay } from '../../protocol/http/views.ts';
import type { Fault } from './findings.ts';
import { addTo, type Sums } from './ledger-sums.ts';
import { dueVerdict } from './verdict-oracle.ts';
import type { Showing } from './witness.ts';

/** What is known of a run. `isLost`: nothing but the device's own memory knows of a record any more. */
export type JudgedRun = {
  program: Program;
  firstDate: string;
  days: number;
  showings: readonly Showing[];
  isClosed: (date: string) => boolean;
  isLost: (showing: Showing) => boolean;
  /** From this date on two devices showed under one name: only what is called kept is looked at. */
  copiedFrom: string | null;
  verdicts: (date: string) => Promise<CommitmentDay[]>;
};

/** Judges all days. */
export async function judgeDays(run: JudgedRun, sums: Sums, fault: Fault): Promise<void> {
  const { program, firstDate, days, isClosed, isLost } = run;
  const byDate = Map.groupBy(run.showings, ({ date }) => date);
  for (let k = 0; k < days; k += 1) {
    const date = addDays(firstDate, k);
    const promises = promisesOn(program, date);
    const rows = await run.verdicts(date);
    if (rows.length !== promises.length)
      fault('verdict', `${date}: ${rows.length} verdicts on ${promises.length} promises`);
    sums.screenDays += 1;
    for (const promise of promises) {
      const row = rows.find(({ commitment }) => commitment === promise.id);
      const said = row?.verdict ?? 'none';
      const ofDay = byDate.get(date) ?? [];
      const counted = ofDay.filter((s) => s.commitment === promise.id && s.truth === 'full' && s.isStored);
      const isMet = said === 'met' || said === 'met-by-make-good';
      if (run.copiedFrom !== null && date >= run.copiedFrom) {
        if (isMet && counted.length < promise.minPlays)
          fault('verdict', `${promise.id} on ${date} is ${said} by ${counted.length} plays of two devices`);
      } else {
        const windows = windowsOf(program, promise, date);
        const exactMs = promise.exactTimes.map((time) => instantOfWallTime(date, time, program.timeZone));
        const due = dueVerdict(promise, ofDay, { isClosed: isClosed(date), windows, exactMs, isLost });
        const right = due.allowed.join(' or ');
        if (!due.allowed.includes(said))
          fault('verdict', `${promise.id} on ${date} is ${said}, right is ${right} (${due.why})`);
      }
      countVerdict(sums, said, row?.reasons[0]);
      // Told, not held against the product: it can only go by the time that the player believed.
      if (isMet && counted.filter((showing) => !showing.isOtherDay).length < promise.minPlays)
        addTo(sums.faults, 'promises kept by such plays alone');
    }
  }
}

function promisesOn(program: Program, date: string): ProgramCommitment[] {
  const weekday = weekdayOf(date);
  return program.commitments.filter((c) => c.from <= date && date <= c.to && c.weekdays.includes(weekday));
}

function windowsOf(program: Program, promise: ProgramCommitment, date: string): Interval[] {
  const open = openIntervals(program.openingHours, date, program.timeZone);
  return withinDayParts(open, promise.dayParts, date, program.timeZone);
}

function countVerdict({ promises }: Sums, verdict: string, reason: string | undefined): void {
  promises.made += 1;
  if (verdict === 'met') promises.kept += 1;
  else if (verdict === 'met-by-make-good') promises.keptByMakeGood += 1;
  else if (verdict === 'short') addTo(promises.short, reason ?? 'share of plays');
  else promises.unknown += 1;
}
