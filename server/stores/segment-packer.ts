/** Packs segments into rows of the ledger's file and unpacks them, with the programs that are stored beside them. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { VerifiedSegment } from './ledger-store.ts';
import { type PackedTexts, packSegment, programNamedBy, type SegmentTexts, unpackSegment } from './packed-segment.ts';

/** Where a segment stands, which its header says too. */
type Place = Pick<VerifiedSegment, 'device' | 'epoch' | 'segment' | 'firstSeq' | 'count' | 'prev' | 'screen'>;

/** A packer over one connection. */
export type SegmentPacker = {
  /** The segment's bytes, and the id of the document they were packed with, which must stay; null: none. */
  pack(segment: Place & SegmentTexts & { packed?: PackedTexts }): { packed: Uint8Array; packedWith: number | null };
  /** The texts of a row. `program`: hash of the document of `packedWith`. Throws for damaged bytes. */
  unpack(row: Place & { packed: Uint8Array; program: string | null }): SegmentTexts;
};

/** Programs held in memory. */
const MOST_PROGRAMS = 256;

const documentRow = z.object({ id: z.int(), body: z.string() });

/** Makes the packer. */
export function createSegmentPacker(db: DatabaseSync): SegmentPacker {
  // The id is asked for each time: one given in a transaction that failed is another document's later.
  const idOf = db.prepare('SELECT id FROM documents WHERE hash = ?');
  const documentOf = db.prepare('SELECT id, body FROM documents WHERE hash = ?');
  const texts = new Map<string, Uint8Array>();

  function programOf(hash: string): { hash: string; text: Uint8Array } | null {
    const known = texts.get(hash);
    if (known) return { hash, text: known };
    const row = documentOf.get(hash);
    if (row === undefined) return null;
    const text = Buffer.from(documentRow.parse(row).body);
    if (texts.size >= MOST_PROGRAMS) texts.delete(texts.keys().next().value ?? '');
    texts.set(hash, text);
    return { hash, text };
  }

  return {
    pack(segment) {
      const { packed: before } = segment;
      if (before?.program === null) return { packed: before.bytes, packedWith: null };
      const named = programNamedBy(segment.header);
      const id = named === null ? undefined : idOf.get(named)?.id;
      const program = named === null || id === undefined ? null : programOf(named);
      const packedWith = program === null ? null : Number(id);
      if (before?.program === named && packedWith !== null) return { packed: before.bytes, packedWith };
      return { packed: packSegment(segment, { ...segment, program }), packedWith };
    },
    unpack({ packed, program, ...place }) {
      return unpackSegment(packed, { ...place, program: program === null ? null : programOf(program) });
    },
  };
}
