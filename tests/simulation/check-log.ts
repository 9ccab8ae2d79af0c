/** Holds the log against the ledger and the receipts that devices kept (I2, I9, I15), by code of its own. */
import { headerHash } from '../../domain/proof/segment.ts';
import { sha256 } from '../../main/sha256.ts';
import type { VerifiedSegmentRow } from '../../server/stores/ledger-store.ts';
import type { ClosedSegment } from './check-segments.ts';
import { type DiskEye, keyOf } from './disk-eye.ts';
import type { Fault } from './findings.ts';
import { headOf, leafOf, nodeOf } from './log-eye.ts';
import type { SimulatedServer } from './simulated-server.ts';

/** Every stored segment stands in the log exactly once. Gives how many entries there are. */
export async function checkEntries(
  { ledger }: SimulatedServer,
  stored: ReadonlyMap<string, VerifiedSegmentRow>,
  fault: Fault,
): Promise<number> {
  const entries = await ledger.log.entries(0, await ledger.log.size());
  const due = new Set(Array.from(stored.values(), entryOf));
  for (const entry of entries) {
    if (!entry.includes('"kind":"segment"')) continue;
    if (!due.delete(entry)) fault('I2', `the log has an entry of nothing, or once more: ${entry}`);
  }
  for (const entry of due) fault('I1', `the log lacks ${entry}`);
  if (new Set(entries).size < entries.length) fault('I2', 'an entry stands twice in the log');
  return entries.length;
}

/** Every segment that a device was told is a fork is named as one in the log. */
export async function checkForks(
  { ledger }: SimulatedServer,
  segments: readonly ClosedSegment[],
  fault: Fault,
): Promise<void> {
  const entries = await ledger.log.entries(0, await ledger.log.size());
  const forks = entries.filter((entry) => entry.includes('"kind":"fork"'));
  for (const segment of segments) {
    const hash = headerHash(segment.value.header, sha256);
    if (segment.state === 'forked' && !forks.some((entry) => entry.includes(hash)))
      fault('I2', `segment ${keyOf(segment)} is a fork, and the log does not name it`);
  }
}

/** The entry that a stored segment has to have, written out by hand. */
const entryOf = ({
  device,
  epoch,
  hash,
  screen,
  segment,
}: Pick<VerifiedSegmentRow, 'device' | 'epoch' | 'hash' | 'screen' | 'segment'>): string =>
  `{"device":"${device}","epoch":${epoch},"hash":"${hash}","kind":"segment","screen":"${screen}","segment":${segment},"v":1}`;

/**
 * Every receipt holds against the checkpoint it came with, and the log's last one has its entry at the same place: with all checkpoints of one tree (I8) it
 * holds against all between. Every `eachNth` is looked at; gives how many.
 */
export async function checkReceipts(
  { log, eye }: SimulatedServer,
  disk: DiskEye,
  stored: ReadonlyMap<string, VerifiedSegmentRow>,
  eachNth: number,
  fault: Fault,
): Promise<number> {
  const looked = disk.receipts.filter((_, k) => k % eachNth === 0);
  for (const { ref, index, proof, checkpoint } of looked) {
    const at = `the receipt of segment ${keyOf(ref)}`;
    const sealed = disk.sealed.get(keyOf(ref));
    const hash = sealed ? headerHash(sealed.value.header, sha256) : '';
    const row = stored.get(hash);
    const { size, root } = headOf(checkpoint);
    const hashes = proof.map((text) => Buffer.from(text, 'base64'));
    if (eye.roots.get(size) !== root) fault('I9', `${at} names a checkpoint that was never signed`);
    // An old copy of the ledger may have lost what it is of; it holds all the same.
    const entry = row ? entryOf(row) : (eye.entries[index] ?? '');
    if (!entry.includes(hash) || rootBy(entry, index, size, hashes) !== root) fault('I9', `${at} does not hold`);
    if (!row || log.fault() !== null) continue;
    const later = await log.current()?.receipts([hash]);
    const found = later?.receipts[0];
    const head = headOf(later?.checkpoint ?? '');
    if (!found || found.index !== index || rootBy(entry, index, head.size, found.proof.map(Buffer.from)) !== head.root)
      fault('I9', `${at} does not hold against the last checkpoint`);
  }
  return looked.length;
}

/** The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2), base64; empty where it is too long or too short. */
function rootBy(entry: string, index: number, size: number, proof: readonly Buffer[]): string {
  let [at, last] = [index, size - 1];
  let root = leafOf(entry);
  for (const hash of proof) {
    if (last === 0) return '';
    if (at % 2 === 1 || at === last) {
      root = nodeOf(hash, root);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else root = nodeOf(root, hash);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root.toString('base64') : '';
}
