/** The closed segments of the journal and how far they have got on their way to the server. */
import type { Segment } from '../../domain/proof/segment.ts';
import { ignoringDisk } from '../durable-files.ts';
import { bySegment, type SegmentFile, type SegmentFiles, type SegmentRef, type SegmentState } from './segment-files.ts';
import { type PackedSegment, type PackRef, packEnd, packOf } from './segment-packs.ts';

/** Where a segment has got to once the server has answered. */
export type SentState = 'stored' | 'forked' | 'quarantined';

/** The closed segments. Calls that change something may throw the file system's errors. */
export type SegmentShelf = {
  /** Number of sealed segments that the server has not answered; of one epoch, where one is given. */
  unsentCount(epoch?: number): number;
  /**
   * The oldest of them that `isWanted`, with its content; one that cannot be read is set aside as damaged. `afterGap`: what lies between it and what
   * the server has is not here any more.
   */
  nextUnsent(isWanted?: (ref: SegmentRef) => boolean): { ref: SegmentRef; segment: Segment; afterGap: boolean } | null;
  /** Notes a newly sealed one. */
  add(ref: SegmentRef): void;
  /** Notes the server's answer. */
  settle(ref: SegmentRef, state: SentState): void;
  /** Everything from `ref` on in its epoch is to be sent again, as far as it is here; false where nothing of it is. */
  rewind(ref: SegmentRef): boolean;
  /** Whether the server, which goes on at `next` (null: has nothing), lacks what it had stored before. */
  isAheadOf(next: SegmentRef | null): boolean;
  /** The last stored segment of each epoch is to be sent again, so that a server that lacks it says where to go on from, and forks; but epochs whose receipts are of other logs. */
  askAgain(isOwnLog: (origin: string) => boolean): void;
  /** Whether a stop cut off what was to be sent again. */
  isCutOff(): boolean;
  /** Sets aside what is unsent of an epoch, since one before it is lost and the server takes no other. */
  hold(epoch: number): void;
  /** All closed segments that can be read, newest first. */
  newestFirst(): Iterable<Segment>;
  /** Dates of service of which something was removed for its age. */
  datesLetGo(): ReadonlySet<string>;
};

/** `isPacked`: it was stored before, and is to be sent again from its pack. */
type Unsent = SegmentRef & { isPacked: boolean; afterGap?: boolean };

