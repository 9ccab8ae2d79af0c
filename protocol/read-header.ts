/** Reading a segment's header. */
import { parseCanonicalJson } from '../domain/proof/canonical-json.ts';
import type { SegmentHeader } from '../domain/proof/segment.ts';
import { segmentHeaderSchema } from './proof.ts';

/** The header of such text; null where it is none or not in its canonical form. */
export function readHeader(text: string): SegmentHeader | null {
  const json = parseCanonicalJson(text);
  const parsed = json && segmentHeaderSchema.safeParse(json.value);
  return parsed?.success ? parsed.data : null;
}
