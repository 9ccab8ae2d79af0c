/** Directs the stage page: one slot showing, one standing ready behind it, each called at its planned start. */
import { isSameShowing, slotEndMs } from '../../domain/playback/timeline.ts';
import type { StageCommand, StageEvent } from '../../protocol/stage.ts';
import type { Clock } from '../disciplined-clock.ts';
import type { StagePort } from '../stage-port.ts';
import type { Cue, Over } from './cue.ts';
import { createPageWatch } from './page-watch.ts';
import { createStallWatch } from './stall-watch.ts';

/** A slot is called this long before its start, so that the page can switch on the frame. */
const CALL_AHEAD_MS = 500;
/** A hole in the plan shorter than this is covered by the slot before, within the tolerance of a full-length play. */
const SMALL_HOLE_MS = 300;
/** A slot that begins later than this after its plan gets its full length all the same, and the rest is planned anew. */
export const LATE_MS = 250;
const PREPARE_LIMIT_MS = 10_000;
const START_LIMIT_MS = 3000;
const FINISH_LIMIT_MS = 3000;
const LEAST_LEAD_MS = 400;
const MOST_LEAD_MS = 5000;

type Upcoming = {
  id: string;
  cue: Cue;
  phase: 'preparing' | 'prepared' | 'called';
  askedM: number;
  calledForM: number;
};
type Shown = { id: string; cue: Cue; m0: number; m1: number | null; endMs: number; frames: number };

/** What the director tells the engine. */
export type DirectorEvents = {
  /** A showing has ended; its record is due now. */
  onOver(over: Over): void;
  /** A slot could not be shown. Its record follows, after that of what is on the screen. */
  onFailed(cue: Cue): void;
  /** The page was lost while this was on the screen or being made ready: a film among them may be why. */
  onLost(cues: readonly Cue[]): void;
  /** A slot is on the screen from now on. */
  onBegun(cue: Cue): void;
  /** Something changed: time to look what is next. */
  onChange(): void;
  /** What a stage without a slot shows. */
  idleCommand(): StageCommand;
  /** The slot on the screen began so late that it runs past its planned end. */
  onLate(): void;
  /** What a page that has just loaded needs first. */
  onReady(): void;
};

/** The director. Times are of the believed clock, in milliseconds. */
export type Director = {
  isReady(): boolean;
  /** What is on the screen or called to it; no plan can change it any more. */
  committed(): Cue[];
  /** When the last of them is over, or null where there is none. */
  committedEndMs(): number | null;
  /** What is asked for next and not called yet. */
  upcoming(): { cue: Cue; isPrepared: boolean } | null;
  /** What is on the screen or has just left it and is not recorded yet. */
  unrecorded(): Cue[];
  /** When the slot on the screen began (monotonic), with its cue. */
  showing(): { cue: Cue; m0: number } | null;
  /** How long it takes to make a slot ready, as seen lately. */
  leadMs(): number;
  /** What is to come next; what stands ready is kept where it can serve. */
  setNext(cue: Cue | null): void;
  /** Does what is due now. */
  advance(): void;
  /** When there is something due next, or null. */
  nextDueMs(): number | null;
  /** Looks after pages and slots that do not answer; to be called about once a second. */
  watch(): void;
  /** Ends what is on the screen, as cut off now. */
  cutOff(): void;
};