/** Opens the shelf over the files there are. */
export function createSegmentShelf(files: SegmentFiles): SegmentShelf {
  let unsent: Unsent[] = files
    .list()
    .filter((file) => file.state === 'sealed')
    .map(({ epoch, segment }) => ({ epoch, segment, isPacked: false }));
  /** What was packed and was not taken again since the server was last asked. */
  let notTaken: SegmentRef[] = [];
  let isRefilling = files.isRefilling();
  let isAsked = false;
  const readPacked = packReader(files);
  const isSame = (a: SegmentRef) => (b: SegmentRef) => a.epoch === b.epoch && a.segment === b.segment;
  const drop = (ref: SegmentRef): void => {
    const at = unsent.findIndex(isSame(ref));
    if (at >= 0) unsent.splice(at, 1);
  };

  /** Notes on the disk whether a refill is under way. Where that fails, one is cut off by a stop, or begun once more: no harm to what is recorded. */
  function noteRefill(): void {
    const isOn = unsent.some(({ isPacked }) => isPacked);
    if (!isAsked || isOn === isRefilling) return;
    isRefilling = isOn;
    ignoringDisk(() => files.setRefilling(isOn));
  }

  const move = (ref: SegmentRef, state: SegmentState): void => {
    files.move({ epoch: ref.epoch, segment: ref.segment, state: 'sealed' }, state);
    drop(ref);
  };
  const read = (ref: Unsent): Segment | null =>
    ref.isPacked ? readPacked(ref) : files.readSegment({ epoch: ref.epoch, segment: ref.segment, state: 'sealed' });

  const isSealed = (ref: SegmentRef): boolean =>
    files.list().some((file) => file.state === 'sealed' && isSame(ref)(file));

  function nextUnsent(isWanted: (ref: SegmentRef) => boolean = () => true): ReturnType<SegmentShelf['nextUnsent']> {
    for (;;) {
      const next = unsent.find(isWanted);
      if (!next) return null;
      const segment = read(next);
      const { epoch, segment: number, afterGap = false } = next;
      if (segment) return { ref: { epoch, segment: number }, segment, afterGap };
      // A disk that reported an error may have noted the answer all the same: then there is nothing under this name any more.
      if (next.isPacked || !isSealed(next)) drop(next);
      else move(next, 'damaged');
    }
  }

  function settle(ref: SegmentRef, state: SentState): void {
    const found = unsent.find(isSame(ref));
    if (!found) return;
    const segment = read(found);
    if (found.isPacked && state !== 'stored' && segment) files.writeSealed(ref, segment);
    if (found.isPacked && state === 'stored') drop(ref);
    else if (state === 'stored' && segment) {
      files.pack({ epoch: ref.epoch, segment: ref.segment, state: 'sealed' }, segment);
      drop(ref);
    } else move(ref, state);
    // Also where a stop came between that file and its new name, and it is a sealed one since.
    if (state !== 'stored' && readPacked(ref)) askBefore(ref);
    if (found.isPacked) noteRefill();
  }

  /**
   * What was stored once is not taken any more: the server lost it, and then another one came under its number or one before. Those before it are sent too,
   * back to the last that the server has, since it asks for nothing whose number is taken.
   */
  function askBefore(ref: SegmentRef): void {
    const { epoch, segment } = ref;
    notTaken.push(ref);
    const isNext = readPacked({ epoch, segment: segment - 1 }) !== null;
    const number = isNext ? segment - 1 : lastPacked(epoch, segment);
    if (number === null || [...unsent, ...notTaken].some(isSame({ epoch, segment: number }))) return;
    unsent.push({ epoch, segment: number, isPacked: true });
    unsent.sort(bySegment);
  }

  const packsOf = (of: number): PackRef[] => files.packs().filter(({ epoch }) => epoch === of);

  /** The highest number of an epoch that was packed, below `before`. */
  function lastPacked(of: number, before = Number.POSITIVE_INFINITY): number | null {
    const packs = packsOf(of).filter(({ pack }) => pack <= packOf({ epoch: of, segment: before }).pack);
    for (const pack of packs.reverse()) {
      const last = files.readPack(pack).findLast(({ segment }) => segment < before);
      if (last) return last.segment;
    }
    return null;
  }

  /** What was packed from `ref` on, as far as the names of the packs tell: each is looked for when its turn has come. */
  function packedFrom({ epoch, segment }: SegmentRef): Unsent[] {
    const last = lastPacked(epoch) ?? -1;
    return Array.from({ length: Math.max(0, last + 1 - segment) }, (_, k) => ({
      epoch,
      segment: segment + k,
      isPacked: true,
    }));
  }

  /** The lowest number from `ref` on that can be sent, or null where none is left. */
  function firstKept({ epoch, segment }: SegmentRef): number | null {
    const loose = closedFrom({ epoch, segment }).find((file) => files.readSegment(file) !== null)?.segment ?? null;
    for (const pack of packsOf(epoch).filter((one) => packEnd(one) > segment)) {
      const packed = files.readPack(pack).find((one) => one.segment >= segment);
      if (packed) return Math.min(packed.segment, loose ?? packed.segment);
    }
    return loose;
  }

  const closedFrom = (ref: SegmentRef): SegmentFile[] =>
    files
      .list()
      .filter(({ epoch, segment }) => epoch === ref.epoch && segment >= ref.segment)
      .filter(({ state }) => state !== 'open' && state !== 'damaged');

  function rewind(ref: SegmentRef): boolean {
    const first = firstKept(ref);
    if (first === null) return false;
    // What is not here any more was removed after the server had logged it, or damaged: neither keeps back what lies behind it.
    sendFrom({ epoch: ref.epoch, segment: first }, first > ref.segment);
    return true;
  }

  function sendFrom(ref: SegmentRef, afterGap: boolean): void {
    const usable = closedFrom(ref);
    for (const file of usable) if (file.state !== 'sealed') files.move(file, 'sealed');
    const loose = new Set(usable.map(({ segment }) => segment));
    const packed = packedFrom(ref).filter(({ segment }) => !loose.has(segment));
    const others = unsent.filter((other) => other.epoch !== ref.epoch || other.segment < ref.segment);
    const again = usable.map(({ epoch, segment }): Unsent => ({ epoch, segment, isPacked: false }));
    unsent = [...others, ...packed, ...again].sort(bySegment);
    const start = unsent.find(isSame(ref));
    if (start && afterGap) start.afterGap = true;
  }

  /** What the server has and no pack holds, since the disk was full then. */
  const looseStored = (): SegmentFile[] => files.list().filter(({ state }) => state === 'stored');

  function isAheadOf(next: SegmentRef | null): boolean {
    if (looseStored().some((file) => next === null || bySegment(file, next) >= 0)) return true;
    const newest = files.packs().at(-1);
    if (!newest) return false;
    if (next === null || newest.epoch > next.epoch) return true;
    // The one it goes on at may have been damaged here, and those behind it stored all the same.
    return newest.epoch === next.epoch && (lastPacked(next.epoch) ?? -1) >= next.segment;
  }

  function askAgain(isOwnLog: (origin: string) => boolean): void {
    notTaken = [];
    const loose = looseStored();
    const epochs = new Set([...files.packs(), ...loose].map(({ epoch }) => epoch));
    const isUnderWay = new Set(unsent.filter(({ isPacked }) => isPacked).map(({ epoch }) => epoch));
    for (const epoch of epochs) {
      if (isUnderWay.has(epoch) || isOfOthers(epoch, isOwnLog)) continue;
      const segment = lastPacked(epoch);
      const last = loose.findLast((file) => file.epoch === epoch && file.segment > (segment ?? -1));
      if (last) sendFile(last);
      else if (segment !== null) unsent.push({ epoch, segment, isPacked: true });
    }
    sendForks(isOwnLog);
    unsent.sort(bySegment);
    isAsked = true;
    noteRefill();
  }

  /** Forks are kept by the server beside its chain, which does not tell whether it still has them. Those that were packed once follow what was packed after them. */
  function sendForks(isOwnLog: (origin: string) => boolean): void {
    for (const file of files.list()) {
      if (file.state !== 'forked' || readPacked(file) || isOfOthers(file.epoch, isOwnLog)) continue;
      sendFile(file);
    }
  }

  /** A closed file is to be sent once more. */
  function sendFile(file: SegmentFile): void {
    // First: a disk that reports an error may have given the new name all the same. Where it has not, nothing is found to be sent.
    unsent.push({ epoch: file.epoch, segment: file.segment, isPacked: false });
    ignoringDisk(() => files.move(file, 'sealed'));
  }

  /** An epoch is of one server; its first receipts tell which. */
  function isOfOthers(epoch: number, isOwnLog: (origin: string) => boolean): boolean {
    for (const pack of packsOf(epoch)) {
      const logs = [...files.logsOf(pack)];
      if (logs.length > 0) return !logs.some(isOwnLog);
    }
    return false;
  }

  return {
    unsentCount: (epoch) => (epoch === undefined ? unsent : unsent.filter((ref) => ref.epoch === epoch)).length,
    nextUnsent,
    add: ({ epoch, segment }) => {
      unsent.push({ epoch, segment, isPacked: false });
    },
    settle,
    rewind,
    isAheadOf,
    askAgain,
    isCutOff: () => isRefilling && !isAsked,
    hold(epoch) {
      for (const ref of unsent.filter((other) => other.epoch === epoch)) {
        // What lies in a pack was stored once, and stays there.
        if (ref.isPacked) drop(ref);
        else move(ref, 'held');
      }
      noteRefill();
    },
    newestFirst: () => newestFirst(files),
    datesLetGo: files.datesLetGo,
  };
}

