/** Reading what a bundle is made of: heads of parts, and programs. */
import { z } from 'zod';
import { BUNDLE_FORMAT } from '../domain/bundle/bundle-part.ts';
import type { PartHead } from '../domain/bundle/bundle-text.ts';
import type { Program } from '../domain/plan/program.ts';
import { parseCanonicalJson } from '../domain/proof/canonical-json.ts';
import { MAX_SEGMENT_RECORDS } from '../domain/proof/segment.ts';
import { countSchema, dateSchema, entityIdSchema, idSchema } from './common.ts';
import { programSchema } from './program.ts';

/** The first line of a bundle's file: the SHA-256 (hexadecimal) of all that follows it, which is gzip of the parts' lines. */
export const bundleHead = (digest: string): string => `xunbo-bundle/1 sha256 ${digest}\n`;

/** Bytes of that line. */
export const BUNDLE_HEAD_BYTES = bundleHead('0'.repeat(64)).length;

/** The hash that such a line names; null where it is none. */
export function readBundleHead(line: string): string | null {
  const digest = line.slice(-65, -1);
  return /^[0-9a-f]{64}$/.test(digest) && line === bundleHead(digest) ? digest : null;
}

/** Longest line of a bundle, characters. A program is the longest thing in one. */
export const MAX_BUNDLE_LINE = 64 * 1024 * 1024;

/** Most entries of one part. */
export const MAX_BUNDLE_ENTRIES = 4096;

const MAX_SCREENS = 100_000;
const hashes = z.array(z.base64().length(44)).max(64);

const headSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('bundle'),
    format: z.literal(BUNDLE_FORMAT),
    from: dateSchema,
    to: dateSchema,
    campaign: entityIdSchema.nullable(),
    unit: entityIdSchema.nullable(),
    screens: z.array(idSchema).max(MAX_SCREENS),
    checkpoint: z.string(),
  }),
  z.strictObject({ type: z.literal('entry'), index: countSchema, proof: hashes, lines: z.literal(1) }),
  z.strictObject({ type: z.literal('range'), from: countSchema, roots: hashes }),
  z.strictObject({ type: z.literal('checkpoint'), note: z.string() }),
  z.strictObject({
    type: z.literal('entries'),
    heads: z.array(countSchema).max(MAX_BUNDLE_ENTRIES),
    lines: z.int().min(1).max(MAX_BUNDLE_ENTRIES),
  }),
  z.strictObject({ type: z.literal('program'), lines: z.literal(1) }),
  z.strictObject({
    type: z.literal('segment'),
    signature: z.base64().length(88),
    lines: z
      .int()
      .min(2)
      .max(1 + MAX_SEGMENT_RECORDS),
  }),
  z.strictObject({ type: z.literal('end') }),
]) satisfies z.ZodType<PartHead>;

/** A part's head; null for what is none or not in its canonical form. */
export function readPartHead(line: string): PartHead | null {
  const json = parseCanonicalJson(line);
  const parsed = json && headSchema.safeParse(json.value);
  return parsed?.success ? parsed.data : null;
}

/** A program of its canonical text; null for what is none. */
export function readProgram(text: string): Program | null {
  const json = parseCanonicalJson(text);
  const parsed = json && programSchema.safeParse(json.value);
  return parsed?.success ? parsed.data : null;
}
