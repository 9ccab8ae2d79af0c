/** Packs: what the server has stored lies many segments to a file, so that months of it are few files and quick to read. */
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import type { Segment } from '../../domain/proof/segment.ts';
import { segmentSchema } from '../../protocol/proof.ts';
import type { DurableFiles } from '../durable-files.ts';
import { sha256Hex } from '../sha256.ts';
import type { SegmentRef } from './segment-files.ts';

/** Segments of so many consecutive numbers share a pack: at most 8 MB, seldom more than a few days of plays. */
const PACK_SEGMENTS = 256;

/** Names a pack: that of the segments from `pack` · 256 on in its epoch. */
export type PackRef = { epoch: number; pack: number };

/** A segment as it lies in a pack. */
export type PackedSegment = { segment: number; value: Segment };

/** The packs of a journal. */
export type SegmentPacks = {
  /** All packs, oldest first. */
  list(): PackRef[];
  /** What can be read of a pack, each number once, in order. */
  read(ref: PackRef): PackedSegment[];
  /** Whether its last line cannot be read: torn, or damaged by the disk. */
  endsUnread(ref: PackRef): boolean;
  /** Adds a segment; one that is there already does no harm. */
  add(ref: SegmentRef, segment: Segment): void;
  /** Numbers of the segments of a pack whose receipts are kept, of logs (by their names) that count. */
  logged(ref: PackRef, counts?: (origin: string) => boolean): Set<number>;
  /** Names of the logs that receipts of a pack are of. */
  logs(ref: PackRef): Set<string>;
  /** Keeps verified receipts of segments of a pack, with the checkpoint they hold against. */
  addLogged(ref: PackRef, batch: LoggedBatch): void;
  /** Keeps a program beside the pack that a segment recorded under it will lie in; one that is there is not kept again. */
  keepProgram(ref: PackRef, hash: string, text: string): void;
  /** The text of a program kept so, or null. */
  program(ref: PackRef, hash: string): string | null;
  /** Removes a pack, its receipts and its programs. */
  remove(ref: PackRef): void;
};

/** Receipts that came together: `index` of the entry in the log, `proof` in base64. */
export type LoggedBatch = {
  checkpoint: string;
  receipts: readonly { segment: number; index: number; proof: readonly string[] }[];
};

/** The pack a segment belongs to. */
export const packOf = ({ epoch, segment }: SegmentRef): PackRef => ({
  epoch,
  pack: Math.floor(segment / PACK_SEGMENTS),
});

/** The number after the last that a pack may hold. */
export const packEnd = ({ pack }: PackRef): number => (pack + 1) * PACK_SEGMENTS;

const FILE_NAME = /^(\d{8,16})\.pack$/;
const LINE = /^(\d{1,16}) (\{.*\})$/;

/** The packs below `folder`, one folder an epoch. */
export function createSegmentPacks(files: DurableFiles, folder: string): SegmentPacks {
  const pathOf = ({ epoch, pack }: PackRef): string =>
    join(folder, String(epoch), `${String(pack).padStart(8, '0')}.pack`);
  const receiptsOf = (ref: PackRef): string => pathOf(ref).replace(/\.pack$/, '.receipts');
  const programsOf = (ref: PackRef): string => pathOf(ref).replace(/\.pack$/, '.programs');
  const programAt = (ref: PackRef, hash: string): string | null => {
    const bytes = files.read(programsOf(ref));
    const lines = bytes ? Buffer.from(bytes).toString('utf8').split('\n') : [];
    // The bytes decide, not what stands before them: a line may be torn.
    const texts = lines.filter((line) => line.startsWith(`${hash} `)).map((line) => line.slice(hash.length + 1));
    return texts.find((text) => sha256Hex(text) === hash) ?? null;
  };
  const batches = (ref: PackRef): Batch[] => {
    const bytes = files.read(receiptsOf(ref));
    const lines = bytes ? Buffer.from(bytes).toString('utf8').split('\n') : [];
    return lines.map(parseBatch).filter((batch) => batch !== null);
  };
  const linesOf = (ref: PackRef): string[] => {
    const bytes = files.read(pathOf(ref));
    return (bytes ? Buffer.from(bytes).toString('utf8').split('\n') : []).filter((line) => line !== '');
  };
  return {
    list: () =>
      files
        .list(folder)
        .filter((name) => /^\d{1,15}$/.test(name))
        .map(Number)
        .flatMap((epoch) => files.list(join(folder, String(epoch))).flatMap((name) => packNamed(epoch, name)))
        .sort((a, b) => a.epoch - b.epoch || a.pack - b.pack),
    read(ref) {
      const found = new Map<number, Segment>();
      for (const line of linesOf(ref)) {
        const packed = parseLine(line);
        if (packed) found.set(packed.segment, packed.value);
      }
      return [...found].map(([segment, value]) => ({ segment, value })).sort((a, b) => a.segment - b.segment);
    },
    endsUnread(ref) {
      const last = linesOf(ref).at(-1);
      return last !== undefined && parseLine(last) === null;
    },
    // The newline in front ends what an append before may have torn off.
    add: (ref, { body, header, signature }) =>
      // In the order in which it is written, which saves sorting it.
      files.append(pathOf(packOf(ref)), `\n${ref.segment} ${canonicalJson({ body, header, signature })}\n`),
    logged: (ref, counts = () => true) =>
      new Set(batches(ref).flatMap(({ origin, segments }) => (counts(origin) ? segments : []))),
    logs: (ref) => new Set(batches(ref).map(({ origin }) => origin)),
    addLogged: (ref, batch) => files.append(receiptsOf(ref), `\n${JSON.stringify(batch)}\n`),
    keepProgram(ref, hash, text) {
      if (programAt(ref, hash) === null) files.append(programsOf(ref), `\n${hash} ${text}\n`);
    },
    program: programAt,
    remove(ref) {
      // Receipts without their pack are of no use; the other way round they would be asked for again.
      files.remove(pathOf(ref));
      files.remove(receiptsOf(ref));
      files.remove(programsOf(ref));
    },
  };
}

function packNamed(epoch: number, name: string): PackRef[] {
  const [, pack] = FILE_NAME.exec(name) ?? [];
  return pack ? [{ epoch, pack: Number(pack) }] : [];
}

/** A line of receipts: the log's name, and the numbers of the segments. */
type Batch = { origin: string; segments: number[] };

const batchSchema = z.object({ checkpoint: z.string(), receipts: z.array(z.object({ segment: z.int() })) });

/** Null where the line was torn. */
function parseBatch(line: string): Batch | null {
  if (line === '') return null;
  try {
    const { checkpoint, receipts } = batchSchema.parse(JSON.parse(line));
    return { origin: checkpoint.split('\n', 1)[0] ?? '', segments: receipts.map(({ segment }) => segment) };
  } catch {
    return null;
  }
}

function parseLine(line: string): PackedSegment | null {
  const [, segment, json] = LINE.exec(line) ?? [];
  if (!segment || !json) return null;
  try {
    const parsed = segmentSchema.safeParse(JSON.parse(json));
    return parsed.success ? { segment: Number(segment), value: parsed.data } : null;
  } catch {
    return null;
  }
}
