/** Rows of the ledger's tables as they are read, checked before anything uses them. */
import { z } from 'zod';
import type { ChainLink } from '../../domain/proof/chain.ts';
import { countSchema } from '../../protocol/common.ts';
import { INCIDENT_KINDS } from '../../protocol/player-link.ts';
import type { IncidentRow, VerifiedSegmentRow } from './ledger-store.ts';
import type { SegmentPacker } from './segment-packer.ts';

const numberRow = z.object({ number: countSchema });

/** The column `number` of a row. */
export const readNumber = (row: unknown): number => numberRow.parse(row).number;

/** A hash as it is kept; throws for what is none, which would be cut short without a word. */
export function bytesOf(hash: string): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(hash, 'hex');
  if (bytes.length !== 32) throw new TypeError(`${hash} is no SHA-256`);
  return bytes;
}

/** And as it is spoken of again. */
const hashColumn = z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes).toString('hex'));

const linkRow = z.object({
  epoch: countSchema,
  segment: countSchema,
  first_seq: countSchema,
  count: countSchema,
  hash: hashColumn,
  prev: hashColumn.nullable(),
});

/** A chain link, or null where there is no row. */
export function readLink(row: unknown): ChainLink | null {
  if (row === undefined) return null;
  const { first_seq: firstSeq, ...link } = linkRow.parse(row);
  return { ...link, firstSeq };
}

const segmentRow = linkRow.extend({
  device: hashColumn,
  screen: z.string(),
  first_at: z.int(),
  last_at: z.int(),
  received_at: z.int(),
  signature: z.instanceof(Uint8Array),
  packed: z.instanceof(Uint8Array),
  program: z.string().nullable(),
});

/** A stored segment as it lies there. `program`: hash of the document that it was packed with. */
export type PackedRow = Omit<VerifiedSegmentRow, 'header' | 'body'> & { packed: Uint8Array; program: string | null };

/** A stored segment, still packed. */
export function readPackedSegment(row: unknown): PackedRow {
  const { first_seq, first_at, last_at, received_at, signature, ...rest } = segmentRow.parse(row);
  return {
    ...rest,
    firstSeq: first_seq,
    firstAtMs: first_at,
    lastAtMs: last_at,
    receivedAtMs: received_at,
    signature: Buffer.from(signature).toString('base64'),
  };
}

/** A stored segment. */
export function readSegment(row: unknown, packer: SegmentPacker): VerifiedSegmentRow {
  const { packed, program, ...segment } = readPackedSegment(row);
  return { ...segment, ...packer.unpack({ ...segment, packed, program }) };
}

const logRow = z.object({ position: countSchema, entry: z.string().nullable() });
const placedRow = z.object({
  screen: z.string(),
  device: hashColumn,
  epoch: countSchema,
  segment: countSchema,
  hash: hashColumn,
});

/** An entry of the log: its text, or the stored segment that it is made of; neither where that is gone. */
export function readEntryRow(row: unknown): {
  position: number;
  entry: string | null;
  segment: z.output<typeof placedRow> | null;
} {
  const segment = placedRow.safeParse(row);
  return { ...logRow.parse(row), segment: segment.success ? segment.data : null };
}

const screenDayRow = z.object({
  screen: z.string(),
  date: z.string(),
  counts: z.string(),
  end_of_day: z.string().nullable(),
});

/** The texts of a screen-day. */
export function readScreenDayRow(row: unknown): { screen: string; date: string; counts: string; end: string | null } {
  const { end_of_day: end, ...rest } = screenDayRow.parse(row);
  return { ...rest, end };
}

const incidentRow = z.object({
  id: z.string(),
  screen: z.string(),
  kind: z.enum(INCIDENT_KINDS),
  detail: z.string(),
  opened_at: z.int(),
  closed_at: z.int().nullable(),
});

/** An incident. */
export function readIncident(row: unknown): IncidentRow {
  const { screen, opened_at, closed_at, ...rest } = incidentRow.parse(row);
  return { ...rest, screenId: screen, openedAtMs: opened_at, closedAtMs: closed_at };
}