/** Creates the director of a stage. */
export function createDirector(stage: StagePort, clock: Clock, events: DirectorEvents): Director {
  let next: Upcoming | null = null;
  let shown: Shown | null = null;
  let leaving: Shown[] = [];
  let failed: Cue[] = [];
  let idleSent: string | null = null;
  let lead = LEAST_LEAD_MS;
  let count = 0;
  const page = createPageWatch(stage, clock);
  const hasStoodStill = createStallWatch(clock);

  function over(entry: Shown, seen: Over['seen'], frames: number, hasFailed = false): void {
    if (shown === entry) shown = null;
    leaving = leaving.filter((other) => other !== entry);
    const m1 = entry.m1 ?? clock.monoMs();
    if (hasFailed) events.onFailed(entry.cue);
    events.onOver({ cue: entry.cue, m0: entry.m0, m1, seen, frames, hasFailed });
    flushFailed(m1);
  }

  /** Records of slots that failed behind another wait for its record, so that the order of records is that of time. */
  function flushFailed(m: number): void {
    const waiting = failed;
    failed = [];
    for (const cue of waiting) events.onOver({ cue, m0: m, m1: m, seen: null, frames: 0, hasFailed: true });
  }

  const overUnseen = (entry: Shown): void => over(entry, null, entry.frames);

  function failNext(): void {
    if (!next) return;
    const { cue } = next;
    next = null;
    failed.push(cue);
    events.onFailed(cue);
    if (!shown && leaving.length === 0) flushFailed(clock.monoMs());
  }

  function cutOff(): void {
    for (const entry of [...leaving, ...(shown ? [shown] : [])]) overUnseen(entry);
    next = null;
    idleSent = null;
  }

  function lose(): void {
    const near = [shown, next].flatMap((entry) => (entry ? [entry.cue] : []));
    if (near.length > 0) events.onLost(near);
    cutOff();
  }

  function begin(started: Upcoming): void {
    const m = clock.monoMs();
    if (shown) {
      shown.m1 = m;
      leaving.push(shown);
    }
    const startMs = clock.wallAt(m);
    // Early by the clock is a slot that was called before the clock was set back; it still takes its length, and no more.
    const isOff = Math.abs(startMs - started.cue.slot.startMs) > LATE_MS;
    const endMs = isOff ? startMs + started.cue.slot.durationMs : slotEndMs(started.cue.slot);
    shown = { id: started.id, cue: started.cue, m0: m, m1: null, endMs, frames: 0 };
    next = null;
    idleSent = null;
    if (isOff) events.onLate();
    events.onBegun(started.cue);
  }

  function handle(event: StageEvent): void {
    page.heard(event);
    switch (event.type) {
      case 'ready':
        lose();
        events.onReady();
        break;
      case 'prepared':
        if (next?.id === event.id && next.phase === 'preparing') {
          next.phase = 'prepared';
          lead = Math.min(MOST_LEAD_MS, Math.max(LEAST_LEAD_MS, 1.5 * (clock.monoMs() - next.askedM)));
        }
        break;
      case 'started':
        if (next?.id === event.id && next.phase === 'called') begin(next);
        break;
      case 'finished': {
        const entry = [...leaving, shown].find((e) => e?.id === event.id);
        // What left before it was never accounted for; its record comes first all the same.
        if (entry && entry === shown) for (const other of [...leaving]) overUnseen(other);
        if (entry) over(entry, event, event.frames);
        break;
      }
      case 'failed':
        if (next?.id === event.id) failNext();
        else if (shown?.id === event.id) over(shown, null, shown.frames, true);
        break;
      case 'pulse':
        if (shown && shown.id === event.showing) shown.frames += event.frames;
        return;
    }
    events.onChange();
  }
  stage.onEvent(handle);

  /** When the slot on the screen has to give way to the idle page, unless the next is called before. */
  function idleDueMs(): number | null {
    if (!shown || next?.phase === 'called') return null;
    const end = shown.endMs;
    return next && next.cue.slot.startMs - end <= SMALL_HOLE_MS ? end + SMALL_HOLE_MS : end;
  }

  function advance(): void {
    if (!page.isReady()) return;
    const now = clock.nowMs();
    if (next?.phase === 'prepared' && now >= next.cue.slot.startMs - CALL_AHEAD_MS) {
      const inMs = Math.max(0, next.cue.slot.startMs - now);
      next.phase = 'called';
      next.calledForM = clock.monoMs() + inMs;
      stage.send({ type: 'show', id: next.id, inMs });
    }
    const idleDue = idleDueMs();
    const isOver = idleDue !== null && now >= idleDue;
    if (isOver || (!shown && next?.phase !== 'called')) sendIdle();
  }

  function sendIdle(): void {
    const command = events.idleCommand();
    const text = JSON.stringify(command);
    if (text === idleSent) return;
    idleSent = text;
    stage.send(command);
    if (shown) {
      shown.m1 = clock.monoMs();
      leaving.push(shown);
      shown = null;
    }
  }

  function setNext(cue: Cue | null): void {
    if (next?.phase === 'called') return;
    if (next && cue && isSameShowing(next.cue.slot, cue.slot) && next.cue.sha === cue.sha) {
      next.cue = cue;
      return;
    }
    next = null;
    if (!cue || !page.isReady()) return;
    count += 1;
    const id = `${cue.date}/${cue.slot.startMs}/${count}`;
    next = { id, cue, phase: 'preparing', askedM: clock.monoMs(), calledForM: 0 };
    stage.send({ type: 'prepare', id, content: cue.content, durationMs: cue.slot.durationMs });
  }

  function watch(): void {
    if (hasStoodStill()) return;
    const m = clock.monoMs();
    if (page.check(shown?.cue.content.type === 'video') === 'lost') lose();
    for (const entry of leaving.filter((e) => m - (e.m1 ?? m) > FINISH_LIMIT_MS)) overUnseen(entry);
    if (next?.phase === 'preparing' && m - next.askedM > PREPARE_LIMIT_MS) failNext();
    else if (next?.phase === 'called' && m - next.calledForM > START_LIMIT_MS) failNext();
  }

  return {
    isReady: () => page.isReady(),
    committed: () => [...(shown ? [shown.cue] : []), ...(next?.phase === 'called' ? [next.cue] : [])],
    committedEndMs: () => (next?.phase === 'called' ? slotEndMs(next.cue.slot) : (shown?.endMs ?? null)),
    upcoming: () => (next && next.phase !== 'called' ? { cue: next.cue, isPrepared: next.phase === 'prepared' } : null),
    unrecorded: () => [...leaving, ...(shown ? [shown] : [])].map((entry) => entry.cue),
    showing: () => shown,
    leadMs: () => lead,
    setNext,
    advance,
    nextDueMs: () => {
      const call = next?.phase === 'prepared' ? next.cue.slot.startMs - CALL_AHEAD_MS : null;
      const due = [call, idleDueMs()].filter((ms) => ms !== null);
      return due.length > 0 ? Math.min(...due) : null;
    },
    watch,
    cutOff,
  };
}
