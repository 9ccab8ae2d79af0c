/** A real `xunbo serve` is killed again and again under the load of several devices. */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { errnoOf } from '../../main/durable-files.ts';
import { screenViewSchema } from '../../protocol/http/views.ts';
import { silentLog } from '../../server/log.ts';
import { dataPaths } from '../../server/stores/data-folder.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { createProduct, eventually, type Product } from '../helpers/product.ts';
import { type Chance, chanceOf } from '../simulation/chance.ts';
import { KILLS, seedOf } from './support/amounts.ts';
import { type CheckpointWatch, watchCheckpoints } from './support/checkpoint-watch.ts';
import { type Child, startChild } from './support/child.ts';
import { evidenceFaults, type Seen } from './support/ledger-evidence.ts';
import { stateFolder } from './support/state-folder.ts';
import { createUploadingClient, type UploadingClient } from './support/uploading-client.ts';

const XUNBO = fileURLToPath(new URL('../../cli/xunbo.js', import.meta.url));
const CLIENTS = 6;
/** Of a life that is killed while it starts, the longest. */
const START_MS = 2500;
/** In so long all clients have come back to a server that listens again; a kill may fall anywhere into that. */
const RETURN_MS = 400;
const MOST_STORED = 80;
const MOST_WAIT_MS = 60;
/** A recount reads all there is; what was acknowledged is looked for after each kill. */
const RECOUNT_EACH = 20;

test(`[CR2] [I1] [I2] [I5] [I6] [I8] [I9] [I10] [I15] a server killed ${KILLS} times loses nothing acknowledged, counts nothing twice and signs one log`, async () => {
  const chance = chanceOf(seedOf('kills of a server'), 0, 'kills');
  const product = await createProduct();
  onTestFinished(() => product.remove());
  const { url } = await product.start({ words: ['--no-player'] });
  const clients = await createClients(product, url, chance);
  let stored = 0;
  const runs = clients.map((client) => client.run(() => (stored += 1)));
  await eventually(
    'all are enrolled',
    async () => clients.every(({ acknowledged }) => acknowledged.size > 0) || undefined,
  );
  await product.kill();

  const watch = watchCheckpoints(url);
  const copy = join(await stateFolder(), 'ledger');
  const told = (): string[] => [...watch.faults, ...clients.flatMap(({ faults }) => faults)];
  for (let life = 1; life <= KILLS; life += 1) {
    const server = serve(url, product.data);
    await live(server, chance, watch, () => stored);
    expect(await server.end('SIGKILL'), `life ${life}`).toEqual({ code: null, signal: 'SIGKILL' });
    expect(told(), `after life ${life}`).toEqual([]);
    const isRecount = life % RECOUNT_EACH === 0;
    expect(await ledgerFaults(product.data, copy, seenBy(clients, watch), isRecount), `after life ${life}`).toEqual([]);
  }

  // Nobody kills any more: everything gets its receipt.
  const server = serve(url, product.data);
  for (const client of clients) client.finish();
  let isOver = false;
  void Promise.all(runs).then(() => {
    isOver = true;
  });
  await eventually('everything has its receipt', async () => {
    expect(told()).toEqual([]);
    return isOver || undefined;
  }).catch((error: unknown) => {
    const words = clients.map(({ made, acknowledged, log }) => [made.size, acknowledged.size, log.receipts.length]);
    throw new Error(`made, acknowledged, with receipt: ${words.map((three) => three.join(' ')).join('; ')}`, {
      cause: error,
    });
  });
  await watch.stop();
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
  const seen = seenBy(clients, watch);
  console.info(
    `${KILLS} kills of a server: ${seen.receipts.length} segments, ${seen.checkpoints.size} checkpoints seen`,
  );
  expect(told()).toEqual([]);
  expect(await ledgerFaults(product.data, copy, seen, true)).toEqual([]);
  expect(seen.receipts.length).toBe(clients.reduce((sum, { made }) => sum + made.size, 0));
});

/** A device for each of some screens that have something to play. */
async function createClients(product: Product, url: string, chance: Chance): Promise<UploadingClient[]> {
  const screens = await product.api(z.array(screenViewSchema), 'GET', '/api/screens');
  const played = screens.filter(({ kind, program }) => kind === 'player' && program !== null).slice(0, CLIENTS);
  return played.map(({ id }) =>
    createUploadingClient(url, chance, async (code) => {
      await product.api(z.unknown(), 'POST', `/api/screens/${id}/pair`, { code });
    }),
  );
}

const serve = (url: string, data: string): Child =>
  startChild([XUNBO, 'serve', '--no-player', '--log-level', 'silent', '--port', new URL(url).port, '--data', data]);

/** Lets a server live for a while: into its start, into the return of its clients, into its pushes, or until it has signed what came. */
async function live(server: Child, chance: Chance, watch: CheckpointWatch, stored: () => number): Promise<void> {
  const drawn = chance.next();
  if (drawn < 0.15) return void (await pause(chance.int(0, START_MS)));
  await server.until(1);
  if (drawn < 0.3) return void (await pause(chance.int(0, RETURN_MS)));
  const enough = stored() + chance.int(1, MOST_STORED);
  await eventually('segments are stored', async () => stored() >= enough || undefined);
  if (drawn > 0.6) await eventually('the log is signed', watch.growth());
  await pause(chance.int(0, MOST_WAIT_MS));
}

function seenBy(clients: readonly UploadingClient[], { checkpoints }: CheckpointWatch): Seen {
  return {
    acknowledged: new Set(clients.flatMap(({ acknowledged }) => [...acknowledged])),
    checkpoints: new Set([...checkpoints, ...clients.flatMap(({ log }) => [...log.checkpoints])]),
    receipts: clients.flatMap(({ log }) => log.receipts),
    publicKeys: new Map(clients.map(({ id, publicKey }) => [id, publicKey])),
  };
}

/** Looks at a copy of the ledger: the next server is to recover the ledger itself. */
async function ledgerFaults(data: string, copy: string, seen: Seen, isRecount: boolean): Promise<string[]> {
  await rm(copy, { recursive: true, force: true });
  await mkdir(copy);
  const [from, file] = [dataPaths(data).ledger, join(copy, 'ledger.sqlite')];
  await copyFile(from, file);
  await copyFile(`${from}-wal`, `${file}-wal`).catch((error: unknown) => {
    if (errnoOf(error) !== 'ENOENT') throw error;
  });
  const ledger = await openSqliteLedger({ file, log: silentLog });
  try {
    if (isRecount) return await evidenceFaults(ledger, seen);
    const places = await Promise.all(Array.from(seen.acknowledged, (hash) => ledger.log.indexOf(hash)));
    return places.filter((place) => place === null).map(() => 'I1: a segment was acknowledged and is gone');
  } finally {
    await ledger.close();
  }
}
