/** Finding out, after any kind of stop, where the journal goes on. */
import {
  bodyLines,
  bodyOf,
  headerHash,
  recordsRoot,
  type Segment,
  segmentSigningText,
} from '../../domain/proof/segment.ts';
import { segmentHeaderSchema } from '../../protocol/proof.ts';
import type { DeviceKey } from '../device-key.ts';
import { sha256 } from '../sha256.ts';
import { readOpenSegment, type SegmentOpening } from './open-segment.ts';
import type { SegmentFile, SegmentFiles, SegmentRef } from './segment-files.ts';
import { packOf } from './segment-packs.ts';

/** Where the next segment starts. `prev` is the hash of the header before, null at the start of an epoch. */
export type ChainEnd = { epoch: number; segment: number; seq: number; prev: string | null };

/** A segment whose records are on the disk and that is not sealed yet; `lines` carry no newline. */
export type OpenSegment = { opening: SegmentOpening; lines: string[] };

/**
 * What recovery found. `chain` null: the last epoch must not go on (damage, a fork) or there is none; a new one is to be started.
 * `current` is what a stopped agent left open, whole and in order, still to be sealed.
 */
export type Recovery = {
  chain: ChainEnd | null;
  current: OpenSegment | null;
  isCurrentDamaged: boolean;
  lastEpoch: number | null;
  tornBytes: number;
};

/** Who seals here. */
type Sealer = Pick<DeviceKey, 'hasSigned'>;

/** Reads the journal's folder. Writes nothing but what a stop between a seal and the removal of the open file left over, and the new names of what is damaged. */
export function recoverJournal(files: SegmentFiles, key: Sealer): Recovery {
  const lastEpoch = files.lastEpoch();
  const found = { lastEpoch, tornBytes: 0, isCurrentDamaged: false, current: null };
  if (lastEpoch === null) return { ...found, chain: null };
  const all = files.list().filter((file) => file.epoch === lastEpoch);
  const end = closedEnd(files, key, lastEpoch, all);
  // What was left open is sealed behind it all the same: its records were claimed.
  const isOver = all.some(({ state }) => state === 'damaged' || state === 'forked' || state === 'held');
  const isClosed = (ref: SegmentRef): boolean =>
    all.some((other) => other.state !== 'open' && other.segment === ref.segment) ||
    files.readPack(packOf(ref)).some(({ segment }) => segment === ref.segment);
  const opened = all.filter((file) => file.state === 'open');
  const stale = opened.filter(isClosed);
  for (const file of stale) dropSealed(files, file, key);
  const left = opened.filter((file) => !stale.includes(file));
  const last = left[0];
  const { chain } = end;
  if (!last) return { ...found, chain: isOver ? null : chain };
  if (left.length > 1) {
    for (const file of left) files.move(file, 'damaged');
    return { ...found, chain: null };
  }
  const open = readLeftOpen(files, last, end);
  return { ...found, ...open, chain: isOver ? null : open.chain };
}

/**
 * The seal was written before the stop; the same records must not be read twice. The disk may have said that it failed, and then what is read of it
 * can be gone after the next power cut: it is written once more before the only sure copy of its records goes. That copy also mends a body
 * that the disk has changed.
 */
function dropSealed(files: SegmentFiles, ref: SegmentRef, key: Sealer): void {
  const segment = files.readSegment({ epoch: ref.epoch, segment: ref.segment, state: 'sealed' });
  const header = readHeader(segment, ref, key);
  if (segment && header) {
    const opened = readOpenSegment(files.readOpen(ref) ?? new Uint8Array()).lines.slice(0, header.count);
    const lines = [bodyLines(segment.body), opened].find((copy) => recordsRoot(copy, sha256) === header.root);
    if (lines) files.writeSealed(ref, { ...segment, body: bodyOf(lines) });
  }
  files.removeOpen(ref);
}

function readLeftOpen(
  files: SegmentFiles,
  file: SegmentFile,
  end: ClosedEnd,
): Pick<Recovery, 'chain' | 'current' | 'isCurrentDamaged' | 'tornBytes'> {
  const read = readOpenSegment(files.readOpen(file) ?? new Uint8Array());
  const { opening, lines, tornBytes } = read;
  const current = opening && lines.length > 0 && goesOn(opening, end) ? { opening, lines } : null;
  if (read.isDamaged || (!current && lines.length > 0)) {
    if (!current) files.move(file, 'damaged');
    return { chain: null, current, isCurrentDamaged: current !== null, tornBytes };
  }
  // Nothing whole was ever written to it: its number is free.
  if (!current) files.removeOpen(file);
  return { chain: end.chain, current, isCurrentDamaged: false, tornBytes };
}

/** Where the last closed one cannot be read, what the agent wrote behind it says itself what it follows. */
const goesOn = (opening: SegmentOpening, { epoch, segment, chain }: ClosedEnd): boolean =>
  opening.epoch === epoch &&
  (chain === null
    ? opening.segment >= segment
    : opening.segment === segment && opening.firstSeq === chain.seq && opening.prev === chain.prev);

/** The number behind the closed segments of an epoch; `chain` null where the last of them cannot be read, and there may be more that cannot. */
type ClosedEnd = SegmentRef & { chain: ChainEnd | null };

/** The end of the closed segments of an epoch. */
function closedEnd(files: SegmentFiles, key: Sealer, epoch: number, all: readonly SegmentFile[]): ClosedEnd {
  const last = all.filter((file) => file.state !== 'open').at(-1);
  const pack = files.packs().findLast((ref) => ref.epoch === epoch);
  const packed = pack && files.readPack(pack).at(-1);
  const isPackBehind = packed === undefined || packed.segment < (last?.segment ?? -1);
  // What was being packed is still sealed beside it; else what stood there was the last, and its number is used up.
  if (pack && files.packEndsUnread(pack) && !(isPackBehind && last?.state === 'sealed'))
    return { epoch, segment: (packed?.segment ?? -1) + 1, chain: null };
  if (packed && packed.segment > (last?.segment ?? -1)) {
    const ref = { epoch, segment: packed.segment };
    return behind(ref, readHeader(packed.value, ref, key));
  }
  if (!last) return { epoch, segment: 0, chain: { epoch, segment: 0, seq: 0, prev: null } };
  const header = readHeader(files.readSegment(last), last, key);
  if (!header) files.move(last, 'damaged');
  return behind(last, header);
}

type ReadHeader = { firstSeq: number; count: number; root: string; hash: string };

function behind({ epoch, segment }: SegmentRef, header: ReadHeader | null): ClosedEnd {
  const next = { epoch, segment: segment + 1 };
  return { ...next, chain: header && { ...next, seq: header.firstSeq + header.count, prev: header.hash } };
}

/** Null where nothing may follow it: behind a header that this device did not seal, the next one would be refused wherever the true one has got to. */
function readHeader(segment: Segment | null, ref: SegmentRef, key: Sealer): ReadHeader | null {
  if (!segment || !key.hasSigned(segmentSigningText(segment.header), segment.signature)) return null;
  try {
    const header = segmentHeaderSchema.parse(JSON.parse(segment.header));
    const isRight = header.epoch === ref.epoch && header.segment === ref.segment;
    return isRight ? { ...header, hash: headerHash(segment.header, sha256) } : null;
  } catch {
    return null;
  }
}

/** The number of a new epoch: seconds since 1970, so that a journal that was wiped does not use the numbers of the old one again. */
export function newEpoch(lastEpoch: number | null, nowMs: number, atLeast = 0): number {
  return Math.max(Math.floor(nowMs / 1000), (lastEpoch ?? -1) + 1, atLeast);
}
