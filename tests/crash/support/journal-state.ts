/** Opens a journal that a power cut left, and tells what of the claims before does not hold any more. */
import { join } from 'node:path';
import { headerHash, recordLine } from '../../../domain/proof/segment.ts';
import { loadDeviceKey } from '../../../main/device-key.ts';
import { createDurableFiles } from '../../../main/durable-files.ts';
import { sha256 } from '../../../main/sha256.ts';
import { checkJournal } from '../../main/support/journal-check.ts';
import { dataFolder, journalClaimSchema, startAgent, timeOfLife } from './journal-life.ts';

/** The faults of the journal below `root`, one sentence each; `marks` are the claims of the agents before. */
export function journalFaults(root: string, marks: readonly string[]): string[] {
  try {
    return check(root, marks);
  } catch (error) {
    return [`recovery failed: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function check(root: string, marks: readonly string[]): string[] {
  const claims = marks.map((mark) => journalClaimSchema.parse(JSON.parse(mark)));
  const files = createDurableFiles();
  const faults: string[] = [];
  const { opened, keyId } = startAgent(files, root, timeOfLife(1), 'boot-after');
  const { journal } = opened;
  journal.seal();
  const key = loadDeviceKey(files, join(dataFolder(root), 'device-key.pem'));
  const records = checkJournal(files, join(dataFolder(root), 'journal'), key);
  const lines = new Map(records.map(({ epoch, boot: _, ...record }) => [`${epoch}/${record.seq}`, recordLine(record)]));
  const hashes = new Set(Array.from(journal.shelf.newestFirst(), ({ header }) => headerHash(header, sha256)));
  for (const claim of claims) {
    if (claim.kind === 'key' && claim.id !== keyId) faults.push('the device has another key');
    if (claim.kind === 'sealed' && !hashes.has(claim.hash)) faults.push(`the sealed segment ${claim.hash} is gone`);
    if (claim.kind === 'record') {
      const line = lines.get(`${claim.epoch}/${claim.seq}`);
      if (line === undefined) faults.push(`I1: record ${claim.epoch}/${claim.seq} is gone`);
      else if (line !== claim.line) faults.push(`I6: record ${claim.epoch}/${claim.seq} is another one now`);
    }
  }
  const boot = opened.records.at(-1);
  const hasRecords = claims.some(({ kind }) => kind === 'record');
  if (boot?.kind !== 'boot' || (hasRecords && boot.reason !== 'recovered'))
    faults.push('I4: no boot record tells of it');
  return faults;
}
