/** The two layers and the slots on them: one shows, one stands prepared, and the switch between them is one frame. */
import type { StageCommand, StageEvent } from '../../../protocol/stage.ts';
import { createExhibit } from '../content/create-exhibit.ts';
import { createFilmLead } from './film-lead.ts';
import type { FrameCounter } from './frame-counter.ts';
import { nextFrame } from './next-frame.ts';
import type { Plane } from './plane.ts';
import { runAtMoment } from './run-at-moment.ts';
import { type Slot, slotVisible } from './slot.ts';
import { StageFailure } from './stage-failure.ts';
import { holdMs, switchMoment } from './switch-moment.ts';

/** A slot asked for before it stood ready is given up this long after its moment. */
const LATE_LIMIT_MS = 5_000;
/** What showed is let go this long after the switch, so that freeing it costs no frame of what shows. */
const LET_GO_MS = 60;

/** `fail` reports a slot as failed; `onSwitch` is called in the frame of each switch. */
export type SlotTrackDeps = {
  planes: readonly [Plane, Plane];
  frames: FrameCounter;
  send(event: StageEvent): void;
  fail(id: string, thrown: unknown): void;
  onSwitch(): void;
};

type PrepareCommand = Extract<StageCommand, { type: 'prepare' }>;

/** The slots of the stage; `prepare` and `show` may throw what concerns their slot. */
export type SlotTrack = {
  prepare(command: PrepareCommand): void;
  show(id: string, inMs: number): void;
  /** Takes off what shows, after `showPage` has put a page in its place. */
  clear(showPage: () => void): void;
  showing(): string | null;
  layout(): void;
};

/** Takes charge of `deps.planes`. */
export function createSlotTrack(deps: SlotTrackDeps): SlotTrack {
  const { planes, frames, send, fail } = deps;
  const lead = createFilmLead();
  let current: Slot | null = null;
  let next: Slot | null = null;
  let leaving: Slot | null = null;
  let due: { cancel(): void } | null = null;
  let waiting: { command: PrepareCommand; showAtMs: number | null } | null = null;

  const callOff = (): void => {
    due?.cancel();
    due = null;
    next?.exhibit.ahead?.rest();
  };

  const letGo = (slot: Slot): void => {
    slot.phase = 'over';
    slot.exhibit.stop();
    slot.plane.still.replaceChildren();
    if (leaving === slot) leaving = null;
    if (next === slot) next = null;
  };

  /** Reports what showed as finished, unless it broke off before, and frees it soon. */
  const leave = (slot: Slot, atMs: number): void => {
    if (slot.phase === 'showing') {
      const shownMs = Math.max(0, Math.round(atMs - slot.startedAtMs));
      send({ type: 'finished', id: slot.id, shownMs, ...slot.exhibit.count(), visible: slotVisible(slot) });
    }
    slot.phase = 'over';
    if (leaving !== null) letGo(leaving);
    leaving = slot;
    setTimeout(() => leaving === slot && letGo(slot), LET_GO_MS);
  };

  const prepareNow = (command: PrepareCommand): void => {
    if (next !== null) letGo(next);
    if (leaving !== null) letGo(leaving);
    const plane = current?.plane === planes[0] ? planes[1] : planes[0];
    const exhibit = createExhibit(command.content, {
      plane,
      durationMs: command.durationMs,
      frames,
      lead,
      onBroken(failure) {
        if (slot.phase !== 'showing') return;
        slot.phase = 'broken';
        fail(slot.id, failure);
      },
    });
    const slot: Slot = { id: command.id, plane, exhibit, phase: 'preparing', startedAtMs: 0, wasHidden: false };
    next = slot;
    exhibit.prepare().then(
      () => {
        if (slot.phase !== 'preparing') return;
        slot.phase = 'ready';
        send({ type: 'prepared', id: slot.id });
      },
      (thrown: unknown) => giveUp(slot, thrown),
    );
  };

  const giveUp = (slot: Slot, thrown: unknown): void => {
    if (slot.phase === 'over') return;
    if (next === slot) callOff();
    letGo(slot);
    fail(slot.id, thrown);
    takeWaiting();
  };

  const takeWaiting = (): void => {
    const taken = waiting;
    waiting = null;
    if (taken === null) return;
    try {
      prepareNow(taken.command);
      if (taken.showAtMs !== null) showAt(taken.command.id, taken.showAtMs);
    } catch (thrown) {
      fail(taken.command.id, thrown);
    }
  };

  const showAt = (id: string, plannedAtMs: number): void => {
    const slot = next;
    if (slot?.id !== id) throw new StageFailure('load', 'the slot was never prepared; what shows stays');
    callOff();
    const moment = (): number =>
      switchMoment(plannedAtMs, current?.phase === 'showing' ? current.exhibit.endsAtMs() : null);
    const clockStartAtMs = (): number => {
      const atMs = moment();
      return atMs + holdMs(plannedAtMs, atMs);
    };
    const cancelBeginning = beginAhead(slot, clockStartAtMs);
    const cancelSwitch = runAtMoment(moment, (frameAtMs) => {
      if (slot.phase === 'ready') return switchTo(slot, frameAtMs, plannedAtMs);
      if (performance.now() < plannedAtMs + LATE_LIMIT_MS) return showAt(id, plannedAtMs);
      giveUp(slot, new StageFailure('timeout', `not ready ${LATE_LIMIT_MS} ms after its moment; what shows stays`));
    });
    due = {
      cancel() {
        cancelBeginning();
        cancelSwitch();
      },
    };
  };

  /** Begins what takes a while so much ahead that its clock runs at `clockStartAtMs`; gives what calls that off. */
  const beginAhead = (slot: Slot, clockStartAtMs: () => number): (() => void) => {
    const { ahead } = slot.exhibit;
    if (ahead === null) return () => undefined;
    return runAtMoment(
      () => clockStartAtMs() - ahead.leadMs(),
      () => slot.phase === 'ready' && ahead.leadMs() > 0 && ahead.begin(),
    );
  };

  /** The switch itself, within one animation frame: nothing is drawn between the two. */
  const switchTo = (slot: Slot, frameAtMs: number, plannedAtMs: number): void => {
    const before = current;
    due = null;
    next = null;
    current = slot;
    slot.phase = 'showing';
    slot.startedAtMs = frameAtMs;
    slot.wasHidden = document.hidden;
    slot.plane.raise();
    slot.exhibit.start(holdMs(plannedAtMs, frameAtMs));
    before?.plane.lower();
    deps.onSwitch();
    frames.sampleStill(!slot.exhibit.moving);
    if (before !== null) leave(before, frameAtMs);
    nextFrame(() => {
      send({ type: 'started', id: slot.id });
      takeWaiting();
    });
  };

  document.addEventListener('visibilitychange', () => {
    if (document.hidden && current !== null) current.wasHidden = true;
  });

  return {
    prepare(command) {
      if (due === null) prepareNow(command);
      else waiting = { command, showAtMs: null };
    },
    show(id, inMs) {
      const plannedAtMs = performance.now() + inMs;
      if (current?.id === id && current.phase === 'showing') return;
      if (waiting?.command.id === id) waiting.showAtMs = plannedAtMs;
      else showAt(id, plannedAtMs);
    },
    clear(showPage) {
      callOff();
      showPage();
      const before = current;
      current = null;
      frames.sampleStill(true);
      if (before !== null) {
        before.plane.lower();
        leave(before, performance.now());
      }
      takeWaiting();
    },
    showing: () => (current?.phase === 'showing' ? current.id : null),
    layout() {
      current?.exhibit.layout();
      next?.exhibit.layout();
    },
  };
}
