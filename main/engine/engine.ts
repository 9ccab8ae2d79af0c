/** The engine: carries out the plan of the day by the clock, and plans anew whenever the day goes otherwise. */
import type { PlayedSlot } from '../../domain/plan/day-plan.ts';
import type { ProofRecord } from '../../domain/proof/record.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { Status } from '../../protocol/player-link.ts';
import type { StageCommand } from '../../protocol/stage.ts';
import { every, type Timers } from '../clock.ts';
import type { DisciplinedClock } from '../disciplined-clock.ts';
import type { Incidents } from '../incidents.ts';
import type { Journal } from '../journal/journal.ts';
import { type Log, messageOf } from '../log.ts';
import { type StagePort, tickerLines } from '../stage-port.ts';
import type { ActiveProgram, Cue, Over } from './cue.ts';
import { createDayBook } from './day-book.ts';
import { closeDay } from './day-end.ts';
import { type DayWordSources, dayWord, riskWatch } from './day-word.ts';
import { createDirector, LATE_MS } from './director.ts';
import { createPlanner, dateAt, isOpenAt } from './planner.ts';
import { createRecorder } from './recorder.ts';
import { createSetAside } from './set-aside.ts';

const TICK_MS = 1000;
/** A slot further away than this is not made ready yet. */
const PREPARE_AHEAD_MS = 30_000;
/** What stands ready can be called this soon. */
const READY_LEAD_MS = 50;
/** A clock that was moved by more than this makes the plan a plan of another time. */
const DRIFT_MS = 1000;

/** A pairing code to be shown, and where to enter it. */
export type PairingNotice = { code: string; server: string };

/** What the engine needs. `opened` gives the journal and the screen, null before the first enrolment. */
export type EngineDeps = {
  clock: DisciplinedClock;
  timers: Timers;
  stage: StagePort;
  log: Log;
  incidents: Incidents;
  opened: () => { journal: Journal; screen: string } | null;
  /** Whether the media of an item stands verified in the cache (always true for slogans). */
  isCached: (active: ActiveProgram, item: string) => boolean;
  /** Called with every record that is on the disk. */
  onRecord: (record: ProofRecord) => void;
  /** Called when the plan has begun or ceased to miss a promise of today. */
  onRisk: () => void;
};

/** The running engine. */
export type Engine = {
  /** Takes what the journal says of the last days; before the first program. */
  restore(records: readonly ProofRecord[]): void;
  /** From the end of the slot on the screen on, this is played. `isFirst`: the screen never had one before. */
  setProgram(active: ActiveProgram | null, isFirst?: boolean): void;
  /** Leaves the screen at once: what is on it is recorded as cut, and there is no program any more. */
  retire(): void;
  /** Media came or went: plan with what there is. */
  mediaChanged(): void;
  setPairing(notice: PairingNotice | null): void;
  /** The date of service, or null without a program. */
  date(): LocalDate | null;
  status(): Pick<Status, 'state' | 'showing' | 'date' | 'tally' | 'loop' | 'short'>;
  start(): void;
  /** Records what is on the screen as cut and stops. */
  stop(): void;
};