/** Packs that are held read: each lane asks for segments in order. */
const MOST_HELD = 2;

/** Reads single segments of packs. */
function packReader(files: SegmentFiles): (ref: SegmentRef) => Segment | null {
  let held: { ref: PackRef; segments: Map<number, Segment> }[] = [];
  return (ref) => {
    const { epoch, pack } = packOf(ref);
    const found = held.find((one) => one.ref.epoch === epoch && one.ref.pack === pack);
    const known = found?.segments.get(ref.segment);
    if (known) return known;
    // It may have been packed since the pack was read.
    const segments = new Map(files.readPack({ epoch, pack }).map(({ segment, value }) => [segment, value]));
    held = [{ ref: { epoch, pack }, segments }, ...held.filter((one) => one !== found)].slice(0, MOST_HELD);
    return segments.get(ref.segment) ?? null;
  };
}

/** Reads one pack at a time, and none before the first segment of it is asked for. */
function* newestFirst(files: SegmentFiles): Generator<Segment> {
  const loose = files.list().filter((file) => file.state !== 'open' && file.state !== 'damaged');
  const packs = files.packs();
  let held: PackedSegment[] = [];
  let epoch = 0;
  for (;;) {
    const pack = packs.at(-1);
    const file = loose.at(-1);
    if (held.length === 0 && pack && (!file || bySegment({ epoch: pack.epoch, segment: packEnd(pack) }, file) > 0)) {
      packs.pop();
      held = files.readPack(pack);
      epoch = pack.epoch;
      continue;
    }
    const packed = held.at(-1);
    if (!packed && !file) return;
    const order = !packed ? -1 : !file ? 1 : bySegment({ epoch, segment: packed.segment }, file);
    if (order >= 0) held.pop();
    if (order <= 0) loose.pop();
    const segment = order < 0 && file ? files.readSegment(file) : (packed?.value ?? null);
    if (segment) yield segment;
  }
}
