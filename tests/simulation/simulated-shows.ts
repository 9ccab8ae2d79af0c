/** Showings on a simulated stage: how long each truly ran, and what the recorder is told of it. */
import type { Cue } from '../../main/engine/cue.ts';
import { dateAt } from '../../main/engine/planner.ts';
import type { Chance } from './chance.ts';
import type { FaultEvent } from './fault-plan.ts';
import type { FaultRates } from './fault-rates.ts';
import type { Machine } from './machine.ts';
import type { Session } from './session.ts';
import { courseOf, truthOf } from './simulated-stage.ts';
import type { Showing, Witness } from './witness.ts';

/** What came of a showing: where the plan goes on, and whether it has to be made anew; null: the agent ended. */
export type Shown = { cursorMs: number; needsPlan: boolean } | null;

/** Shows what is due. */
export type SimulatedShows = {
  /** Shows a cue to its end, or to the event that takes the screen away. */
  show(running: Session, cue: Cue, nextCut: (untilMs: number) => FaultEvent | null): Shown;
  /** The page cannot show the item and says so at once. */
  refuse(running: Session, cue: Cue): void;
};

/** What it works with. */
export type ShowsDeps = {
  machine: Machine;
  witness: Witness;
  rates: FaultRates['stage'];
  chance: Chance;
};

/** A slot later than this gets its full length, and the rest is planned anew (E2). */
export const LATE_MS = 250;

/** A stage of one screen. */
export function createSimulatedShows({ machine, witness, rates, chance }: ShowsDeps): SimulatedShows {
  /** Gives whether the plan still holds. */
  function record(running: Session, showing: Showing, over: Parameters<Session['recorder']['play']>[0]): boolean {
    const { item } = over.cue.slot;
    witness.recording(showing);
    const outcome = running.recorder.play(over);
    witness.refused(showing);
    if (outcome === 'complete') running.aside.succeeded(item);
    if (outcome === 'failed' && !over.hasFailed) running.aside.failed(item);
    return outcome === 'complete';
  }

  return {
    show(running, cue, nextCut) {
      const { clock } = running;
      const { durationMs } = cue.slot;
      const course = courseOf(chance, rates, durationMs);
      machine.moveTo(machine.nowMs() + course.delayMs);
      const m0 = clock.monoMs();
      const beginsLate = clock.wallAt(m0) - cue.slot.startMs > LATE_MS;
      const showing = showingOf(cue, clock.wallAt(m0), machine.nowMs());
      const dueMs = beginsLate ? durationMs : cue.slot.startMs + durationMs - clock.wallAt(m0);
      const endMs = machine.nowMs() + Math.max(100, dueMs + course.extraMs);
      const cut = nextCut(endMs);
      witness.shown(showing);
      machine.moveTo(cut ? cut.atMs : endMs);
      if (cut?.kind === 'stop') return null;
      const m1 = clock.monoMs();
      showing.truth = truthOf(course, durationMs, m1 - m0);
      const frames = course.frames === 'none' ? 0 : cue.content.type === 'video' ? Math.ceil((m1 - m0) / 40) : 1;
      const seen = { shownMs: m1 - m0, dropped: 0, visible: course.isVisible };
      const isAsPlanned = record(running, showing, { cue, m0, m1, seen, frames, hasFailed: false });
      const cursorMs = cue.slot.startMs + durationMs;
      return { cursorMs, needsPlan: !isAsPlanned || beginsLate || clock.nowMs() > cursorMs + LATE_MS };
    },
    refuse(running, cue) {
      const showing = showingOf(cue, running.clock.nowMs(), machine.nowMs());
      showing.truth = 'failed';
      witness.shown(showing);
      running.aside.failed(cue.slot.item);
      const m = running.clock.monoMs();
      record(running, showing, { cue, m0: m, m1: m, seen: null, frames: 0, hasFailed: true });
    },
  };
}

function showingOf({ slot, date, under }: Cue, startMs: number, trulyMs: number): Showing {
  const isOff = Math.abs(startMs - trulyMs) > 10_000;
  return {
    date,
    commitment: slot.commitment,
    item: slot.item,
    durationMs: slot.durationMs,
    isMakeGood: slot.reason === 'make-good',
    startMs,
    isOtherDay: isOff && dateAt(under, trulyMs) !== date,
    truth: 'under-way',
    isRefused: false,
    record: null,
    isStored: false,
  };
}
