/** The ground truth of one screen: what was truly shown, and what became of it, seen by an eye that trusts no record. */
import type { SegmentRef } from '../../main/journal/segment-files.ts';
import { recordSchema } from '../../protocol/proof.ts';
import type { Fault } from './findings.ts';
import { createTimesCheck } from './times-check.ts';

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
  /** The disk did not take its record. */
  isRefused: boolean;
  record: { epoch: number; seq: number; claimsFull: boolean } | null;
  isStored: boolean;
};

/** A record line: the showing or end of day it tells of. */
export type WitnessedLine = { text: string; showing: Showing | null; closes: string | null; isStored: boolean };

/** What the witness saw. */
export type Witness = {
  readonly showings: Showing[];
  /** Boot records that tell of an end that was not orderly. */
  readonly recoveredBoots: () => number;
  /** Showings that no record tells of because the agent ended, at most one each time. */
  readonly losses: () => number;
  /** Records of emergency messages. */
  messagesTold(): number;
  /** The agent has ended and has not been up again. */
  isDown(): boolean;
  shown(showing: Showing): void;
  /** The record of `showing` is being written. */
  recording(showing: Showing): void;
  /** Its record was not taken by the disk. */
  refused(showing: Showing): void;
  /** The agent ended; what was on the screen then, if anything. */
  agentEnded(): void;
  /** A line is whole on the disk; where it is not sure the agent was told that it is not. */
  onLine(ref: SegmentRef, line: string, isSure: boolean): void;
  /** Lines were sealed. */
  sealed(ref: SegmentRef, firstSeq: number, lines: readonly string[]): void;
  /** Lines of an epoch are on the disk that were never sealed. */
  hasUnsealed(epoch: number): boolean;
  /** The server has the lines, or has lost them again. */
  storedIs(isStored: boolean, segment: { epoch: number; firstSeq: number; count: number }): void;
  /** A file on the device's disk was damaged. */
  rotted(): void;
  /** Whether a signed end of that day is stored. */
  isClosed(date: string): boolean;
  /** What is known of the disk so far, for the witness of a copy of this device. */
  memory(): WitnessMemory;
};

/**
 * What a disk holds: what every line is by epoch, up to which number each epoch is sealed, which line may be there that failed to be written, and whether one
 * of its files was damaged. A start reads back what that has left, on a copy too.
 */
export type WitnessMemory = {
  epochs: Map<number, WitnessedLine[]>;
  sealedTo: Map<number, number>;
  doubtful: Map<number, DoubtfulLine>;
  hasRotted: boolean;
};

/** A line that failed to be written and may be there. */
type DoubtfulLine = { told: Told; line: string; showing: Showing | null };

/** What every record line tells, as it stands there. */
type Told = {
  kind: string;
  outcome?: string;
  reason: string;
  seq: number;
  m0: number;
  m1: number;
  t0: number;
  t1: number;
};

