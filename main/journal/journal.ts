/** The journal: every record on the disk before it is claimed, sealed in signed segments that are kept until the server has them. */
import type { ProofRecord, RecordTimes, UnnumberedRecord } from '../../domain/proof/record.ts';
import {
  type Beacon,
  type ClockState,
  headerHash,
  MAX_SEGMENT_CHARS,
  MAX_SEGMENT_RECORDS,
  recordLine,
  type Segment,
} from '../../domain/proof/segment.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { DeviceKey } from '../device-key.ts';
import { errnoOf } from '../durable-files.ts';
import { messageOf } from '../log.ts';
import { sha256 } from '../sha256.ts';
import { openingLine, type SegmentOpening } from './open-segment.ts';
import { type ChainEnd, newEpoch, type OpenSegment, recoverJournal } from './recover.ts';
import { sealSegment } from './seal.ts';
import type { SegmentFiles } from './segment-files.ts';
import { packOf } from './segment-packs.ts';
import { createSegmentShelf, type SegmentShelf } from './segment-shelf.ts';

/** A backlog of more segments than this goes on its way beside what is recorded from now on, not before it. */
export const LONG_BACKLOG = 64;

/** What the segments to come are recorded under; a change seals what is open. */
export type JournalContext = { screen: string; program: string | null; manifest: string | null };

/** Why a record could not be made durable; it must then not be claimed. */
export type JournalFailure = { kind: 'disk-full' | 'disk-failed'; detail: string };

/** The journal of one device. Calls are synchronous: what has returned is on the disk. */
export type Journal = {
  /** Bytes at the end of what a stopped agent left that were no whole record. */
  readonly tornBytes: number;
  /** From now on records are made under `context`. */
  setContext(context: JournalContext): void;
  /** Numbers a record and makes it durable. After a failure the first record that succeeds is preceded by a `gap`. */
  append(record: UnnumberedRecord): Result<ProofRecord, JournalFailure>;
  /** Seals what is open, if anything. */
  seal(): Result<null, JournalFailure>;
  /** Seals what is open where its first record is at least `ageMs` old. */
  sealOlderThan(ageMs: number): void;
  /** Goes on in a new epoch, of at least this number: another journal has used the present one's numbers. */
  startEpoch(atLeast: number): Result<null, JournalFailure>;
  /** Where the next segment will start. */
  position(): { epoch: number; segment: number };
  /** The record lines that are not sealed yet. */
  openLines(): readonly string[];
  /** The closed segments. */
  readonly shelf: SegmentShelf;
};

/** What a journal needs. `boot` and `build` go into every header. */
export type JournalDeps = {
  files: SegmentFiles;
  key: DeviceKey;
  clock: { nowMs(): number; monoMs(): number; state(): ClockState };
  boot: string;
  build: string;
  /** The last checkpoint of the log that this player verified. */
  beacon?: () => Beacon | null;
  /** The text of a program by its hash, null where it is not here: kept with what is recorded under it. */
  programText?: (hash: string) => string | null;
  /** Gives up what is held back for a full disk; true where there is room now. */
  makeRoom?: () => boolean;
};

