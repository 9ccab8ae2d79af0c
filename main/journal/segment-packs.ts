/** Packs: what the server has stored lies many segments to a file, so that months of it are few files and quick to read. */
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import type { Segment } from '../../domain/proof/segment.ts';
import { segmentSchema } from '../../protocol/proof.ts';
import type { DurableFiles } from '../durable-files.ts';
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
  /** Adds a segment; one that is there already does no harm. */
  add(ref: SegmentRef, segment: Segment): void;
  /** Numbers of the segments of a pack whose receipts are kept. */
  logged(ref: PackRef): Set<number>;
  /** Keeps verified receipts of segments of a pack, with the checkpoint they hold against. */
  addLogged(ref: PackRef, batch: LoggedBatch): void;
  /** Removes a pack and its receipts. */
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
  return {
    list: () =>
      files
        .list(folder)
        .filter((name) => /^\d{1,15}$/.test(name))
        .map(Number)
        .flatMap((epoch) => files.list(join(folder, String(epoch))).flatMap((name) => packNamed(epoch, name)))
        .sort((a, b) => a.epoch - b.epoch || a.pack - b.pack),
    read(ref) {
      const bytes = files.read(pathOf(ref));
      const found = new Map<number, Segment>();
      for (const line of bytes ? Buffer.from(bytes).toString('utf8').split('\n') : []) {
        const packed = parseLine(line);
        if (packed) found.set(packed.segment, packed.value);
      }
      return [...found].map(([segment, value]) => ({ segment, value })).sort((a, b) => a.segment - b.segment);
    },
    // The newline in front ends what an append before may have torn off.
    add: (ref, segment) => files.append(pathOf(packOf(ref)), `\n${ref.segment} ${canonicalJson(segment)}\n`),
    logged(ref) {
      const bytes = files.read(receiptsOf(ref));
      const lines = bytes ? Buffer.from(bytes).toString('utf8').split('\n') : [];
      return new Set(lines.flatMap(parseBatch));
    },
    addLogged: (ref, batch) => files.append(receiptsOf(ref), `\n${JSON.stringify(batch)}\n`),
    remove(ref) {
      // Receipts without their pack are of no use; the other way round they would be asked for again.
      files.remove(pathOf(ref));
      files.remove(receiptsOf(ref));
    },
  };
}

function packNamed(epoch: number, name: string): PackRef[] {
  const [, pack] = FILE_NAME.exec(name) ?? [];
  return pack ? [{ epoch, pack: Number(pack) }] : [];
}

const batchSchema = z.object({ receipts: z.array(z.object({ segment: z.int() })) });

/** Numbers of the segments in a line of receipts; none where it was torn. */
function parseBatch(line: string): number[] {
  if (line === '') return [];
  try {
    return batchSchema.parse(JSON.parse(line)).receipts.map(({ segment }) => segment);
  } catch {
    return [];
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
