/** A real controller on a free loopback port with stores in memory, a manual clock and a little content. */

import type { Campaign } from '../../domain/catalogue/campaign.ts';
import type { User } from '../../domain/catalogue/organisation.ts';
import { type Controller, createController } from '../../server/create-server.ts';
import { silentLog } from '../../server/log.ts';
import type { CatalogueStore } from '../../server/stores/catalogue-store.ts';
import { openDataFolder } from '../../server/stores/data-folder.ts';
import type { Ledger } from '../../server/stores/ledger-store.ts';
import { createMemoryCatalogue } from '../../server/stores/memory-catalogue.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';
import { createManualClock } from './manual-clock.ts';
import { tempFolder } from './temp-folder.ts';

/** 08:00 in Shanghai on a Wednesday. */
export const NOON_UTC_MS = Date.parse('2026-07-01T00:00:00Z');

/** A controller under test and how to talk to it. */
export type TestController = {
  controller: Controller;
  url: string;
  clock: ReturnType<typeof createManualClock>;
  catalogue: CatalogueStore;
  ledger: Ledger;
  /** Calls the API as the administrator; gives status and parsed body. */
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  cookie: string;
  close(): Promise<void>;
};

/** A campaign of one film, at least `minPlays` a day on every screen of the town. */
export function filmCampaign(minPlays: number): Campaign {
  return {
    id: 'visits',
    name: '入户听民声',
    nameEn: 'Listening at every door',
    unitId: 'town',
    state: 'live',
    flights: [{ id: 'f1', name: '第一阶段', nameEn: null, from: '2026-07-01', to: '2026-10-31' }],
    weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    dayParts: [],
    creatives: [{ item: 'card-1', durationMs: null, weight: 1, flights: [] }],
    targets: { units: ['town'], venues: [], tags: [], screens: [] },
    commitments: [
      {
        id: 'min',
        minPlays,
        minShare: null,
        maxGapMin: null,
        minConsecutiveDays: null,
        maxPlaysPerHour: null,
        minGapMin: null,
        dayParts: [],
        priority: 0,
      },
    ],
    frontLoad: 0.75,
    overrideReason: null,
  };
}

async function fill(catalogue: CatalogueStore): Promise<void> {
  const named = (name: string): { name: string; nameEn: null } => ({ name, nameEn: null });
  const card = {
    text: '入户听民声，服务暖民心',
    textEn: null,
    shape: 'card',
    theme: 'red',
    durationMs: 10_000,
  } as const;
  await catalogue.apply([
    { op: 'put', collection: 'units', entity: { id: 'town', ...named('镇'), parentId: null } },
    { op: 'put', collection: 'units', entity: { id: 'hall', ...named('大厅'), parentId: 'town' } },
    { op: 'put', collection: 'sites', entity: { id: 'site', ...named('大厅'), unitId: 'hall' } },
    { op: 'put', collection: 'slogans', entity: { id: 'card-1', ...named('标语'), unitId: 'town', ...card } },
    {
      op: 'put',
      collection: 'slogans',
      entity: { id: 'loop-1', ...named('循环'), unitId: 'town', ...card, text: '垫片' },
    },
    {
      op: 'put',
      collection: 'playlists',
      entity: {
        id: 'loop',
        ...named('循环'),
        unitId: 'town',
        items: [{ item: 'loop-1', durationMs: null }],
        ticker: [],
      },
    },
    {
      op: 'put',
      collection: 'screens',
      entity: {
        id: 'screen-1',
        ...named('一号屏'),
        kind: 'player',
        unitId: 'hall',
        siteId: 'site',
        venue: 'service-window',
        tags: [],
        timeZone: 'Asia/Shanghai',
        openingHours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '06:00', to: '22:00' }],
        orientation: 'landscape',
        loopId: 'loop',
      },
    },
    { op: 'put', collection: 'campaigns', entity: filmCampaign(3) },
  ]);
}

/** Starts a controller; `close()` ends it. */
export async function startTestController(): Promise<TestController> {
  const clock = createManualClock(NOON_UTC_MS);
  const catalogue = createMemoryCatalogue();
  const ledger = createMemoryLedger();
  await fill(catalogue);
  const temp = await tempFolder();
  const folder = await openDataFolder(temp);
  const controller = await createController({
    catalogue,
    ledger,
    folder: folder.paths,
    clock,
    log: silentLog,
    version: '0.0.0-test',
    consoleFolder: temp,
  });
  const port = await controller.listen('127.0.0.1', 0);
  const url = `http://127.0.0.1:${port}`;
  const token = controller.services.access.setupToken() ?? '';
  const setUp = await fetch(`${url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, login: 'admin', name: '管理员', password: 'correct horse' }),
  });
  const cookie = (setUp.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return {
    controller,
    url,
    clock,
    catalogue,
    ledger,
    cookie,
    async api(method, path, body) {
      const response = await fetch(url + path, {
        method,
        headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text) };
    },
    async close() {
      await controller.close();
      folder.close();
    },
  };
}

/** Adds a person directly to the catalogue, with a hash nobody has the password of, and opens a session for them. */
export async function addUser(test: TestController, user: Pick<User, 'id' | 'role' | 'unitId'>): Promise<void> {
  const entity = { ...user, login: user.id, name: user.id, passwordHash: '$argon2id$none' };
  await test.catalogue.apply([{ op: 'put', collection: 'users', entity }]);
}