/** Opens the journal and recovers what a stopped agent left. */
export function createJournal(deps: JournalDeps, firstContext: JournalContext): Journal {
  const { files, key, clock, boot, build } = deps;
  const found = recoverJournal(files, key);
  let context = firstContext;
  let current: OpenSegment | null = found.current;
  let isDamaged = found.isCurrentDamaged;
  let isLastOfEpoch = found.chain === null && current !== null;
  let lastEpoch = found.lastEpoch;
  let chain = found.chain ?? (current ? chainOf(current.opening) : fresh(0));
  let mustSeal = false;
  let openedM = clock.monoMs();
  let keptProgram: string | null = null;
  let failingSince: Pick<RecordTimes, 't0' | 'm0'> | null = null;
  const shelf = createSegmentShelf(files);

  function fresh(atLeast: number): ChainEnd {
    lastEpoch = newEpoch(lastEpoch, clock.nowMs(), atLeast);
    return { epoch: lastEpoch, segment: 0, seq: 0, prev: null };
  }

  function seal(): Result<null, JournalFailure> {
    if (!current) return ok(null);
    // A seal that failed may be on the disk all the same; nothing may be added to what it may have sealed.
    mustSeal = true;
    const ref = { epoch: current.opening.epoch, segment: current.opening.segment };
    return attempt(() => {
      if (!current) return;
      if (current.lines.length === 0) {
        files.removeOpen(ref);
      } else {
        const segment = sealSegment(current.opening, current.lines, closingTime(current.lines, clock.nowMs()), key);
        files.writeSealed(ref, segment);
        chain = after(chain, current, segment);
        shelf.add(ref);
        dropOpen(ref);
      }
      if (isLastOfEpoch) chain = fresh(0);
      isLastOfEpoch = false;
      isDamaged = false;
      mustSeal = false;
      current = null;
    });
  }

  /** A file left behind by a failure here is removed at the next start, being sealed. */
  function dropOpen(ref: { epoch: number; segment: number }): void {
    attempt(() => (isDamaged ? files.move({ ...ref, state: 'open' }, 'damaged') : files.removeOpen(ref)));
  }

  const isStale = (open: OpenSegment): boolean =>
    mustSeal ||
    open.lines.length >= MAX_SEGMENT_RECORDS ||
    open.opening.boot !== boot ||
    open.opening.screen !== context.screen ||
    open.opening.program !== context.program ||
    open.opening.manifest !== context.manifest ||
    open.opening.clock.source !== clock.state().source;

  function write(record: UnnumberedRecord): Result<ProofRecord, JournalFailure> {
    const ready = current && isStale(current) ? seal() : ok(null);
    if (!ready.ok) return ready;
    if (!current) keepProgram();
    const open = current ?? { opening: openingFor(), lines: [] };
    const numbered: ProofRecord = { ...record, seq: open.opening.firstSeq + open.lines.length };
    const line = recordLine(numbered);
    if (!current) openedM = clock.monoMs();
    const { epoch, segment } = open.opening;
    current = open;
    const written = attempt(() =>
      files.appendOpen({ epoch, segment }, open.lines.length === 0 ? openingLine(open.opening) + line : line),
    );
    if (!written.ok) return written;
    open.lines.push(line.slice(0, -1));
    if (open.lines.length >= MAX_SEGMENT_RECORDS || charsOf(open.lines) >= MAX_SEGMENT_CHARS) seal();
    return ok(numbered);
  }

  /** A server that lost everything counts plays by it. Where the disk does not take it, records go on without. */
  function keepProgram(): void {
    const { program } = context;
    const key = `${packOf(chain).epoch}/${packOf(chain).pack}/${program}`;
    if (program === null || key === keptProgram) return;
    const kept = attempt(() => {
      const text = deps.programText?.(program) ?? null;
      if (text !== null) files.keepProgram(chain, program, text);
    });
    if (kept.ok) keptProgram = key;
  }

  function openingFor(): SegmentOpening {
    const { epoch, segment, seq, prev } = chain;
    const { manifest, program, screen } = context;
    // In the order in which it will be written, which saves sorting it.
    return {
      beacon: deps.beacon?.() ?? null,
      boot,
      build,
      clock: clock.state(),
      device: key.id,
      epoch,
      firstSeq: seq,
      manifest,
      prev,
      program,
      screen,
      segment,
      v: 1,
    };
  }

  function append(record: UnnumberedRecord): Result<ProofRecord, JournalFailure> {
    const done = tryAppend(record);
    return !done.ok && done.error.kind === 'disk-full' && deps.makeRoom?.() ? tryAppend(record) : done;
  }

  function tryAppend(record: UnnumberedRecord): Result<ProofRecord, JournalFailure> {
    const done = failingSince ? resume(failingSince, record) : write(record);
    if (!done.ok) failingSince ??= { t0: record.t0, m0: record.m0 };
    return done;
  }

  /** After a failure the file is never written to again: what is known to be whole is sealed into a new one, then the gap is declared. */
  function resume(
    since: Pick<RecordTimes, 't0' | 'm0'>,
    record: UnnumberedRecord,
  ): Result<ProofRecord, JournalFailure> {
    const sealed = seal();
    if (!sealed.ok) return sealed;
    const t1 = Math.max(since.t0, record.t0);
    const gap = write({
      kind: 'gap',
      reason: 'journal-failed',
      ...since,
      t1,
      m1: Math.max(since.m0, record.m0),
      evidence: {},
    });
    if (!gap.ok) return gap;
    failingSince = null;
    return write(record);
  }

  return {
    tornBytes: found.tornBytes,
    setContext: (next) => {
      context = next;
    },
    append,
    seal,
    sealOlderThan: (ageMs) => {
      if (current && current.lines.length > 0 && clock.monoMs() - openedM >= ageMs) seal();
    },
    startEpoch: (atLeast) => {
      const sealed = seal();
      if (sealed.ok) chain = fresh(atLeast);
      return sealed;
    },
    position: () => ({ epoch: chain.epoch, segment: chain.segment }),
    openLines: () => current?.lines ?? [],
    shelf,
  };
}

const charsOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length, 0);

const chainOf = (opening: SegmentOpening): ChainEnd => ({
  epoch: opening.epoch,
  segment: opening.segment,
  seq: opening.firstSeq,
  prev: opening.prev,
});

function after(chain: ChainEnd, open: OpenSegment, segment: Segment): ChainEnd {
  return {
    epoch: chain.epoch,
    segment: open.opening.segment + 1,
    seq: open.opening.firstSeq + open.lines.length,
    prev: headerHash(segment.header, sha256),
  };
}

/** A segment is never closed before its last record, whatever a clock that was set back says. */
function closingTime(lines: readonly string[], nowMs: number): number {
  const last: unknown = JSON.parse(lines.at(-1) ?? 'null');
  const t1 = typeof last === 'object' && last !== null && 't1' in last && typeof last.t1 === 'number' ? last.t1 : 0;
  return Math.max(nowMs, t1);
}

function attempt(act: () => void): Result<null, JournalFailure> {
  try {
    act();
    return ok(null);
  } catch (error) {
    const code = errnoOf(error);
    if (code === null) throw error;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    return fail({ kind: isFull ? 'disk-full' : 'disk-failed', detail: messageOf(error) });
  }
}
