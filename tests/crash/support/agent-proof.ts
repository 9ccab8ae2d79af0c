/** What an agent has of the server: which of its segments were acknowledged, and their receipts. */
import { join } from 'node:path';
import { z } from 'zod';
import { headerHash } from '../../../domain/proof/segment.ts';
import { fromBase64 } from '../../../domain/tlog/base64.ts';
import { createDurableFiles } from '../../../main/durable-files.ts';
import { createSegmentFiles } from '../../../main/journal/segment-files.ts';
import { sha256 } from '../../../main/sha256.ts';
import type { HeldReceipt } from './ledger-evidence.ts';

const batchSchema = z.object({
  checkpoint: z.string(),
  receipts: z.array(z.object({ segment: z.int(), index: z.int(), proof: z.array(z.string()) })),
});

/** Its segments by their state: waiting to be sent, acknowledged (with their receipts, as far as there are), and others that are out of order. */
export type AgentProof = { waiting: string[]; acknowledged: Set<string>; receipts: HeldReceipt[]; others: string[] };

/** Reads the data folder of an agent, which may be running. */
export function readAgentProof(data: string): AgentProof {
  const files = createDurableFiles();
  const folder = join(data, 'journal');
  const segments = createSegmentFiles(files, folder);
  const found = segments.list();
  const nameOf = ({ epoch, segment, state }: (typeof found)[number]): string => `${epoch}/${segment} ${state}`;
  const isWaiting = ({ state }: (typeof found)[number]): boolean => state === 'open' || state === 'sealed';
  const proof: AgentProof = {
    waiting: found.filter(isWaiting).map(nameOf),
    acknowledged: new Set(),
    receipts: [],
    others: found.filter((file) => !isWaiting(file)).map(nameOf),
  };
  for (const pack of segments.packs()) {
    const hashes = new Map(
      segments.readPack(pack).map(({ segment, value }) => [segment, headerHash(value.header, sha256)]),
    );
    for (const hash of hashes.values()) proof.acknowledged.add(hash);
    const name = `${String(pack.pack).padStart(8, '0')}.receipts`;
    const text = Buffer.from(files.read(join(folder, String(pack.epoch), name)) ?? []).toString();
    for (const { checkpoint, receipts } of wholeLines(text)) {
      for (const { segment, index, proof: path } of receipts) {
        const hash = hashes.get(segment) ?? '';
        proof.receipts.push({ hash, index, proof: path.flatMap((part) => fromBase64(part) ?? []), checkpoint });
      }
    }
  }
  return proof;
}

/** A line that was torn off, or is being written, says nothing. */
function wholeLines(text: string): z.infer<typeof batchSchema>[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [batchSchema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
