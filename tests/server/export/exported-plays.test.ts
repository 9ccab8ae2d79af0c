/** Exports of a real controller: what they are read from, who may have them, and what later changes do to them. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { bodyLines } from '../../../domain/proof/segment.ts';
import { PLAYS_EXPORT_PATH, PLAYS_FORMATS } from '../../../protocol/http/plays-export.ts';
import { routeUrl } from '../../../protocol/http/route.ts';
import { exportedPlays } from '../../../server/export/exported-plays.ts';
import { storedSegments } from '../../contracts/with-ledger.ts';
import { chainOf, chainStart, PLAY, putChainProgram } from '../../helpers/chain-builder.ts';
import { bootRecord, playRecord } from '../../helpers/plays.ts';
import { bindDevice, type PushingDevice } from '../../helpers/pushing-device.ts';
import { startTestController, type TestController } from '../../helpers/test-controller.ts';
import { emptyJournal, nextSegment } from '../../helpers/test-device.ts';

const DATE = '2026-07-01';
const HOUR_MS = 3_600_000;

let server: TestController;
let device: PushingDevice;
let journal = emptyJournal();

beforeEach(async () => {
  server = await startTestController();
  await server.controller.services.planning.settled();
  journal = emptyJournal();
  device = await bindDevice(server);
});
afterEach(async () => {
  device.socket.disconnect();
  await server.close();
});

/** The promised card and a loop item, shown on the screen one after the other from `atMs` on, in a segment of their own. */
async function show(atMs: number): Promise<void> {
  const program = device.program();
  const shown = [
    { item: 'card-1', commitment: 'visits.min.f1', date: DATE, atMs, monoMs: 0, durationMs: 10_000 },
    { item: 'loop-1', commitment: null, date: DATE, atMs: atMs + 10_000, monoMs: 10_000, durationMs: 10_000 },
  ].map((play) => playRecord(program.program, play));
  const segment = nextSegment(journal, device.key, 'screen-1', program.hash, [bootRecord(atMs), ...shown]);
  expect(await device.push(segment)).toMatchObject({ kind: 'stored' });
}

type Wanted = { from?: string; to?: string; screen?: string; format?: string };

const get = async (query: Wanted, cookie = server.cookie): Promise<{ status: number; type: string; text: string }> => {
  const url = routeUrl(PLAYS_EXPORT_PATH, {}, { from: DATE, to: DATE, ...query });
  const answer = await fetch(server.url + url, { headers: { cookie } });
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
};

const everyFile = (): Promise<string[]> =>
  Promise.all(PLAYS_FORMATS.map(async (format) => (await get({ format })).text));

/** Signs in a new person of `unitId`; gives their cookie. */
async function cookieOf(unitId: string): Promise<string> {
  const person = { id: `p-${unitId}`, unitId, login: unitId, name: unitId, role: 'viewer', password: 'long enough 1' };
  await server.api('PUT', `/api/users/${person.id}`, person);
  const answer = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: person.login, password: person.password }),
  });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

test('[XP1] renaming and removing what was shown changes no byte of any export', async () => {
  await show(server.clock.nowMs());
  const before = await everyFile();
  expect(before[0]).toContain('标语');
  const { slogans, playlists } = server.catalogue.snapshot();
  const [card, loop] = [slogans.get('card-1'), playlists.get('loop')];
  if (!card || !loop) throw new Error('the small town has no card');

  await server.catalogue.apply([{ op: 'put', collection: 'slogans', entity: { ...card, name: '改名' } }]);
  await server.controller.services.planning.settled();
  expect(await everyFile()).toEqual(before);

  await server.catalogue.apply([
    { op: 'put', collection: 'playlists', entity: { ...loop, items: [] } },
    { op: 'remove', collection: 'campaigns', id: 'visits' },
    { op: 'remove', collection: 'slogans', id: 'card-1' },
    { op: 'remove', collection: 'slogans', id: 'loop-1' },
  ]);
  await server.controller.services.planning.settled();
  expect(await everyFile()).toEqual(before);
});

test('[XP1] what was shown before and after a renaming bears both names', async () => {
  await show(server.clock.nowMs());
  const card = server.catalogue.snapshot().slogans.get('card-1');
  if (!card) throw new Error('the small town has no card');
  await server.catalogue.apply([{ op: 'put', collection: 'slogans', entity: { ...card, name: '改名' } }]);
  await server.controller.services.planning.settled();
  await show(server.clock.nowMs() + HOUR_MS);
  const names = (await get({})).text.split('\r\n').map((row) => row.split(',')[8]);
  expect(names).toEqual(['item_name', '标语', '循环', '改名', '循环', undefined]);
});

