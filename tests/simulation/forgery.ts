/** What somebody on the way, without the device's key, makes of a segment or of the log's answers. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import {
  bodyLines,
  recordsRoot,
  type Segment,
  type SegmentHeader,
  segmentSigningText,
} from '../../domain/proof/segment.ts';
import { sha256 } from '../../main/sha256.ts';
import type { LogAnswer, ReceiptsAnswer } from '../../protocol/player-log.ts';
import type { Chance } from './chance.ts';

const stranger = generateKeyPairSync('ed25519').privateKey;

/** One digit of the body is another one. */
export const damaged = (segment: Segment): Segment => ({ ...segment, body: withOtherDigit(segment.body) });

/** A segment under the same number that tells of something else, as well made as can be without the key. */
export function forged(chance: Chance, segment: Segment): Segment {
  const body = withOtherDigit(segment.body);
  const header: SegmentHeader = { ...JSON.parse(segment.header), root: recordsRoot(bodyLines(body), sha256) };
  const text = canonicalJson(chance.happens(0.3) ? { ...header, screen: `${header.screen}-b` } : header);
  const own = sign(null, Buffer.from(segmentSigningText(text)), stranger).toString('base64');
  return { header: text, body, signature: chance.happens(0.5) ? own : segment.signature };
}

const withOtherDigit = (body: string): string => body.replace(/[1-8]/, (digit) => String(Number(digit) + 1));

/** An answer of the log that is not what the log said. */
export function forgedAnswer(chance: Chance, answer: LogAnswer | ReceiptsAnswer): LogAnswer | ReceiptsAnswer {
  if (answer.kind === 'log') {
    const consistency = answer.consistency?.length ? answer.consistency.toReversed().map(otherHash) : null;
    return chance.happens(0.5)
      ? { ...answer, consistency }
      : { ...answer, checkpoint: withOtherRoot(answer.checkpoint) };
  }
  if (answer.kind !== 'receipts') return answer;
  const kind = chance.int(0, 2);
  const receipts = answer.receipts.map((receipt, k, all) => {
    if (kind === 0) return { ...receipt, index: receipt.index + 1 };
    if (kind === 1) return { ...receipt, proof: receipt.proof.map(otherHash) };
    return { ...receipt, hash: all[(k + 1) % all.length]?.hash ?? receipt.hash };
  });
  return { ...answer, receipts };
}

const otherHash = (hash: string): string => `${hash.startsWith('A') ? 'B' : 'A'}${hash.slice(1)}`;

/** The third line of a checkpoint is the root. */
function withOtherRoot(checkpoint: string): string {
  const lines = checkpoint.split('\n');
  return lines.map((line, k) => (k === 2 ? otherHash(line) : line)).join('\n');
}
