/** What players ask of the log, in the namespace of `player-link.ts`: its head, the logs it follows, receipts. */
import { z } from 'zod';
import { countSchema, sha256Schema } from './common.ts';
import { wireErrorSchema } from './errors.ts';

/** One hash of a proof, 32 bytes in base64. */
const hashSchema = z.base64().length(44);
const proofSchema = z.array(hashSchema).max(63);
/** A signed note of a log. */
const checkpointSchema = z.string().min(1).max(65_536);
/** The log is not signed at present; receipts will come later. */
const noLogSchema = z.strictObject({ kind: z.literal('none'), reason: z.string().max(500) });

/** Body of `log`: how many entries the last checkpoint has that this player verified; 0: none. */
export const logRequestSchema = z.strictObject({ size: countSchema });

/** Answer to `log`: the last checkpoint, the log's keys, and the proof that it begins with the player's; null where it has fewer entries than that. */
export const logAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('log'),
    checkpoint: checkpointSchema,
    keys: z.array(z.string().min(1).max(4000)).min(1).max(8),
    consistency: proofSchema.nullable(),
  }),
  noLogSchema,
  z.strictObject({ kind: z.literal('error'), ...wireErrorSchema.shape }),
]);

/** Most logs that may have followed one another. */
export const MAX_SUCCESSIONS = 64;

/** Body of `successions`: nothing. */
export const successionsRequestSchema = z.strictObject({});

/** Answer to `successions`: the entries that the log begins with and that say which logs it follows, each with its inclusion proof; none where it is the first one. */
export const successionsAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('successions'),
    checkpoint: checkpointSchema,
    keys: z.array(z.string().min(1).max(4000)).min(1).max(8),
    entries: z.array(z.strictObject({ entry: z.string().max(4000), proof: proofSchema })).max(MAX_SUCCESSIONS),
  }),
  noLogSchema,
  z.strictObject({ kind: z.literal('error'), ...wireErrorSchema.shape }),
]);

/** Most segments whose receipts are asked for at once. */
export const MAX_RECEIPTS = 64;

/** Body of `receipts`: hashes of headers of stored segments. */
export const receiptsRequestSchema = z.strictObject({ hashes: z.array(sha256Schema).min(1).max(MAX_RECEIPTS) });

/** Answer to `receipts`: those that the checkpoint holds, each with its place and inclusion proof. */
export const receiptsAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('receipts'),
    checkpoint: checkpointSchema,
    receipts: z.array(z.strictObject({ hash: sha256Schema, index: countSchema, proof: proofSchema })).max(MAX_RECEIPTS),
  }),
  noLogSchema,
  z.strictObject({ kind: z.literal('error'), ...wireErrorSchema.shape }),
]);

/** Types of the answers above. */
export type LogAnswer = z.infer<typeof logAnswerSchema>;
export type SuccessionsAnswer = z.infer<typeof successionsAnswerSchema>;
export type ReceiptsAnswer = z.infer<typeof receiptsAnswerSchema>;
