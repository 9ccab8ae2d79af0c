/** What a ledger has to show after any number of kills: chains without a gap, counters that equal a recount, a log in which all of it stands. */
import { logEntryText } from '../../../domain/proof/log-entry.ts';
import { headerHash } from '../../../domain/proof/segment.ts';
import { parseCheckpoint } from '../../../domain/tlog/checkpoint.ts';
import { isIncluded } from '../../../domain/tlog/tlog-proof.ts';
import { sha256 } from '../../../server/sha256.ts';
import type { Ledger, VerifiedSegmentRow } from '../../../server/stores/ledger-store.ts';
import { recountScreenDays } from '../../../server/stores/recount.ts';
import { storedSegments } from '../../contracts/with-ledger.ts';
import { checkSegment } from '../../main/support/journal-check.ts';
import { prefixFaults } from './prefix-faults.ts';

/** A receipt as somebody outside has kept it; `hash` is of the segment's header. */
export type HeldReceipt = { hash: string; index: number; proof: Uint8Array[]; checkpoint: string };

/** What was seen from outside while servers lived and died. */
export type Seen = {
  /** Hashes of acknowledged segments. */
  acknowledged: ReadonlySet<string>;
  /** Every checkpoint, as text. */
  checkpoints: ReadonlySet<string>;
  receipts: readonly HeldReceipt[];
  /** The raw public key of each device, base64. */
  publicKeys: ReadonlyMap<string, string>;
};

/** The faults of a ledger, one sentence each. A segment that does not verify throws. */
export async function evidenceFaults(ledger: Ledger, seen: Seen): Promise<string[]> {
  const stored = await storedSegments(ledger);
  const byHash = new Map(stored.map((row) => [row.hash, row]));
  const entries = await ledger.log.entries(0, await ledger.log.size());
  const lost = [...seen.acknowledged].filter((hash) => !byHash.has(hash));
  const checkpoints = new Set([...seen.checkpoints, ...seen.receipts.map(({ checkpoint }) => checkpoint)]);
  return [
    ...lost.map((hash) => `I1: segment ${hash} was acknowledged and is gone`),
    ...(byHash.size === stored.length ? [] : ['I2: a segment is there twice']),
    ...chainFaults(stored, seen.publicKeys),
    ...(await recountScreenDays(ledger)).map(({ screen, date }) => `I10: ${screen} on ${date} is counted otherwise`),
    ...prefixFaults([...checkpoints], entries),
    ...seen.receipts.flatMap((receipt) => receiptFaults(receipt, byHash.get(receipt.hash), entries)),
  ];
}

/** Every chain begins at 0 and goes on without a gap, and each segment is signed by its device. */
function chainFaults(stored: readonly VerifiedSegmentRow[], publicKeys: Seen['publicKeys']): string[] {
  const faults: string[] = [];
  const ends = new Map<string, { segment: number; seq: number; hash: string }>();
  for (const row of [...stored].sort((a, b) => a.segment - b.segment)) {
    const header = checkSegment(row, { publicKey: publicKeys.get(row.device) ?? '' });
    const chain = `${row.device.slice(0, 8)}/${row.epoch}`;
    const end = ends.get(chain);
    const isNext = header.segment === (end ? end.segment + 1 : 0) && header.firstSeq === (end?.seq ?? 0);
    if (!isNext || header.prev !== (end?.hash ?? null))
      faults.push(`I5: segment ${chain}/${row.segment} does not follow`);
    const seq = header.firstSeq + header.count;
    ends.set(chain, { segment: header.segment, seq, hash: headerHash(row.header, sha256) });
  }
  return faults;
}

/** The receipt holds against the checkpoint it came with, and its entry still has the same place. */
function receiptFaults(
  { hash, index, proof, checkpoint: text }: HeldReceipt,
  row: VerifiedSegmentRow | undefined,
  entries: readonly string[],
): string[] {
  const checkpoint = parseCheckpoint(text);
  if (!row || !checkpoint) return [`I9: the receipt of ${hash} is of nothing`];
  const { screen, device, epoch, segment } = row;
  const entry = logEntryText({ kind: 'segment', screen, device, epoch, segment, hash });
  const holds = isIncluded(entry, { index, proof, checkpoint }, sha256) && entries[index] === entry;
  return holds ? [] : [`I9: the receipt of ${hash} does not hold`];
}
