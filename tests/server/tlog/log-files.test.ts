/** The log as anybody can fetch it, and what is entered of devices and programs. */
import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { parseCheckpoint, signatureBy } from '../../../domain/tlog/checkpoint.ts';
import { parseVkey } from '../../../domain/tlog/signed-note.ts';
import { entriesOfBundle } from '../../../domain/tlog/tiles.ts';
import { sha256 } from '../../../server/sha256.ts';
import { verifyByNode } from '../../../server/tlog/raw-keys.ts';
import { startTestController, type TestController } from '../../helpers/test-controller.ts';

let running: TestController | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

async function start(): Promise<TestController> {
  running = await startTestController();
  return running;
}

const textOf = async (url: string): Promise<string> => (await fetch(url)).text();

/** Kinds of all entries of a log of up to 255. */
async function kindsIn(url: string): Promise<string[]> {
  const size = parseCheckpoint(await textOf(`${url}/log/checkpoint`))?.size ?? 0;
  const bundle = await (await fetch(`${url}/log/tile/entries/000.p/${size}`)).arrayBuffer();
  const entries = entriesOfBundle(new Uint8Array(bundle)) ?? [];
  return entries.map((entry) => String(JSON.parse(Buffer.from(entry).toString()).kind));
}

test('[TL14] the log is there for everybody: checkpoint, keys, bundles and tiles, and nothing that it has not', async () => {
  const { url, controller } = await start();
  await controller.services.jobs.run('log-signing');
  const checkpoint = parseCheckpoint(await textOf(`${url}/log/checkpoint`));
  const key = parseVkey((await textOf(`${url}/log/keys`)).split('\n')[0] ?? '', sha256);
  if (!checkpoint || !key) throw new Error('no checkpoint or key');
  expect(await signatureBy(checkpoint, key, verifyByNode)).toEqual({ timeS: null });
  expect(await kindsIn(url)).toEqual(expect.arrayContaining(['program', 'assignment']));
  const tile = await fetch(`${url}/log/tile/0/000.p/${checkpoint.size}`);
  expect(tile.headers.get('content-type')).toBe('application/octet-stream');
  expect(tile.headers.get('cache-control')).toContain('immutable');
  expect((await tile.arrayBuffer()).byteLength).toBe(32 * checkpoint.size);
  for (const none of [`0/000.p/${checkpoint.size + 1}`, '0/000', '0/001.p/1', 'x/000', '0/00'])
    expect((await fetch(`${url}/log/tile/${none}`)).status, none).toBe(404);
});

test('[TL15] a device that is bound and released, and the program of every screen, are entered once', async () => {
  const { url, controller, catalogue } = await start();
  const { enrolment, jobs, planning } = controller.services;
  const players = [...catalogue.snapshot().screens.values()].filter(({ kind }) => kind === 'player');
  const [screen] = players;
  if (!screen) throw new Error('no screen');
  await enrolment.redeem(enrolment.tokenFor(screen.id), Buffer.alloc(32, 7).toString('base64'));
  await enrolment.retire(screen.id);
  await planning.settled();
  for (const _ of [1, 2]) await jobs.run('log-entries');
  await jobs.run('log-signing');
  const kinds = await kindsIn(url);
  const count = (kind: string): number => kinds.filter((other) => other === kind).length;
  expect([count('enrolment'), count('retirement'), count('assignment')]).toEqual([1, 1, players.length]);
});

test('[TL15] the program of a screen is entered again each day, though it is the same', async () => {
  const { url, controller, clock, catalogue } = await start();
  const { jobs, planning } = controller.services;
  const players = [...catalogue.snapshot().screens.values()].filter(({ kind }) => kind === 'player').length;
  await planning.settled();
  const counts: number[] = [];
  for (const hours of [0, 23, 1, 1]) {
    clock.advance(hours * 3_600_000);
    await jobs.run('log-entries');
    await jobs.run('log-signing');
    counts.push((await kindsIn(url)).filter((kind) => kind === 'assignment').length / players);
  }
  expect(counts).toEqual([1, 1, 2, 2]);
});

test('[TL11] a controller whose log may not go on serves all the same, and says why it does not sign', async () => {
  const { url, controller } = await start();
  const { folder, transparency, jobs, ledger } = controller.services;
  expect(await readFile(folder.logHead, 'utf8')).toContain('xunbo/');
  expect(transparency.fault()).toBeNull();
  await writeFile(folder.logHead, 'nonsense\n');
  await ledger.log.append(['more']);
  expect((await jobs.run('log-signing')).lastDetail).toContain('holds no checkpoint');
  expect(await jobs.run('log-entries')).toMatchObject({
    lastOutcome: 'failed',
    lastDetail: expect.stringContaining('holds no checkpoint'),
  });
  expect((await fetch(`${url}/log/checkpoint`)).status).toBe(503);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});
