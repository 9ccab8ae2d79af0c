/** A process that fills the stores of a server and says what it claims, to be traced. Arguments: root of the disk, file of claims, rounds, documents, `close` or `kill`. */
import { createHash } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { parseCheckpoint } from '../../domain/tlog/checkpoint.ts';
import type { TransparencyLog } from '../../server/tlog/transparency-log.ts';
import { CHAIN_PROGRAM_HASH, putChainProgram, shaOf } from '../helpers/chain-builder.ts';
import {
  askToCosign,
  CHAINS,
  type LedgerClaim,
  nextSegment,
  openStores,
  SHOT_SCREEN,
} from './support/ledger-claims.ts';

/** Large documents fill the write-ahead log, so that SQLite moves it into its file while the server runs. */
const DOCUMENT_BYTES = 512 * 1024;
const SIGN_EACH = 4;
const UNIT_EACH = 7;
const PICTURE_EACH = 10;

const [root = '', claims = '', rounds = '1', documents = '0', end = 'close'] = process.argv.slice(2);
const fd = openSync(claims, 'a');
const claim = (made: LedgerClaim): void => void writeSync(fd, `${JSON.stringify(made)}\n`);

const stores = await openStores(root);
const { catalogue, ledger, log, shots, witness } = stores;
const current = log.current();
if (!current || !witness) throw new Error(log.fault() ?? 'no log');
const witnessUrl = `http://127.0.0.1:${await witness.listen('127.0.0.1', 0)}`;
claim({ kind: 'keys', vkeys: [...current.keys(), ...witness.vkeys] });
claim({ kind: 'signed', checkpoint: current.checkpoint() });
await putChainProgram(ledger);
claim({ kind: 'document', hash: CHAIN_PROGRAM_HASH });

async function putDocument(number: number): Promise<void> {
  const text = String(number).padEnd(DOCUMENT_BYTES, '.');
  const hash = shaOf(text);
  await ledger.documents.put(hash, 'program', text);
  claim({ kind: 'document', hash });
}

async function putUnit(number: number): Promise<void> {
  const id = `unit-${number}`;
  await catalogue.apply([{ op: 'put', collection: 'units', entity: { id, name: id, nameEn: null, parentId: null } }]);
  claim({ kind: 'unit', id });
}

async function putPicture(number: number): Promise<void> {
  const webp = Buffer.from(`RIFF\0\0\0\0WEBP${number}`);
  const sha = createHash('sha256').update(webp).digest('hex');
  await shots.keep(SHOT_SCREEN, sha, webp);
  claim({ kind: 'picture', sha });
}

let cosigned = 0;

async function sign(by: TransparencyLog): Promise<void> {
  await log.turn();
  const checkpoint = by.checkpoint();
  if (log.fault() !== null) throw new Error(log.fault() ?? '');
  claim({ kind: 'signed', checkpoint });
  const { proof } = await by.consistencyFrom(cosigned);
  const answer = await askToCosign(witnessUrl, cosigned, proof ?? [], checkpoint);
  if (answer.status === 200) claim({ kind: 'cosigned', checkpoint });
  // A witness that knows more than this life says so.
  cosigned = answer.status === 409 ? Number(answer.body) : (parseCheckpoint(checkpoint)?.size ?? 0);
}

let ends = [...CHAINS];
for (let round = 1; round <= Number(rounds); round += 1) {
  const made = ends.map(nextSegment);
  // What is asked for together shares a commit, of which a power cut may leave nothing or all.
  const work = made.map(async ({ segment }) => {
    const [outcome] = await ledger.segments.ingest([segment]);
    if (outcome?.kind !== 'stored') throw new Error(`answered ${outcome?.kind}`);
    claim({ kind: 'stored', hash: segment.hash });
  });
  await Promise.all(work);
  ends = made.map((one) => one.end);
  if (round <= Number(documents)) await putDocument(round);
  if (round % UNIT_EACH === 0) await putUnit(round);
  if (round % PICTURE_EACH === 0) await putPicture(round);
  if (round % SIGN_EACH === 0) await sign(current);
}
if (end === 'kill') process.kill(process.pid, 'SIGKILL');
await stores.close();
