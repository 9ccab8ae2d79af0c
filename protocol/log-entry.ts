/** Reading an entry of the transparency log. */
import { z } from 'zod';
import { parseCanonicalJson } from '../domain/proof/canonical-json.ts';
import type { LogEntry } from '../domain/proof/log-entry.ts';
import { countSchema, dateSchema, idSchema, sha256Schema } from './common.ts';

const v = z.literal(1);
const place = { device: sha256Schema, epoch: z.int(), segment: z.int(), hash: sha256Schema };

const logEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ v, kind: z.literal('segment'), screen: idSchema, ...place }),
  z.strictObject({ v, kind: z.literal('fork'), screen: idSchema, ...place }),
  z.strictObject({ v, kind: z.literal('quarantine'), ...place, reason: z.string() }),
  z.strictObject({
    v,
    kind: z.literal('dayclose'),
    screen: idSchema,
    date: dateSchema,
    device: sha256Schema,
    record: sha256Schema,
    hash: sha256Schema,
  }),
  z.strictObject({
    v,
    kind: z.literal('enrolment'),
    screen: idSchema,
    device: sha256Schema,
    publicKey: z.base64().length(44),
    assurance: z.enum(['A', 'B', 'C']),
    atMs: countSchema,
  }),
  z.strictObject({
    v,
    kind: z.literal('endorsement'),
    screen: idSchema,
    device: sha256Schema,
    enrolment: sha256Schema,
    unit: z.string().min(1),
    signature: z.base64(),
  }),
  z.strictObject({ v, kind: z.literal('retirement'), screen: idSchema, device: sha256Schema, atMs: countSchema }),
  z.strictObject({ v, kind: z.literal('program'), hash: sha256Schema }),
  z.strictObject({ v, kind: z.literal('assignment'), screen: idSchema, program: sha256Schema, atMs: countSchema }),
  z.strictObject({ v, kind: z.literal('release'), version: z.string(), arch: z.string(), sha512: z.string() }),
  z.strictObject({
    v,
    kind: z.literal('missing'),
    screen: idSchema,
    device: sha256Schema,
    epoch: countSchema,
    from: countSchema,
    to: countSchema,
  }),
  z.strictObject({ v, kind: z.literal('handover'), screen: idSchema, device: sha256Schema, program: sha256Schema }),
  z.strictObject({
    v,
    kind: z.literal('succession'),
    origin: z.string().min(1),
    size: countSchema,
    root: sha256Schema,
    next: z.string().min(1),
    atMs: countSchema,
    signature: z.base64().length(88),
  }),
]);

/** The entry of such text; null where it is none that is known here, or not in its canonical form. */
export function readLogEntry(text: string): LogEntry | null {
  const json = parseCanonicalJson(text);
  const parsed = json && logEntrySchema.safeParse(json.value);
  return parsed?.success ? parsed.data : null;
}

/** The entry of such text where it is of that kind, else null. */
export function readEntryOf<Kind extends LogEntry['kind']>(
  kind: Kind,
  text: string,
): Extract<LogEntry, { kind: Kind }> | null {
  const isOfKind = (entry: LogEntry): entry is Extract<LogEntry, { kind: Kind }> => entry.kind === kind;
  const entry = readLogEntry(text);
  return entry && isOfKind(entry) ? entry : null;
}
