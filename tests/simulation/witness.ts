/** The ground truth of one screen: what was truly shown, and what became of it, seen by an eye that trusts no record. */

import type { SegmentRef } from '../../main/journal/segment-files.ts';
import { recordSchema } from '../../protocol/proof.ts';
import type { VerifiedSegment } from '../../server/stores/ledger-store.ts';

/** One showing. Its date is that of the slot, as the player believed it. */
export type Showing = {
  readonly date: string;
  readonly commitment: string | null;
  readonly item: string;
  readonly durationMs: number;
  readonly isMakeGood: boolean;
  /** Start as believed, and whether it was another date of service by true time. */
  readonly startMs: number;
  readonly isOtherDay: boolean;
  /** `under-way`: the agent ended before the item did. */
  truth: 'full' | 'cut' | 'failed' | 'under-way';
  record: { epoch: number; seq: number; claimsFull: boolean } | null;
  isStored: boolean;
};

/** What the witness saw. */
export type Witness = {
  readonly showings: Showing[];
  /** What is wrong, one sentence each. */
  readonly faults: string[];
  /** Boot records that tell of an end that was not orderly. */
  readonly recoveredBoots: () => number;
  /** Showings that no record tells of because the agent ended, at most one each time. */
  readonly losses: () => number;
  /** The agent has ended and has not been up again. */
  isDown(): boolean;
  shown(showing: Showing): void;
  /** The record of `showing` is being written. */
  recording(showing: Showing): void;
  /** The agent ended; what was on the screen then, if anything. */
  agentEnded(): void;
  onLine(ref: SegmentRef, line: string): void;
  onStored(segment: VerifiedSegment): void;
  /** A file on the device's disk has become unreadable. */
  rotted(): void;
  /** Whether a signed end of that day is stored. */
  isClosed(date: string): boolean;
};

type Line = { showing: Showing | null; closes: string | null; isStored: boolean };

/** What every record line tells, as it stands there. */
type Told = { kind: string; outcome?: string; seq: number; m0: number; m1: number; t0: number; t1: number };

/** A witness who has seen nothing yet. */
export function createWitness(): Witness {
  const showings: Showing[] = [];
  const byDate = new Map<string, Showing[]>();
  const faults: string[] = [];
  const epochs = new Map<number, Line[]>();
  const closedDates = new Set<string>();
  let pending: Showing | null = null;
  let boots = 0;
  let losses = 0;
  let isLossOpen = false;
  let lost: Showing | null = null;
  let isDown = false;
  let hasRotted = false;
  let lastM1 = 0;
  let lastT1 = 0;

  function linesOf(epoch: number): Line[] {
    const lines = epochs.get(epoch) ?? [];
    epochs.set(epoch, lines);
    return lines;
  }

  /** A clock that is moved changes neither the order of records nor lets plays overlap (I14). */
  function checkTimes({ kind, m0, m1, t0, t1 }: Told, at: string): void {
    if (m1 < m0 || m0 < lastM1) faults.push(`I14: ${at} runs from ${m0} to ${m1} after one that ended at ${lastM1}`);
    if (kind === 'play' && t0 < lastT1)
      faults.push(`I14: ${at} begins at ${t0}, before the end of the last at ${lastT1}`);
    lastM1 = m1;
    if (kind === 'play') lastT1 = t1;
  }

  function onLine(ref: SegmentRef, line: string): void {
    const told: Told = JSON.parse(line);
    const { seq } = told;
    const at = `record ${ref.epoch}/${seq}`;
    const lines = linesOf(ref.epoch);
    if (seq !== lines.length) faults.push(`I5: ${at} follows record ${lines.length - 1}`);
    // After a gap the numbers go on from where they are, so that one mistake is told once.
    while (lines.length < seq) lines.push({ showing: null, closes: null, isStored: false });
    const isPlay = told.kind === 'play';
    if (isPlay) checkTimes(told, at);
    const showing = isPlay ? playLine(ref.epoch, told) : null;
    lines[seq] = { showing, closes: isPlay ? null : otherLine(line, told, at), isStored: false };
  }

  function playLine(epoch: number, { seq, outcome }: Told): Showing | null {
    const showing = pending;
    pending = null;
    if (!showing) {
      faults.push(`I3: record ${epoch}/${seq} tells of a play that was not shown`);
      return null;
    }
    const claimsFull = outcome === 'complete';
    if (claimsFull !== (showing.truth === 'full')) {
      faults.push(
        `I3: record ${epoch}/${seq} says ${claimsFull ? 'complete' : 'not complete'}, truly ${showing.truth}`,
      );
    }
    showing.record = { epoch, seq, claimsFull };
    return showing;
  }

  function otherLine(line: string, told: Told, at: string): string | null {
    const record = recordSchema.parse(JSON.parse(line));
    if (record.kind === 'boot') {
      lastM1 = 0;
      lastT1 = 0;
      if (isLossOpen && record.reason !== 'recovered')
        faults.push(`I4: ${at} is a boot that does not tell of the play lost`);
      if (record.reason === 'recovered') boots += 1;
      isLossOpen = false;
      isDown = false;
    }
    if (record.kind === 'clock') lastT1 = 0;
    checkTimes(told, at);
    if (record.kind !== 'dayclose') return null;
    checkTotals(record.evidence.date, record.evidence.plays, at);
    return record.evidence.date;
  }

  /** The signed totals of a day are those of the records on the disk. */
  function checkTotals(date: string, said: Readonly<Record<string, number>>, at: string): void {
    if (hasRotted) return;
    const found = new Map<string, number>();
    for (const { commitment, record } of byDate.get(date) ?? []) {
      if (commitment === null || !record?.claimsFull) continue;
      found.set(commitment, (found.get(commitment) ?? 0) + 1);
    }
    for (const id of new Set([...found.keys(), ...Object.keys(said)])) {
      const [a, b] = [said[id] ?? 0, found.get(id) ?? 0];
      if (a !== b) faults.push(`totals: ${at} signs ${a} plays of ${id} on ${date}, recorded are ${b}`);
    }
  }

  function onStored(segment: VerifiedSegment): void {
    const lines = linesOf(segment.epoch);
    for (let seq = segment.firstSeq; seq < segment.firstSeq + segment.count; seq += 1) {
      const line = lines[seq];
      const at = `record ${segment.epoch}/${seq}`;
      if (!line) faults.push(`I3: ${at} is stored and was never written`);
      else if (line.isStored) faults.push(`I2: ${at} is stored twice`);
      if (!line) continue;
      line.isStored = true;
      if (line.showing) line.showing.isStored = true;
      if (line.closes !== null) closedDates.add(line.closes);
    }
  }

  return {
    showings,
    faults,
    recoveredBoots: () => boots,
    losses: () => losses,
    isDown: () => isDown,
    shown: (showing) => {
      showings.push(showing);
      const ofDay = byDate.get(showing.date) ?? [];
      byDate.set(showing.date, ofDay);
      ofDay.push(showing);
    },
    recording: (showing) => {
      pending = showing;
    },
    agentEnded() {
      pending = null;
      isDown = true;
      const last = showings.at(-1);
      if (!last || last.record !== null || last === lost) return;
      lost = last;
      isLossOpen = true;
      losses += 1;
    },
    onLine,
    onStored,
    rotted: () => {
      hasRotted = true;
    },
    isClosed: (date) => closedDates.has(date),
  };
}
