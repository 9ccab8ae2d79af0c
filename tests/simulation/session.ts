/** One run of the agent on a screen: the player's own parts, put together as the player does, before a stage that is simulated. */
import type { Program } from '../../domain/plan/program.ts';
import { openIntervals } from '../../domain/time/opening-hours.ts';
import { addDays, localDateAt, startOfDayMs } from '../../domain/time/zone-time.ts';
import type { RawClock, Timers } from '../../main/clock.ts';
import type { DeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock, type DisciplinedClock } from '../../main/disciplined-clock.ts';
import type { ActiveProgram } from '../../main/engine/cue.ts';
import { createDayBook, type DayBook } from '../../main/engine/day-book.ts';
import { closeDay } from '../../main/engine/day-end.ts';
import { createPlanner, dateAt, isOpenAt, type Planner } from '../../main/engine/planner.ts';
import { createRecorder, type Recorder } from '../../main/engine/recorder.ts';
import { createSetAside, type SetAside } from '../../main/engine/set-aside.ts';
import { createIncidents } from '../../main/incidents.ts';
import type { Journal } from '../../main/journal/journal.ts';
import { openJournal } from '../../main/journal/open-journal.ts';
import type { SegmentFiles } from '../../main/journal/segment-files.ts';
import { createUploader, type Uploader } from '../../main/link/uploader.ts';

/** What a run of the agent is given. `programSinceMs`: when the screen got its program, null if that was before this run. */
export type SessionDeps = {
  raw: RawClock;
  files: SegmentFiles;
  key: DeviceKey;
  screen: string;
  boot: string;
  active: ActiveProgram;
  programSinceMs: number | null;
  isMissing: (item: string) => boolean;
  random: () => number;
};

/** The running agent without its stage. */
export type Session = {
  clock: DisciplinedClock;
  book: DayBook;
  planner: Planner;
  aside: SetAside;
  recorder: Recorder;
  journal: Journal;
  uploader: Uploader;
  /** Monotonic time at which a pause of the uploader is over, or null. */
  nextTimerM(): number | null;
  runTimers(): void;
  /** Turns the day and the mode where it is time to; as the engine does between slots. True where a new plan is needed. */
  settleDay(): boolean;
  /** Takes over what is known of the time; true where a new plan is needed. */
  settleClock(): boolean;
  date(): string | null;
  isOpen(): boolean;
};

/** As the engine: a clock that was moved by more than this makes the plan a plan of another time. */
const DRIFT_MS = 1000;

/** Starts the agent: opens the journal, writes the boot record, reads back the day so far. */
export function startSession(deps: SessionDeps): Session {
  const { raw, files, key, screen, active } = deps;
  const clock = createDisciplinedClock(raw);
  const silent = (): void => undefined;
  const incidents = createIncidents(silent);
  const book = createDayBook();
  const context = { screen, program: active.hash, manifest: active.manifestHash };
  const since = addDays(localDateAt(clock.nowMs(), active.program.timeZone), -1);
  const { journal, records } = openJournal({ files, key, clock, boot: deps.boot, build: 'simulation' }, context, since);
  for (const record of records) book.note(record);
  const recorder = createRecorder({ open: () => ({ journal, screen }), book, clock, incidents, onRecord: silent });
  const timers = createTimers(clock);
  const uploader = createUploader({
    journal: () => journal,
    timers,
    random: deps.random,
    log: silent,
    spreadMs: () => 10_000,
  });
  const day = createDay({ ...deps, clock, book, recorder, journal });
  return {
    clock,
    book,
    planner: createPlanner(),
    aside: createSetAside(clock, incidents),
    recorder,
    journal,
    uploader,
    nextTimerM: timers.nextM,
    runTimers: timers.run,
    ...day,
    settleClock() {
      clock.observe();
      const before = clock.wallAt(0);
      const step = clock.settle();
      const moved = Math.abs(clock.wallAt(0) - before);
      if (step) recorder.clock(step, active);
      return moved > DRIFT_MS;
    },
  };
}

/** The day of service and the mode of the screen, by the rules of the engine. */
function createDay(
  deps: SessionDeps & { clock: DisciplinedClock; book: DayBook; recorder: Recorder; journal: Journal },
): Pick<Session, 'settleDay' | 'date' | 'isOpen'> {
  const { active, clock, book, recorder, journal, isMissing, programSinceMs } = deps;
  const { timeZone } = active.program;
  let date: string | null = null;
  let mode: 'open' | 'closed' | null = null;
  /** While the believed time is in here, neither date nor mode can change. */
  let steady = { fromMs: 0, toMs: 0 };

  function turn(nowMs: number): boolean {
    const today = dateAt(active, nowMs);
    if (today === date) return false;
    const missed = book.unclosedBefore(today).filter((day) => day !== date);
    const ended = date !== null && date < today ? [date] : [];
    date = today;
    const dayEnd = { recorder, book, clock, isMissing, programSinceMs };
    for (const day of missed) closeDay({ ...dayEnd, wasMissed: true }, active, day);
    for (const day of ended) closeDay({ ...dayEnd, wasMissed: false }, active, day);
    if (missed.length + ended.length > 0) journal.seal();
    return true;
  }

  return {
    date: () => date,
    isOpen: () => mode === 'open',
    settleDay() {
      const nowMs = clock.nowMs();
      if (nowMs >= steady.fromMs && nowMs < steady.toMs) return false;
      const hasTurned = turn(nowMs);
      const now = date !== null && isOpenAt(active, date, nowMs) ? 'open' : 'closed';
      if (now !== mode) recorder.mode(now, active);
      mode = now;
      steady = steadySpan(active.program, date ?? localDateAt(nowMs, timeZone), nowMs);
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

/** Timers that stand still until they are run. */
function createTimers(clock: { monoMs(): number }): Timers & { nextM(): number | null; run(): void } {
  let waiting: { atM: number; run: () => void }[] = [];
  return {
    after(delayMs, run) {
      const entry = { atM: clock.monoMs() + delayMs, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    nextM: () => waiting.reduce<number | null>((next, { atM }) => Math.min(next ?? atM, atM), null),
    run() {
      const due = waiting.filter(({ atM }) => atM <= clock.monoMs());
      waiting = waiting.filter((entry) => !due.includes(entry));
      for (const { run } of due) run();
    },
  };
}