/** Creates the engine of one stage. */
export function createEngine(deps: EngineDeps): Engine {
  const { clock, timers, stage, log, incidents } = deps;
  const book = createDayBook();
  const planner = createPlanner();
  const aside = createSetAside(clock, incidents);
  const watchRisk = riskWatch(deps.onRisk);
  const recorder = createRecorder({ open: deps.opened, book, clock, incidents, onRecord: deps.onRecord });
  const director = createDirector(stage, clock, { onOver, onFailed, onChange: advance, onLate, idleCommand, onReady });
  let active: ActiveProgram | null = null;
  let date: LocalDate | null = null;
  let mode: 'open' | 'closed' | 'no-program' | null = null;
  let pairing: PairingNotice | null = null;
  let needsPlan = false;
  let programSinceMs: number | null = null;
  let cancelWake: (() => void) | null = null;
  let cancelTick: (() => void) | null = null;

  const isMissing = (item: string): boolean => active !== null && !deps.isCached(active, item);
  const isUsable = (item: string): boolean => !isMissing(item) && aside.isUsable(item);

  function onOver(over: Over): void {
    const outcome = recorder.play(over);
    if (outcome === 'complete') aside.succeeded(over.cue.slot.item);
    else needsPlan = true;
    if (outcome === 'failed' && !over.hasFailed) onFailed(over.cue);
    settleClock();
  }

  function onFailed({ slot }: Cue): void {
    log('warn', 'slot failed', { item: slot.item, slot: slot.startMs });
    aside.failed(slot.item);
    needsPlan = true;
  }

  /** Between slots, and only there, the believed clock may move. */
  function settleClock(): void {
    const before = clock.wallAt(0);
    const step = clock.settle();
    if (Math.abs(clock.wallAt(0) - before) > DRIFT_MS) needsPlan = true;
    if (!step) return;
    log('info', 'clock stepped', { byMs: step.afterMs - step.beforeMs, errorMs: step.errorMs });
    recorder.clock(step, active);
  }

  function onLate(): void {
    needsPlan = true;
  }

  function onReady(): void {
    needsPlan = true;
    sendTicker();
  }

  function sendTicker(): void {
    const lines = active ? tickerLines(active.program) : [];
    // A screen that plays on although the server does not know it tells its code in passing.
    const notice = pairing && active ? [{ text: `配对码 Pairing code: ${pairing.code}`, theme: 'ink' as const }] : [];
    stage.send({ type: 'ticker', lines: [...notice, ...lines] });
  }

  function idleCommand(): StageCommand {
    if (!active) return pairing ? { type: 'pairing', ...pairing } : { type: 'idle', reason: 'no-program' };
    if (!isOpen(clock.nowMs())) return { type: 'idle', reason: 'closed' };
    const isLoading = Object.keys(active.program.manifest).some(isMissing);
    return { type: 'idle', reason: isLoading ? 'loading' : 'nothing-due' };
  }

  /** When the next slot can start at the earliest. */
  function freeFromMs(nowMs: number): number {
    const end = director.committedEndMs();
    if (end !== null) return Math.max(nowMs, end);
    return nowMs + (director.upcoming()?.isPrepared ? READY_LEAD_MS : director.leadMs());
  }

  function replan(nowMs: number): void {
    needsPlan = false;
    if (!active || date === null) {
      planner.clear();
      director.setNext(null);
      return;
    }
    const committed = director.committed();
    const playedOn = (day: LocalDate): PlayedSlot[] => [
      ...book.playedOn(day),
      ...committed.filter((c) => c.date === day).map(assumed),
    ];
    const fromMs = freeFromMs(nowMs);
    try {
      planner.plan(active, { date, fromMs, playedOn, isUsable });
    } catch (error) {
      log('error', 'no plan could be made', { error: messageOf(error), program: active.hash });
      planner.clear();
    }
    director.setNext(nextCue(fromMs, nowMs));
    watchRisk(wordSources());
  }

  const wordSources = (): DayWordSources => ({ book, planner, isMissing, programSinceMs, date });

  function nextCue(fromMs: number, nowMs: number): Cue | null {
    const cue = planner.nextFrom(fromMs);
    return cue && cue.slot.startMs - nowMs <= PREPARE_AHEAD_MS + director.leadMs() ? cue : null;
  }

  function isLate(nowMs: number): boolean {
    const next = director.upcoming();
    return next?.isPrepared === true && nowMs > next.cue.slot.startMs + LATE_MS;
  }

  function advance(): void {
    const now = clock.nowMs();
    turnDay(now);
    setMode(now);
    if (!director.isReady()) return;
    if (needsPlan || isLate(now)) replan(now);
    if (!director.upcoming()) {
      const from = freeFromMs(now);
      const showing = director.showing();
      const cue = showing ? planner.nextFrom(from) : nextCue(from, now);
      if (cue) director.setNext(cue);
    }
    director.advance();
    wakeAt(director.nextDueMs(), now);
  }

  function wakeAt(dueMs: number | null, nowMs: number): void {
    cancelWake?.();
    cancelWake = dueMs === null || cancelTick === null ? null : timers.after(Math.max(1, dueMs - nowMs), advance);
  }

  /** A day of service ends when its date does and its last slot is off the screen. */
  function turnDay(nowMs: number): void {
    if (!active) return;
    const today = dateAt(active, nowMs);
    if (today === date) return;
    if (director.unrecorded().some((cue) => cue.date !== today)) return;
    const missed = book.unclosedBefore(today).filter((day) => day !== date);
    const ended = date !== null && date < today ? [date] : [];
    date = today;
    needsPlan = true;
    const dayEnd = { recorder, book, clock, isMissing, programSinceMs };
    for (const day of missed) closeDay({ ...dayEnd, wasMissed: true }, active, day);
    for (const day of ended) closeDay({ ...dayEnd, wasMissed: false }, active, day);
    if (missed.length + ended.length > 0) deps.opened()?.journal.seal();
  }
  const isOpen = (nowMs: number): boolean => active !== null && date !== null && isOpenAt(active, date, nowMs);

  function setMode(nowMs: number): void {
    const now = active === null ? 'no-program' : isOpen(nowMs) ? 'open' : 'closed';
    if (now === mode || director.unrecorded().length > 0) return;
    mode = now;
    recorder.mode(now, active);
  }

  function tick(): void {
    const sleptMs = clock.observe();
    if (sleptMs > 0) {
      log('warn', 'machine was asleep', { sleptMs });
      director.cutOff();
      settleClock();
      recorder.asleep(sleptMs, active);
      needsPlan = true;
    }
    if (!director.showing()) settleClock();
    if (aside.expire()) needsPlan = true;
    director.watch();
    advance();
  }

  return {
    restore: (records) => records.forEach(book.note),
    setProgram(next, isFirst = false) {
      if (isFirst) programSinceMs = clock.nowMs();
      active = next;
      if (!next) date = null;
      needsPlan = true;
      if (director.isReady()) sendTicker();
      if (cancelTick) advance();
    },
    retire() {
      director.cutOff();
      active = null;
      date = null;
      needsPlan = true;
      if (director.isReady()) sendTicker();
      if (cancelTick) advance();
    },
    mediaChanged() {
      needsPlan = true;
      if (cancelTick && !director.showing()) advance();
    },
    setPairing(notice) {
      pairing = notice;
      if (director.isReady()) sendTicker();
      if (cancelTick) advance();
    },
    date: () => date,
    status() {
      const [slot] = director.committed().map((cue) => cue.slot);
      const showing = director.showing();
      const startMs = showing ? clock.wallAt(showing.m0) : slot?.startMs;
      return {
        state: slot ? 'showing' : mode === 'closed' ? 'closed' : idleState(),
        showing:
          slot && startMs !== undefined
            ? { item: slot.item, commitment: slot.commitment, startMs, durationMs: slot.durationMs }
            : null,
        date,
        ...dayWord(wordSources()),
      };
    },
    start() {
      cancelTick ??= every(timers, TICK_MS, tick);
      advance();
    },
    stop() {
      cancelTick?.();
      cancelWake?.();
      cancelTick = null;
      director.cutOff();
      recorder.mode('stopped', active);
    },
  };

  function idleState(): 'no-program' | 'fetching' | 'idle' {
    if (!active) return 'no-program';
    return Object.keys(active.program.manifest).some(isMissing) ? 'fetching' : 'idle';
  }
}

/** A showing under way, as it will be if nothing goes wrong. */
const assumed = ({ slot }: Cue): PlayedSlot => ({ ...slot, counted: true });
