/** The text of an open segment: one line that says what the header will say, then one line a record. */
import type { z } from 'zod';
import { canonicalJson, parseCanonicalJson } from '../../domain/proof/canonical-json.ts';
import { MAX_SEGMENT_RECORDS, type SegmentHeader } from '../../domain/proof/segment.ts';
import { segmentHeaderSchema } from '../../protocol/proof.ts';
import { readRecordLine } from '../../protocol/read-record-line.ts';

/** What is fixed about a segment when it is opened, so that it can be sealed as it was meant after any crash. */
export type SegmentOpening = Omit<SegmentHeader, 'count' | 'root' | 'closedAt'>;

const openingSchema = segmentHeaderSchema.omit({
  count: true,
  root: true,
  closedAt: true,
}) satisfies z.ZodType<SegmentOpening>;

/** The first line of an open segment, newline included. */
export const openingLine = (opening: SegmentOpening): string => `${canonicalJson(opening)}\n`;

/**
 * What can be read of an open segment: the opening and the whole, canonical, consecutive record lines behind it.
 * `tornBytes` behind them are no use; `isDamaged` tells that more is missing than a power cut at one append can tear off.
 */
export type OpenSegmentRead = {
  opening: SegmentOpening | null;
  lines: string[];
  tornBytes: number;
  isDamaged: boolean;
};

/** Reads the bytes of an open segment file. */
export function readOpenSegment(bytes: Uint8Array): OpenSegmentRead {
  const chunks = splitLines(bytes);
  const opening = parseOpening(chunks[0]);
  const lines: string[] = [];
  let used = opening ? (chunks[0]?.length ?? 0) + 1 : 0;
  for (const chunk of opening ? chunks.slice(1) : []) {
    if (lines.length === MAX_SEGMENT_RECORDS || !isRecordOf(chunk, (opening?.firstSeq ?? 0) + lines.length)) break;
    lines.push(chunk.text);
    used += chunk.length + 1;
  }
  // One append writes one record line (the first the opening too), so what it leaves when torn holds no line's end.
  return { opening, lines, tornBytes: bytes.length - used, isDamaged: bytes.subarray(used).includes(NEWLINE) };
}

const NEWLINE = 10;
const utf8 = new TextDecoder('utf-8', { fatal: true });

type Chunk = { text: string; length: number };

/** The lines that are ended by a newline; one that is no UTF-8 reads as empty. */
function splitLines(bytes: Uint8Array): Chunk[] {
  const chunks: Chunk[] = [];
  for (let from = 0; ; ) {
    const end = bytes.indexOf(NEWLINE, from);
    if (end < 0) return chunks;
    chunks.push({ text: decode(bytes.subarray(from, end)), length: end - from });
    from = end + 1;
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return '';
  }
}

function parseOpening(chunk: Chunk | undefined): SegmentOpening | null {
  const json = chunk && parseCanonicalJson(chunk.text);
  const parsed = json && openingSchema.safeParse(json.value);
  return parsed?.success ? parsed.data : null;
}

const isRecordOf = (chunk: Chunk, seq: number): boolean => readRecordLine(chunk.text)?.seq === seq;
