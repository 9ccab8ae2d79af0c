/** Turns what happens into records; each is claimed only once it is on the disk. */
import { slotId } from '../../domain/plan/day-plan.ts';
import { outcomeOf } from '../../domain/playback/outcome.ts';
import type { PlayRecord, ProofRecord, UnnumberedRecord } from '../../domain/proof/record.ts';
import type { ClockStep, DisciplinedClock } from '../disciplined-clock.ts';
import type { Incidents } from '../incidents.ts';
import type { Journal } from '../journal/journal.ts';
import type { ActiveProgram, Cue, Over } from './cue.ts';
import type { DayBook } from './day-book.ts';

/** Writes records under the program they belong to. */
export type Recorder = {
  /** The record of a showing that is over; gives its outcome. */
  play(over: Over): PlayRecord['outcome'];
  mode(reason: 'open' | 'closed' | 'no-program' | 'stopped', under: ActiveProgram | null): void;
  clock(step: ClockStep, under: ActiveProgram | null): void;
  asleep(sleptMs: number, under: ActiveProgram | null): void;
  /** A withdrawn item has left the screen and the cache. */
  withdrawn(item: { subject: string; sha: string }, under: ActiveProgram | null): void;
  write(record: UnnumberedRecord, under: ActiveProgram | null): boolean;
};

/** `open` gives the journal and screen, null before the first enrolment, when there is nothing to prove. */
export type RecorderDeps = {
  open: () => { journal: Journal; screen: string } | null;
  book: DayBook;
  clock: DisciplinedClock;
  incidents: Incidents;
  onRecord: (record: ProofRecord) => void;
  /** SHA-256 of a picture taken of a showing, null where none was. */
  shotOf?: ((cue: Cue) => string | null) | undefined;
};

/** Creates the recorder. */
export function createRecorder({ open, book, clock, incidents, onRecord, shotOf }: RecorderDeps): Recorder {
  /** End of the last record, so that a clock set back by less than a step makes no overlap. */
  let lastT1 = 0;

  function write(record: UnnumberedRecord, under: ActiveProgram | null): boolean {
    const opened = open();
    if (!opened) return false;
    opened.journal.setContext({
      screen: opened.screen,
      program: under?.hash ?? null,
      manifest: under?.manifestHash ?? null,
    });
    const written = opened.journal.append(record);
    if (!written.ok) {
      incidents.open('disk-full', 'journal', `${written.error.kind}: ${written.error.detail}`);
      return false;
    }
    incidents.close('disk-full', 'journal');
    book.note(written.value);
    onRecord(written.value);
    return true;
  }

  const instant = (): { t0: number; t1: number; m0: number; m1: number } => {
    const m = clock.monoMs();
    const t = Math.max(0, clock.wallAt(m));
    return { t0: t, t1: t, m0: m, m1: m };
  };

  function play(over: Over): PlayRecord['outcome'] {
    const { cue, m0, m1, seen } = over;
    const { slot } = cue;
    // A step clears `lastT1`, so what is left of a clock set back is a nudge: it shortens a record, also to nothing.
    const t0 = Math.max(lastT1, clock.wallAt(m0));
    const t1 = Math.max(t0, clock.wallAt(m1));
    const visible = seen?.visible ?? false;
    // Pulses count every frame of the page, also those of a ticker over still content.
    const frames = seen || cue.content.type === 'video' ? over.frames : Math.min(1, over.frames);
    const judged = {
      expectedMs: slot.durationMs,
      ranMs: m1 - m0,
      shownMs: seen?.shownMs ?? 0,
      frames,
      visible,
    };
    // Without the page's own account nothing more is said than that it was on for a while.
    const blind = m1 > m0 ? 'cut' : 'failed';
    const outcome = over.hasFailed ? 'failed' : seen ? outcomeOf(judged) : blind;
    const shot = shotOf?.(cue) ?? null;
    const record: UnnumberedRecord = {
      kind: 'play',
      t0,
      t1,
      m0,
      m1,
      item: slot.item,
      sha: cue.sha,
      campaign: cue.campaign,
      commitment: slot.commitment,
      slot: slotId(cue.date, slot.startMs),
      outcome,
      reason: slot.reason,
      evidence: {
        expectedMs: slot.durationMs,
        frames,
        dropped: seen?.dropped ?? 0,
        visible: visible ? 1 : 0,
        ...(shot !== null && { shot }),
      },
    };
    if (!write(record, cue.under)) {
      const { item, commitment } = slot;
      book.noteUnrecorded(cue.date, { startMs: t0, durationMs: m1 - m0, item, commitment, counted: false });
    }
    lastT1 = t1;
    return outcome;
  }

  return {
    play,
    write,
    mode: (reason, under) => {
      write({ kind: 'mode', reason, ...instant(), evidence: {} }, under);
    },
    withdrawn: (evidence, under) => {
      write({ kind: 'mode', reason: 'withdrawn', ...instant(), evidence }, under);
    },
    clock(step, under) {
      lastT1 = 0;
      const { beforeMs, afterMs, monoMs, errorMs, reason } = step;
      const times = { t0: Math.max(0, beforeMs), t1: Math.max(0, afterMs), m0: monoMs, m1: monoMs };
      write({ kind: 'clock', reason, ...times, evidence: { offsetMs: afterMs - beforeMs, errorMs } }, under);
    },
    asleep(sleptMs, under) {
      const now = instant();
      write({ kind: 'gap', reason: 'asleep', ...now, t0: Math.max(0, now.t1 - sleptMs), evidence: {} }, under);
    },
  };
}
