/** An eye on a player's disk that trusts no record: what was ever sealed, what left the disk and why it could, and every receipt that was kept. */
import { headerHash, type Segment, type SegmentHeader } from '../../domain/proof/segment.ts';
import type { SegmentRef } from '../../main/journal/segment-files.ts';
import { packOf } from '../../main/journal/segment-packs.ts';
import { sha256 } from '../../main/sha256.ts';
import type { Fault } from './findings.ts';
import type { DiskWrite } from './simulated-disk.ts';
import type { Witness } from './witness.ts';

/** A segment as it was sealed last; `hash` is of its header. `isPacked`: it lay in a pack; `isGone`: the pack was removed. */
export type SealedSegment = SegmentRef & {
  value: Segment;
  hash: string;
  firstSeq: number;
  count: number;
  prev: string | null;
  isPacked: boolean;
  isLogged: boolean;
  isGone: boolean;
};

/** A receipt as it lies beside its pack. */
export type KeptReceipt = { ref: SegmentRef; index: number; proof: readonly string[]; checkpoint: string };

/** The eye. */
export type DiskEye = {
  onWrite(write: DiskWrite): void;
  /** All that was sealed, by `epoch/segment`. */
  readonly sealed: ReadonlyMap<string, SealedSegment>;
  readonly receipts: readonly KeptReceipt[];
  /** How many record lines it saw sealed. */
  lines(): number;
  /** Packs that were removed. */
  packsGone(): number;
};

const NOWHERE = { isPacked: false, isLogged: false, isGone: false };

const FILE = /^\/journal\/(\d+)\/(\d+)\.([a-z]+)$/;

/** An eye that hands lines to `witness`; `from` is what another disk held of which this one is a copy. */
export function createDiskEye(
  witness: Witness,
  fault: Fault,
  from: ReadonlyMap<string, SealedSegment> = new Map(),
): DiskEye {
  const sealed = new Map(Array.from(from, ([key, segment]) => [key, { ...segment }]));
  const receipts: KeptReceipt[] = [];
  let packsGone = 0;
  let sealedLines = 0;

  function onSealed(ref: SegmentRef, text: string): void {
    const value: Segment = JSON.parse(text);
    const { firstSeq, count, prev }: SegmentHeader = JSON.parse(value.header);
    const lines = value.body.slice(0, -1).split('\n');
    // Several times where it failed before, or is written once more.
    const known = sealed.get(keyOf(ref));
    if (!known) sealedLines += lines.length;
    witness.sealed(ref, firstSeq, lines);
    const hash = headerHash(value.header, sha256);
    const { isPacked, isLogged, isGone } = known?.hash === hash ? known : NOWHERE;
    sealed.set(keyOf(ref), { ...ref, value, hash, firstSeq, count, prev, isPacked, isLogged, isGone });
  }

  /** What the disk said had failed may be there, and gone after a power cut: it is not taken for packed. */
  function onPacked(epoch: number, text: string, isSure: boolean): void {
    // A line: an end of the one before, the number, a blank, the segment.
    const number = Number(text.slice(1, text.indexOf(' ')));
    const known = sealed.get(`${epoch}/${number}`);
    // The signature is of the header, and that of all records.
    if (known && text.endsWith(`"signature":"${known.value.signature}"}\n`)) known.isPacked ||= isSure;
    else fault('I6', `pack ${epoch} got segment ${number} as it was never sealed`);
  }

  function onReceipts(epoch: number, text: string): void {
    const batch: { checkpoint: string; receipts: { segment: number; index: number; proof: string[] }[] } =
      JSON.parse(text);
    for (const { segment, index, proof } of batch.receipts) {
      const ref = { epoch, segment };
      receipts.push({ ref, index, proof, checkpoint: batch.checkpoint });
      const known = sealed.get(keyOf(ref));
      if (known) known.isLogged = true;
    }
  }

  function onPackGone(epoch: number, pack: number): void {
    packsGone += 1;
    for (const segment of sealed.values()) {
      if (segment.epoch !== epoch || packOf(segment).pack !== pack || !segment.isPacked) continue;
      if (!segment.isLogged) fault('I11', `segment ${keyOf(segment)} was removed before it was logged`);
      segment.isGone = true;
    }
  }

  function onGone(ref: SegmentRef, state: string): void {
    const known = sealed.get(keyOf(ref));
    if (state === 'open' && !known && witness.hasUnsealed(ref.epoch))
      fault('I11', `the open file of ${keyOf(ref)} was removed before it was sealed`);
    if (state === 'sealed' && known && !known.isPacked)
      fault('I11', `segment ${keyOf(ref)} was removed before it was stored`);
  }

  return {
    sealed,
    receipts,
    packsGone: () => packsGone,
    lines: () => sealedLines,
    onWrite({ op, path, text = '', isSure }) {
      const [, epoch = '', number = '', state = ''] = FILE.exec(path) ?? [];
      if (epoch === '' || state === 'programs') return;
      const ref = { epoch: Number(epoch), segment: Number(number) };
      // The first append brings the opening line along; what fails may still be there.
      if (op === 'append' && state === 'open') witness.onLine(ref, lastLine(text), isSure);
      else if (op === 'append' && state === 'pack') onPacked(ref.epoch, text, isSure);
      else if (op === 'append') onReceipts(ref.epoch, text);
      else if (op === 'replace' || (op === 'undone' && state === 'sealed')) onSealed(ref, text);
      else if (op === 'remove' && state === 'pack') onPackGone(ref.epoch, ref.segment);
      else if (op === 'remove' && state !== 'receipts') onGone(ref, state);
    },
  };
}

/** How a segment is named. */
export const keyOf = ({ epoch, segment }: SegmentRef): string => `${epoch}/${segment}`;

const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n', text.length - 2) + 1, -1);
