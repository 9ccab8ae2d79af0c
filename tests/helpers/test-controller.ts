/** A real controller on a free loopback port with stores in memory, a manual clock and a little content. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Controller, createController, type ServerParts } from '../../server/create-server.ts';
import type { CatalogueStore } from '../../server/stores/catalogue-store.ts';
import { openDataFolder } from '../../server/stores/data-folder.ts';
import type { Ledger } from '../../server/stores/ledger-store.ts';
import { openLowdbCatalogue } from '../../server/stores/lowdb-catalogue.ts';
import { createMemoryCatalogue } from '../../server/stores/memory-catalogue.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../server/stores/store-log.ts';
import { createManualClock } from './manual-clock.ts';
import { plainParts } from './plain-parts.ts';
import { fillCatalogue } from './small-town.ts';

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

/** Starts a controller, over wrapped stores where given, or over the real ones in the new folder `data`, with `over` what a test is about; `close()` ends it. */
export async function startTestController(
  wrap: { catalogue?(store: CatalogueStore): CatalogueStore; ledger?(ledger: Ledger): Ledger } = {},
  data: string | null = null,
  over: Partial<ServerParts> = {},
): Promise<TestController> {
  const clock = createManualClock(NOON_UTC_MS);
  const temp = data ?? (await mkdtemp(join(tmpdir(), 'xunbo-test-')));
  const folder = await openDataFolder(temp);
  const inner = data === null ? createMemoryCatalogue() : await openLowdbCatalogue({ folder: temp, log: silentLog });
  await fillCatalogue(inner);
  const catalogue = wrap.catalogue?.(inner) ?? inner;
  const plainLedger =
    data === null ? createMemoryLedger() : await openSqliteLedger({ file: folder.paths.ledger, log: silentLog });
  const ledger = wrap.ledger?.(plainLedger) ?? plainLedger;
  const controller = await createController({
    ...plainParts(folder.paths),
    ...{ catalogue, ledger, clock },
    shotSettings: { everyPlays: 100, keepDays: 90 },
    ...over,
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
      if (data === null) await rm(temp, { recursive: true, force: true });
    },
  };
}
