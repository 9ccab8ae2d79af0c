/** One run of the agent on a screen: the player's own parts, put together as the player does, before a stage that is simulated. */
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import type { RawClock } from '../../main/clock.ts';
import type { DeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock, type DisciplinedClock } from '../../main/disciplined-clock.ts';
import { type DurableFiles, errnoOf } from '../../main/durable-files.ts';
import type { ActiveProgram } from '../../main/engine/cue.ts';
import { createDayBook, type DayBook } from '../../main/engine/day-book.ts';
import { createDayClaim, type DayClaim } from '../../main/engine/day-claim.ts';
import { createPlanner, type Planner } from '../../main/engine/planner.ts';
import { createRecorder, type Recorder } from '../../main/engine/recorder.ts';
import { createSetAside, type SetAside } from '../../main/engine/set-aside.ts';
import { createTakeoverWatch, type TakeoverWatch } from '../../main/engine/takeover.ts';
import { createIncidents } from '../../main/incidents.ts';
import type { Journal } from '../../main/journal/journal.ts';
import { createJournalHolder } from '../../main/journal/journal-holder.ts';
import { pruneJournal } from '../../main/journal/prune-journal.ts';
import type { SegmentFiles } from '../../main/journal/segment-files.ts';
import type { PlayerSocket } from '../../main/link/socket-port.ts';
import { createUploader, type Uploader } from '../../main/link/uploader.ts';
import { createProofLog } from '../../main/proof-log/proof-log.ts';
import { openSettings } from '../../main/settings.ts';
import type { Takeover } from '../../protocol/player-link.ts';
import { createSessionDay, type SessionDay } from './session-day.ts';
import { createStillTimers, type StillTimers } from './still-timers.ts';

/** What a run of the agent is given. `programSinceMs`: when the screen got its program, null if that was before this run. */
export type SessionDeps = {
  raw: RawClock;
  files: DurableFiles;
  segments: SegmentFiles;
  key: DeviceKey;
  screen: string;
  boot: string;
  active: ActiveProgram;
  programSinceMs: number | null;
  isMissing: (item: string) => boolean;
  random: () => number;
  /** The log is asked this many times as seldom as a player does; null: never. */
  logPatience: () => number | null;
  /** A message was put on the page, or taken back. */
  onMessage: (isShown: boolean) => void;
  seams: SessionSeams;
};

/** Where deliberate bugs can be put in. */
export type SessionSeams = {
  clock?: (clock: DisciplinedClock) => DisciplinedClock;
  prune?: typeof pruneJournal;
};

/** What a server says to a player that comes back. */
export type SimulatedWelcome = { takeover: Takeover | null; next: { epoch: number; segment: number } | null };

/** The running agent without its stage. */
export type Session = {
  clock: DisciplinedClock;
  timers: StillTimers;
  book: DayBook;
  planner: Planner;
  claim: DayClaim;
  aside: SetAside;
  recorder: Recorder;
  takeover: TakeoverWatch;
  uploader: Uploader;
  day: SessionDay;
  journal(): Journal | null;
  /** Opens the journal where that failed before. */
  openJournal(): void;
  /** Pushes what stands over everything; true where the screen has changed. */
  takeOver(next: Takeover | null): boolean;
  /** A connection, as the player takes it up. */
  welcome(socket: PlayerSocket, welcome: SimulatedWelcome): void;
  disconnect(): void;
  /** Lets go of what was closed longer ago than `keepMs` and is logged; as the player does, only by a clock that the server has set. */
  prune(keepMs: number): void;
  /** An orderly stop. */
  stop(): void;
  /** Takes over what is known of the time; true where a new plan is needed. */
  settleClock(): boolean;
};

const HOUR_MS = 3_600_000;
/** As the engine: a clock that was moved by more than this makes the plan a plan of another time. */
const DRIFT_MS = 1000;

/** Starts the agent: opens the journal, writes the boot record, reads back the day so far; a message that stood before stands again. */
export function startSession(deps: SessionDeps): Session {
  const { raw, files, segments, key, screen, active, random, seams } = deps;
  const plainClock = createDisciplinedClock(raw);
  const clock = seams.clock ? seams.clock(plainClock) : plainClock;
  const timers = createStillTimers(clock);
  const silent = (): void => undefined;
  const incidents = createIncidents(silent);
  const settings = openSettings(files, '/settings.json');
  const book = createDayBook();
  const claim = createDayClaim(clock, book, incidents);
  const proofLog = createProofLog({
    ...{ files, segments, incidents, random, log: silent },
    timers: {
      after: (delayMs, run) => timers.after(delayMs * (delayMs < HOUR_MS ? 1 : (deps.logPatience() ?? 1)), run),
    },
    folder: '/log',
    nowMs: () => clock.nowMs(),
    onLacking: () => held.refill(),
  });
  const held = createJournalHolder({
    journal: {
      ...{ files: segments, key, clock, boot: deps.boot, build: 'simulation', beacon: proofLog.beacon },
      programText: (hash) => (hash === active.hash ? canonicalJson(active.program) : null),
    },
    isOwnLog: proofLog.isOwn,
    incidents,
    log: silent,
    onOpened: (records) => records.forEach(book.note),
  });
  const opened = (): { journal: Journal; screen: string } | null => {
    const journal = held.get();
    return journal && { journal, screen };
  };
  const recorder = createRecorder({ open: opened, book, clock, incidents, onRecord: silent });
  const takeover = createTakeoverWatch({
    ...{ clock, timers, book },
    send: (command) => deps.onMessage(command.type === 'takeover' && command.message !== null),
    isReady: () => true,
    write: (record) => recorder.write(record, active),
    onEnd: keepTakeover,
  });
  const uploader = createUploader({ journal: held.get, timers, random, log: silent, spreadMs: () => 10_000 });
  const seal = (): void => {
    held.get()?.seal();
  };
  const day = createSessionDay({ ...deps, clock, book, claim, recorder, seal });

  /** What cannot be written is only missed at the next start. */
  function ignoringDisk(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (errnoOf(error) === null) throw error;
    }
  }

  function keepTakeover(): void {
    ignoringDisk(() => settings.change({ takeover: takeover.standing() }));
  }

  function takeOver(next: Takeover | null): boolean {
    if (!takeover.set(next)) return false;
    keepTakeover();
    return true;
  }

  held.open(screen, active);
  takeOver(settings.get().takeover);
  return {
    ...{
      clock,
      timers,
      book,
      claim,
      aside: createSetAside(clock, incidents),
      recorder,
      takeover,
      uploader,
      day,
      takeOver,
    },
    planner: createPlanner(),
    journal: held.get,
    openJournal: () => held.open(screen, active),
    welcome(socket, welcome) {
      held.open(screen, active);
      takeOver(welcome.takeover);
      held.welcomed(welcome.next);
      uploader.setSocket(socket);
      if (deps.logPatience() !== null) proofLog.setSocket(socket);
    },
    disconnect() {
      uploader.setSocket(null);
      proofLog.setSocket(null);
    },
    prune(keepMs) {
      if (clock.state().source === 'server')
        ignoringDisk(() => (seams.prune ?? pruneJournal)(segments, clock.nowMs() - keepMs));
    },
    stop() {
      takeover.pause();
      recorder.mode('stopped', active);
      held.get()?.seal();
      uploader.setSocket(null);
      proofLog.stop();
    },
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