test('[XP1] local times stay those of the zone that the screen had when it played', async () => {
  await show(server.clock.nowMs());
  const before = await everyFile();
  const screen = server.catalogue.snapshot().screens.get('screen-1');
  if (!screen) throw new Error('the small town has no screen');
  await server.catalogue.apply([
    { op: 'put', collection: 'screens', entity: { ...screen, timeZone: 'Europe/Berlin' } },
  ]);
  expect(await everyFile()).toEqual(before);
  expect(before[0]).toContain(',2026-07-01T08:00:00.000+08:00,2026-07-01T08:00:10.000+08:00,');
});

test('[XP5] the proof of a play is SHA-256 of its line in the body of its segment', async () => {
  await show(server.clock.nowMs());
  const [row] = await storedSegments(server.ledger);
  const [, ...lines] = bodyLines(row?.body ?? '');
  const hashes = lines.map((line) => createHash('sha256').update(line).digest('hex'));
  expect(hashes).toHaveLength(2);
  const proofs = (await get({ format: 'h782' })).text.match(/(?<=<ProofOfPlay>)[0-9a-f]{64}/g);
  expect(proofs).toEqual(hashes);
  const rows = (await get({ format: 'csv' })).text.trimEnd().split('\r\n').slice(1);
  expect(rows.map((cells) => cells.split(',').at(-1))).toEqual(hashes);
});

test('[XP9] people get the plays of screens in their reach; those of a removed screen go to whoever runs the whole', async () => {
  await show(server.clock.nowMs());
  await server.catalogue.apply([
    { op: 'put', collection: 'units', entity: { id: 'baths', name: '浴场', nameEn: null, parentId: 'town' } },
  ]);
  const [hall, baths] = [await cookieOf('hall'), await cookieOf('baths')];
  const count = async (cookie: string, query: Wanted = {}): Promise<number> =>
    (await get({ format: 'h782', ...query }, cookie)).text.split('<LogItem>').length - 1;
  expect([await count(server.cookie), await count(hall), await count(baths)]).toEqual([2, 2, 0]);
  expect(await count(hall, { screen: 'screen-1' })).toBe(2);
  expect((await get({ screen: 'screen-1' }, baths)).status).toBe(404);
  await server.catalogue.apply([{ op: 'remove', collection: 'screens', id: 'screen-1' }]);
  expect([await count(server.cookie), await count(hall)]).toEqual([2, 0]);
  expect((await get({ screen: 'screen-1' })).text).toContain(',screen-1,,2026-07-01T08:00:00.000+08:00,');
});

test('[XP9] whoever is not signed in gets nothing, and what is asked for wrongly is refused by place', async () => {
  expect((await get({}, '')).status).toBe(401);
  for (const [query, place] of [
    [{ from: 'yesterday' }, 'query.from'],
    [{ to: '2026-06-30' }, 'query.to'],
    [{ format: 'xlsx' }, 'query.format'],
    [{ screen: '../etc' }, 'query.screen'],
  ] as const) {
    const answer = await get(query);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'bad-request', faults: [{ place }] } });
  }
});

test('[XP10] a file says what it is, and is CSV where nothing else is asked for', async () => {
  const url = `${server.url}${routeUrl(PLAYS_EXPORT_PATH, {}, { from: DATE, to: '2026-07-31', format: 'asmil' })}`;
  const answer = await fetch(url, { headers: { cookie: server.cookie } });
  expect(answer.headers.get('content-disposition')).toBe(
    'attachment; filename="plays-2026-07-01-2026-07-31.asmil.xml"',
  );
  expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect((await answer.text()).startsWith('<?xml')).toBe(true);
  expect((await get({})).type).toBe('text/csv; charset=utf-8');
});

test('[XP8] a long export of plays that a person may not see holds nobody up', async () => {
  const { ledger, catalogue } = server;
  await putChainProgram(ledger);
  const chain = chainOf(
    chainStart(),
    Array.from({ length: 400 }, () => Array.from({ length: 64 }, () => PLAY)),
  );
  await ledger.segments.ingest(chain);
  let turns = 0;
  let isOver = false;
  const others = (): void => {
    turns += 1;
    if (!isOver) setImmediate(others);
  };
  setImmediate(others);
  const query = { from: '2026-07-01', to: '2026-07-31', screen: null };
  const { ingest } = server.controller.services;
  const shown = await Array.fromAsync(exportedPlays(query, { ledger, catalogue, ingest }, () => false));
  isOver = true;
  expect(shown).toEqual([]);
  expect(turns).toBeGreaterThan(5);
});

test('[XP10] the description of the API has the export', async () => {
  const described = await fetch(`${server.url}/api/docs/json`, { headers: { cookie: server.cookie } });
  const { paths } = z.object({ paths: z.record(z.string(), z.unknown()) }).parse(await described.json());
  expect(paths).toHaveProperty([PLAYS_EXPORT_PATH]);
});
