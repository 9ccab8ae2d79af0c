/** Schemas of records, segment headers and segments as they come in from outside. */
import { z } from 'zod';
import type { ProofRecord } from '../domain/proof/record.ts';
import { SHORTFALL_REASONS } from '../domain/proof/record.ts';
import { MAX_SEGMENT_RECORDS, type SegmentHeader } from '../domain/proof/segment.ts';
import { countSchema, dateSchema, idSchema, sha256Schema } from './common.ts';

const times = { seq: countSchema, t0: countSchema, t1: countSchema, m0: countSchema, m1: countSchema };
const nothing = z.strictObject({});
const counts = z.record(idSchema, countSchema);
const flag = z.union([z.literal(0), z.literal(1)]);

/** A slot id: date of service and planned start. */
export const slotIdSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}\/\d{1,16}$/, 'a slot id DATE/STARTMS');

/** One journal record. */
export const recordSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('play'),
    ...times,
    item: idSchema,
    sha: sha256Schema,
    campaign: idSchema.nullable(),
    commitment: idSchema.nullable(),
    slot: slotIdSchema,
    outcome: z.enum(['complete', 'cut', 'failed']),
    reason: z.enum(['scheduled', 'make-good', 'bonus', 'filler']),
    evidence: z.strictObject({
      expectedMs: countSchema,
      frames: countSchema,
      dropped: countSchema,
      visible: flag,
      shot: sha256Schema.optional(),
    }),
  }),
  z.strictObject({
    kind: z.literal('boot'),
    ...times,
    reason: z.enum(['start', 'recovered']),
    evidence: z.strictObject({ recovered: flag, tornBytes: countSchema }),
  }),
  z.strictObject({
    kind: z.literal('clock'),
    ...times,
    reason: z.enum(['synchronised', 'stepped']),
    evidence: z.strictObject({ offsetMs: z.int(), errorMs: countSchema }),
  }),
  z.strictObject({ kind: z.literal('gap'), ...times, reason: z.enum(['asleep', 'journal-failed']), evidence: nothing }),
  z.strictObject({
    kind: z.literal('dayclose'),
    ...times,
    reason: z.literal('closed'),
    evidence: z.strictObject({
      date: dateSchema,
      plays: counts,
      makeGoods: counts,
      short: z.record(idSchema, z.enum(SHORTFALL_REASONS)),
    }),
  }),
  z.discriminatedUnion('reason', [
    z.strictObject({
      kind: z.literal('mode'),
      ...times,
      reason: z.enum(['open', 'closed', 'no-program', 'stopped']),
      evidence: nothing,
    }),
    z.strictObject({
      kind: z.literal('mode'),
      ...times,
      reason: z.enum(['taken-over', 'withdrawn']),
      evidence: z.strictObject({ subject: idSchema, sha: sha256Schema }),
    }),
  ]),
]) satisfies z.ZodType<ProofRecord>;

/** Header of a segment. */
export const segmentHeaderSchema = z.strictObject({
  v: z.literal(1),
  screen: idSchema,
  device: sha256Schema,
  epoch: countSchema,
  boot: idSchema,
  segment: countSchema,
  firstSeq: countSchema,
  count: z.int().min(1).max(MAX_SEGMENT_RECORDS),
  root: sha256Schema,
  prev: sha256Schema.nullable(),
  program: sha256Schema.nullable(),
  manifest: sha256Schema.nullable(),
  build: idSchema,
  clock: z.strictObject({
    source: z.enum(['server', 'system']),
    lastSyncMs: countSchema.nullable(),
    errorMs: countSchema.nullable(),
  }),
  beacon: z.strictObject({ size: countSchema, root: sha256Schema }).nullable(),
  closedAt: countSchema,
}) satisfies z.ZodType<SegmentHeader>;

/** Most bytes of one segment on the wire. */
export const MAX_SEGMENT_BYTES = 256 * 1024;

/** A segment as sent: verify these very bytes, never a re-serialisation. */
export const segmentSchema = z.strictObject({
  header: z.string().min(2).max(4096),
  signature: z.base64().length(88),
  body: z.string().min(2).max(MAX_SEGMENT_BYTES),
});
