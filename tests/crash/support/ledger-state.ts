/** Opens the stores that a power cut left of a server, and tells what of the claims before does not hold any more. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hex } from '../../../domain/proof/segment.ts';
import { parseCheckpoint } from '../../../domain/tlog/checkpoint.ts';
import { sha256 } from '../../../server/sha256.ts';
import type { ShotStore } from '../../../server/shots/shot-store.ts';
import { recountScreenDays } from '../../../server/stores/recount.ts';
import { storedSegments } from '../../contracts/with-ledger.ts';
import {
  askToCosign,
  CHAINS,
  type LedgerClaim,
  ledgerClaimSchema,
  nextSegment,
  type OpenStores,
  openStores,
  SHOT_SCREEN,
} from './ledger-claims.ts';
import { prefixFaults } from './prefix-faults.ts';

/** The faults of the stores below `root`, one sentence each; `marks` are the claims of the server before. */
export async function ledgerFaults(root: string, marks: readonly string[]): Promise<string[]> {
  const claims = marks.map((mark) => ledgerClaimSchema.parse(JSON.parse(mark)));
  let stores: OpenStores | null = null;
  try {
    stores = await openStores(root);
    const faults = await keptFaults(stores, claims);
    faults.push(...(await logFaults(stores, claims)), ...(await witnessFaults(stores, claims)));
    return [...faults, ...(await goingOnFaults(stores))];
  } catch (error) {
    return [`the stores cannot be used: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    await stores?.close();
  }
}

/** Acknowledged segments, documents, units and pictures, and counters that equal a recount. */
async function keptFaults({ ledger, catalogue, shots }: OpenStores, claims: readonly LedgerClaim[]): Promise<string[]> {
  const stored = await storedSegments(ledger);
  const hashes = new Set(stored.map(({ hash }) => hash));
  const { units } = catalogue.snapshot();
  const isKept = async (claim: LedgerClaim): Promise<boolean> => {
    switch (claim.kind) {
      case 'stored':
        return hashes.has(claim.hash);
      case 'unit':
        return units.has(claim.id);
      case 'document':
        return (await ledger.documents.get(claim.hash)) !== null;
      case 'picture':
        return (await shaOfPicture(shots, claim.sha)) === claim.sha;
      default:
        return true;
    }
  };
  const faults: string[] = [];
  if (hashes.size !== stored.length) faults.push('I2: a segment is there twice');
  for (const claim of claims) if (!(await isKept(claim))) faults.push(`I1: ${JSON.stringify(claim)} is gone`);
  const differences = await recountScreenDays(ledger);
  return [...faults, ...differences.map(({ screen, date }) => `I10: ${screen} on ${date} is counted otherwise`)];
}

async function shaOfPicture(shots: ShotStore, sha: string): Promise<string | null> {
  const found = await shots.find(SHOT_SCREEN, sha);
  return found && hex(sha256(await readFile(join(found.folder, found.name))));
}

/** The log is the same one, is signed on, and begins with every checkpoint that was seen. */
async function logFaults({ ledger, log, witness }: OpenStores, claims: readonly LedgerClaim[]): Promise<string[]> {
  await log.turn();
  const current = log.current();
  if (!current) return [`I8: the log is not signed any more: ${log.fault()}`];
  const keys = [...current.keys(), ...(witness?.vkeys ?? [])].join();
  const isOther = claims.some((claim) => claim.kind === 'keys' && claim.vkeys.join() !== keys);
  const seen = claims.flatMap((claim) => (claim.kind === 'signed' ? [claim.checkpoint] : []));
  const entries = await ledger.log.entries(0, await ledger.log.size());
  return [
    ...(isOther ? ['I8: log or witness has other keys'] : []),
    ...prefixFaults([...new Set(seen), current.checkpoint()], entries),
  ];
}

/** The witness remembers the last checkpoint that it cosigned, and cosigns none that begins before it. */
async function witnessFaults({ witness }: OpenStores, claims: readonly LedgerClaim[]): Promise<string[]> {
  const [last] = claims.flatMap((claim) => (claim.kind === 'cosigned' ? [claim.checkpoint] : [])).slice(-1);
  if (last === undefined) return [];
  if (!witness) return ['the witness is not there'];
  const url = `http://127.0.0.1:${await witness.listen('127.0.0.1', 0)}`;
  const { status, body } = await askToCosign(url, 0, [], last);
  const size = status === 409 ? Number(body) : 0;
  return size >= (parseCheckpoint(last)?.size ?? 0) ? [] : [`WT1: the witness remembers ${size} entries`];
}

/** Every chain goes on, as its player would, and all of it joins the log. */
async function goingOnFaults({ ledger, log }: OpenStores): Promise<string[]> {
  const faults: string[] = [];
  for (const start of CHAINS) {
    let made = nextSegment(start);
    const { nextSegment: next } = (await ledger.segments.position(start.device)) ?? { nextSegment: 0 };
    while (made.segment.segment < next) made = nextSegment(made.end);
    const [outcome] = await ledger.segments.ingest([made.segment]);
    if (outcome?.kind !== 'stored' || outcome.again)
      faults.push(`I5: segment ${next} does not go on: ${outcome?.kind}`);
  }
  await log.turn();
  const signed = parseCheckpoint(log.current()?.checkpoint() ?? '');
  if (signed?.size !== (await ledger.log.size())) faults.push('I15: what was stored is not in the log');
  return faults;
}
