/** The engine: carries out the plan of the day by the clock, and plans anew whenever the day goes otherwise. */
import type { PlayedSlot } from '../../domain/plan/day-plan.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import { every } from '../clock.ts';
import { messageOf } from '../log.ts';
import { type ActiveProgram, type Cue, isWithdrawn, type Over } from './cue.ts';
import { createDayBook } from './day-book.ts';
import { createDayClaim } from './day-claim.ts';
import { closeDay } from './day-end.ts';
import { type DayWordSources, dayWord, riskWatch } from './day-word.ts';
import { createDirector, LATE_MS } from './director.ts';
import { createDisplayWatch } from './display-watch.ts';
import type { Engine, EngineDeps, PairingNotice } from './engine-port.ts';
import { idleWords, type Surroundings } from './idle-words.ts';
import { createPlanner, dateAt, isOpenAt } from './planner.ts';
import { createRecorder } from './recorder.ts';
import { createSetAside } from './set-aside.ts';
import { showingNow } from './showing-now.ts';
import { createTakeoverWatch } from './takeover.ts';

const TICK_MS = 1000;
/** A slot further away than this is not made ready yet. */
const PREPARE_AHEAD_MS = 30_000;
/** What stands ready can be called this soon. */
const READY_LEAD_MS = 50;
/** A clock that was moved by more than this makes the plan a plan of another time. */
const DRIFT_MS = 1000;

/** Creates the engine of one stage. */
export function createEngine(deps: EngineDeps): Engine {
  const { clock, timers, stage, log, incidents } = deps;
  const book = createDayBook();
  const planner = createPlanner();
  const claim = createDayClaim(clock, book, incidents);
  const aside = createSetAside(clock, incidents);
  const watchRisk = riskWatch(deps.onRisk);
  const { playShots, onRecord } = deps;
  const recorder = createRecorder({ open: deps.opened, book, clock, incidents, onRecord, shotOf: playShots?.shotOf });
  const director = createDirector(stage, clock, {
    onOver,
    onFailed,
    onLost(cues) {
      for (const { slot, content } of cues)
        if (content.type === 'video' || content.type === 'live') aside.failed(slot.item);
    },
    onBegun: (cue) => playShots?.begun(cue, book.playedOn(cue.date)),
    onChange: advance,
    onLate: () => {
      needsPlan = true;
    },
    idleCommand: () => idleWords.command(around()),
    onReady,
  });
  const display = createDisplayWatch(stage.send, deps.hangs);
  const takeover = createTakeoverWatch({
    clock,
    timers,
    send: stage.send,
    isReady: director.isReady,
    book,
    write: (record) => recorder.write(record, active),
    onEnd: takeoverChanged,
  });
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

  function onReady(): void {
    needsPlan = true;
    display.forget();
    takeover.resend();
    sendTicker();
  }

  /** Ends what shows before anything else is thought of. */
  function clearScreen(): void {
    director.cutOff();
    director.advance();
  }

  function takeoverChanged(): void {
    needsPlan = true;
    deps.onTakeover(takeover.standing());
    if (cancelTick) advance();
  }

  const sendTicker = (): void => stage.send(idleWords.ticker({ active, pairing }));

  const around = (): Surroundings => ({
    active,
    pairing,
    isOpen: isOpen(clock.nowMs()),
    isLoading: Object.keys(active?.program.manifest ?? {}).some(isMissing),
  });

  /** When the next slot can start at the earliest. */
  function freeFromMs(nowMs: number): number {
    const end = director.committedEndMs();
    if (end !== null) return Math.max(nowMs, end);
    const free = takeover.freeFromMs(nowMs);
    if (free > nowMs) return free;
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
      planner.plan(claim.plannable(active), { date, fromMs, playedOn, isUsable });
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
    takeover.look();
    const now = clock.nowMs();
    turnDay(now);
    setMode(now);
    if (!director.isReady()) return;
    display.look(active, date, now);
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
    if (today !== date && director.unrecorded().some((cue) => cue.date !== today)) return;
    const { missed, ended, isNew } = claim.turn(date, today);
    date = today;
    if (!isNew) return;
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
      takeover.pause();
      settleClock();
      takeover.resend();
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
      if (next && director.committed().some(({ slot }) => isWithdrawn(next, slot.item))) clearScreen();
      active = next;
      if (!next) date = null;
      needsPlan = true;
      if (director.isReady()) sendTicker();
      if (cancelTick) advance();
    },
    takeOver(next) {
      if (!takeover.set(next)) return;
      clearScreen();
      takeoverChanged();
    },
    noteWithdrawn: (item) => recorder.withdrawn(item, active),
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
    reloadPage(reason) {
      director.cutOff();
      stage.restart(reason);
    },
    isTimeCertain: claim.isCertain,
    status: () => ({
      ...showingNow(director, clock),
      ...(director.committed().length === 0 && {
        state: mode === 'closed' ? ('closed' as const) : idleWords.state(around()),
      }),
      date,
      ...dayWord(wordSources()),
      ...takeover.status(),
    }),
    start() {
      cancelTick ??= every(timers, TICK_MS, tick);
      advance();
    },
    stop() {
      cancelTick?.();
      cancelWake?.();
      cancelTick = null;
      director.cutOff();
      takeover.pause();
      recorder.mode('stopped', active);
    },
  };
}

/** A showing under way, as it will be if nothing goes wrong. */
const assumed = ({ slot }: Cue): PlayedSlot => ({ ...slot, counted: true });
