/** Where segments lie on the disk, and the life of one: open → sealed → stored (or forked, quarantined, damaged) → logged, once its receipt is kept. */
import { join } from 'node:path';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import type { Segment } from '../../domain/proof/segment.ts';
import { segmentSchema } from '../../protocol/proof.ts';
import { type DurableFiles, errnoOf } from '../durable-files.ts';
import { createSegmentPacks, type LoggedBatch, type PackedSegment, type PackRef, packOf } from './segment-packs.ts';

/** Names a segment of this device. */
export type SegmentRef = { epoch: number; segment: number };

/** What has become of a segment that is no longer open; `held` cannot be sent since one before it is lost. */
export const SEGMENT_STATES = ['sealed', 'stored', 'forked', 'quarantined', 'held', 'damaged'] as const;

/** One of {@link SEGMENT_STATES}. */
export type SegmentState = (typeof SEGMENT_STATES)[number];

/** A file of the journal folder. */
export type SegmentFile = SegmentRef & { state: SegmentState | 'open' };

/** The journal's folder: one folder an epoch, in it one file a segment with its state in its name, and the packs of what is stored. */
export type SegmentFiles = {
  /** All files of one segment, oldest first. What is stored is among them only where it could not be packed. */
  list(): SegmentFile[];
  /** The highest epoch of which there is a trace. */
  lastEpoch(): number | null;
  readOpen(ref: SegmentRef): Uint8Array | null;
  appendOpen(ref: SegmentRef, text: string): void;
  removeOpen(ref: SegmentRef): void;
  /** The segment of a file, or null where it is missing or holds none. */
  readSegment(file: SegmentFile): Segment | null;
  writeSealed(ref: SegmentRef, segment: Segment): void;
  /** Gives a file its new state. */
  move(file: SegmentFile, state: SegmentState): void;
  /** The server has this one: it goes from a file of its own (in the state given) into its pack. A stop on the way leaves it in both. */
  pack(file: SegmentFile, segment: Segment): void;
  /** Calls `listener` with every pack to which something is added from now on. */
  onPacked(listener: (ref: PackRef) => void): void;
  /** All packs, oldest first. */
  packs(): PackRef[];
  /** What can be read of a pack, in order. */
  readPack(ref: PackRef): PackedSegment[];
  /** Whether the last line of a pack cannot be read. */
  packEndsUnread(ref: PackRef): boolean;
  /** Numbers of the segments of a pack whose receipts are kept, of logs (by their names) that count. */
  loggedOf(ref: PackRef, counts?: (origin: string) => boolean): Set<number>;
  /** Names of the logs that receipts of a pack are of. */
  logsOf(ref: PackRef): Set<string>;
  /** Keeps verified receipts of segments of a pack. */
  addLogged(ref: PackRef, batch: LoggedBatch): void;
  /** Keeps a program as long as the pack of the segment; one that is there is not kept again. */
  keepProgram(ref: SegmentRef, hash: string, text: string): void;
  /** The text of a program kept so, or null. */
  programOf(ref: SegmentRef, hash: string): string | null;
  removePack(ref: PackRef): void;
  /** Dates of service of which something was removed for its age. */
  datesLetGo(): ReadonlySet<string>;
  /** Notes more of them. */
  addDatesLetGo(dates: Iterable<string>): void;
  /** Whether what is stored is being sent once more, which a stop must not end. */
  isRefilling(): boolean;
  setRefilling(isRefilling: boolean): void;
};

const FILE_NAME = /^(\d{8,16})\.(open|sealed|stored|forked|quarantined|held|damaged)$/;

const DATE = /^\d{4}-\d\d-\d\d$/;

/** The order in which segments came to be. */
export const bySegment = (a: SegmentRef, b: SegmentRef): number => a.epoch - b.epoch || a.segment - b.segment;

/** The segment files below `folder`. */
export function createSegmentFiles(files: DurableFiles, folder: string): SegmentFiles {
  const pathOf = (file: SegmentFile): string =>
    join(folder, String(file.epoch), `${String(file.segment).padStart(8, '0')}.${file.state}`);
  const open = (ref: SegmentRef): string => pathOf({ ...ref, state: 'open' });
  const refill = join(folder, 'refill');
  const letGo = join(folder, 'let-go');
  const packs = createSegmentPacks(files, folder);
  const listeners = new Set<(ref: PackRef) => void>();
  const datesLetGo = (): Set<string> =>
    new Set(
      Buffer.from(files.read(letGo) ?? [])
        .toString('utf8')
        .split('\n')
        .filter((line) => DATE.test(line)),
    );
  const epochs = (): number[] =>
    files
      .list(folder)
      .filter((name) => /^\d{1,15}$/.test(name))
      .map(Number);

  return {
    list: () =>
      epochs()
        .flatMap((epoch) => files.list(join(folder, String(epoch))).flatMap((name) => fileOf(epoch, name)))
        .sort(bySegment),
    lastEpoch: () => epochs().reduce<number | null>((last, epoch) => Math.max(last ?? 0, epoch), null),
    readOpen: (ref) => files.read(open(ref)),
    appendOpen: (ref, text) => files.append(open(ref), text),
    removeOpen: (ref) => files.remove(open(ref)),
    readSegment: (file) => parseSegment(files.read(pathOf(file))),
    writeSealed: (ref, { body, header, signature }) =>
      files.replace(pathOf({ ...ref, state: 'sealed' }), `${canonicalJson({ body, header, signature })}\n`),
    move: (file, state) => files.rename(pathOf(file), pathOf({ ...file, state })),
    pack(file, segment) {
      try {
        packs.add(file, segment);
      } catch (error) {
        if (errnoOf(error) === null) throw error;
        // A full disk has room for another name still, and what is stored must not be sent for ever.
        if (file.state !== 'stored') files.rename(pathOf(file), pathOf({ ...file, state: 'stored' }));
        return;
      }
      for (const listener of listeners) listener(packOf(file));
      files.remove(pathOf(file));
    },
    onPacked: (listener) => {
      listeners.add(listener);
    },
    packs: packs.list,
    readPack: packs.read,
    packEndsUnread: packs.endsUnread,
    loggedOf: packs.logged,
    logsOf: packs.logs,
    addLogged: packs.addLogged,
    keepProgram: (ref, hash, text) => packs.keepProgram(packOf(ref), hash, text),
    programOf: (ref, hash) => packs.program(packOf(ref), hash),
    removePack: packs.remove,
    datesLetGo,
    addDatesLetGo(dates) {
      const known = datesLetGo();
      const fresh = [...dates].filter((date) => !known.has(date));
      // The newline in front ends what an append before may have torn off.
      if (fresh.length > 0) files.append(letGo, `\n${fresh.join('\n')}\n`);
    },
    isRefilling: () => files.read(refill) !== null,
    setRefilling: (isRefilling) => (isRefilling ? files.replace(refill, '\n') : files.remove(refill)),
  };
}

function fileOf(epoch: number, name: string): SegmentFile[] {
  const [, segment, state] = FILE_NAME.exec(name) ?? [];
  const known = state === 'open' ? state : SEGMENT_STATES.find((s) => s === state);
  return segment && known ? [{ epoch, segment: Number(segment), state: known }] : [];
}

function parseSegment(bytes: Uint8Array | null): Segment | null {
  if (!bytes) return null;
  try {
    const parsed = segmentSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