/** A witness who has seen nothing yet, or knows what another device's disk held. */
export function createWitness(
  fault: Fault,
  { epochs, sealedTo, doubtful, hasRotted: hadRotted }: WitnessMemory = {
    epochs: new Map(),
    sealedTo: new Map(),
    doubtful: new Map(),
    hasRotted: false,
  },
): Witness {
  const showings: Showing[] = [];
  const before = [...epochs.values()].flatMap((lines) => lines.flatMap(({ showing }) => showing ?? []));
  const byDate = Map.groupBy(before, ({ date }) => date);
  const ends = [...epochs.values()].flatMap((lines) => lines.filter(({ closes }) => closes !== null));
  const times = createTimesCheck(fault);
  let pending: Showing | null = null;
  let boots = 0;
  let messagesTold = 0;
  let losses = 0;
  let isLossOpen = false;
  let isRefusalOpen = false;
  let lost: Showing | null = null;
  let isDown = false;
  let hasRotted = hadRotted;

  function linesOf(epoch: number): WitnessedLine[] {
    const lines = epochs.get(epoch) ?? [];
    epochs.set(epoch, lines);
    return lines;
  }

  function onLine({ epoch }: SegmentRef, line: string, isSure: boolean): void {
    const told: Told = JSON.parse(line);
    const showing = told.kind === 'play' ? pending : null;
    if (isSure) {
      checkRefusal(told, `record ${epoch}/${told.seq}`);
      take(epoch, told, line, showing);
    } else doubtful.set(epoch, { told, line, showing });
  }

  function take(epoch: number, told: Told, line: string, showing: Showing | null): void {
    const at = `record ${epoch}/${told.seq}`;
    const lines = linesOf(epoch);
    if (told.seq !== lines.length) fault('I5', `${at} follows record ${lines.length - 1}`);
    // After a gap the numbers go on from where they are, so that one mistake is told once.
    while (lines.length < told.seq) lines.push({ text: '', showing: null, closes: null, isStored: false });
    times.check(told, at);
    const isPlay = told.kind === 'play';
    if (isPlay) playLine(epoch, told, showing);
    const taken = { text: line, showing, closes: isPlay ? null : otherLine(line, at), isStored: false };
    lines[told.seq] = taken;
    if (taken.closes !== null) ends.push(taken);
    doubtful.delete(epoch);
  }

  /** After plays that could not be recorded nothing else is before something says so, but for a start's own record. */
  function checkRefusal(told: Told, at: string): void {
    if (!isRefusalOpen || (told.kind === 'boot' && told.reason === 'start')) return;
    if (!endsRefusal(told)) fault('I4', `${at} follows plays that were not recorded, and nothing says so`);
    isRefusalOpen = false;
  }

  function playLine(epoch: number, { seq, outcome }: Told, showing: Showing | null): void {
    pending = null;
    if (!showing) {
      fault('I3', `record ${epoch}/${seq} tells of a play that was not shown`);
      return;
    }
    const claimsFull = outcome === 'complete';
    if (claimsFull !== (showing.truth === 'full')) {
      fault('I3', `record ${epoch}/${seq} says ${claimsFull ? 'complete' : 'not complete'}, truly ${showing.truth}`);
    }
    showing.record = { epoch, seq, claimsFull };
    showing.isRefused = false;
  }

  function otherLine(line: string, at: string): string | null {
    const record = recordSchema.parse(JSON.parse(line));
    if (record.kind === 'boot') {
      if (isLossOpen && record.reason !== 'recovered')
        fault('I4', `${at} is a boot that does not tell of the play lost`);
      if (record.reason === 'recovered') boots += 1;
      isLossOpen = false;
      isDown = false;
    }
    // Where the boot record could not be written, a gap stands for it.
    if (record.kind === 'gap') isLossOpen = false;
    if (record.kind === 'mode' && record.reason === 'taken-over') messagesTold += 1;
    if (record.kind !== 'dayclose') return null;
    checkTotals(record.evidence.date, record.evidence.plays, at);
    return record.evidence.date;
  }

  /**
   * The signed totals of a day are those of the records on the disk. Plays that a clock days ahead took for that day's need not be among them: they lie further
   * back than is read at a start.
   */
  function checkTotals(date: string, said: Readonly<Record<string, number>>, at: string): void {
    if (hasRotted) return;
    const claimed = (byDate.get(date) ?? []).filter(({ record }) => record?.claimsFull);
    for (const id of new Set([...claimed.flatMap(({ commitment }) => commitment ?? []), ...Object.keys(said)])) {
      const own = claimed.filter(({ commitment }) => commitment === id);
      const least = own.filter(({ isOtherDay }) => !isOtherDay).length;
      const signed = said[id] ?? 0;
      if (signed < least || signed > own.length)
        fault('totals', `${at} signs ${signed} plays of ${id} on ${date}, recorded are ${own.length}`);
    }
  }

  function sealed({ epoch, segment }: SegmentRef, firstSeq: number, texts: readonly string[]): void {
    const lines = linesOf(epoch);
    for (const [k, text] of texts.entries()) {
      const seq = firstSeq + k;
      const maybe = doubtful.get(epoch);
      // What failed to be written was there after all, and was found by the next start.
      if (lines[seq] === undefined && maybe?.line === text) take(epoch, maybe.told, text, maybe.showing);
      if (lines[seq]?.text !== '' && lines[seq]?.text !== text)
        fault('I6', `segment ${epoch}/${segment} seals record ${seq} as it was never written`);
    }
    // What is sealed is in the hands of whoever keeps the segment.
    for (let seq = firstSeq - 1, line = lines[seq]; line && line.text !== ''; seq -= 1, line = lines[seq])
      line.text = '';
    sealedTo.set(epoch, Math.max(sealedTo.get(epoch) ?? 0, firstSeq + texts.length));
  }

  function storedIs(isStored: boolean, { epoch, firstSeq, count }: Parameters<Witness['storedIs']>[1]): void {
    const lines = linesOf(epoch);
    for (let seq = firstSeq; seq < firstSeq + count; seq += 1) {
      const line = lines[seq];
      const at = `record ${epoch}/${seq}`;
      if (!line) fault('I3', `${at} is stored and was never written`);
      else if (isStored && line.isStored) fault('I2', `${at} is stored twice`);
      if (!line) continue;
      line.isStored = isStored;
      if (line.showing) line.showing.isStored = isStored;
    }
  }

  return {
    showings,
    recoveredBoots: () => boots,
    losses: () => losses,
    messagesTold: () => messagesTold,
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
    refused(showing) {
      pending = null;
      if (showing.record) return;
      showing.isRefused = true;
      isRefusalOpen = true;
    },
    agentEnded() {
      pending = null;
      isDown = true;
      const last = showings.at(-1);
      if (!last || last.record !== null || last.isRefused || last === lost) return;
      lost = last;
      isLossOpen = true;
      losses += 1;
    },
    onLine,
    sealed,
    hasUnsealed: (epoch) => (epochs.get(epoch)?.length ?? 0) > (sealedTo.get(epoch) ?? 0),
    storedIs,
    rotted: () => {
      hasRotted = true;
    },
    isClosed: (date) => ends.some(({ closes, isStored }) => closes === date && isStored),
    memory: () => ({
      epochs: new Map(Array.from(epochs, ([epoch, lines]) => [epoch, [...lines]])),
      sealedTo: new Map(sealedTo),
      doubtful: new Map(doubtful),
      hasRotted,
    }),
  };
}

/** A gap tells of what was not recorded; a start that found the journal as an ended agent left it says that something may be missing. */
const endsRefusal = ({ kind, reason }: Told): boolean =>
  (kind === 'gap' && reason === 'journal-failed') || (kind === 'boot' && reason === 'recovered');
