/** A real controller on the real clock in this process, with the sample content and its demo screen, for players that are processes of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { localDateAt } from '../../domain/time/zone-time.ts';
import { type Play, playSchema } from '../../protocol/http/views.ts';
import { systemClock } from '../../server/clock.ts';
import { importContent } from '../../server/content/import-content.ts';
import { readContentFolder } from '../../server/content/load-content.ts';
import { type Controller, createController } from '../../server/create-server.ts';
import { openDataFolder } from '../../server/stores/data-folder.ts';
import { createMemoryCatalogue } from '../../server/stores/memory-catalogue.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';
import { plainParts } from './plain-parts.ts';

const PLAYLISTS = fileURLToPath(new URL('../../playlists', import.meta.url));
const LOGIN = { login: 'admin', name: '管理员', password: 'correct horse' };

/** A running controller and its API as the administrator. */
export type SampleController = {
  controller: Controller;
  url: string;
  /** Reads from the API; rejects for any answer but 200. */
  get<S extends z.ZodType>(schema: S, path: string): Promise<z.output<S>>;
  /** Counted plays of yesterday to tomorrow, oldest first. */
  countedPlays(): Promise<Play[]>;
  close(): Promise<void>;
};

/** Starts it on a free port of the loopback address. */
export async function startSampleController(): Promise<SampleController> {
  const data = await mkdtemp(join(tmpdir(), 'xunbo-sample-'));
  const folder = await openDataFolder(data);
  const catalogue = createMemoryCatalogue();
  const content = await readContentFolder(PLAYLISTS);
  if (!content.ok) throw new Error('the sample content is faulty');
  const shiftTo = localDateAt(systemClock.nowMs(), 'Asia/Shanghai');
  await importContent({ content: content.value, catalogue, dataFolder: data, clock: systemClock, shiftTo });
  const controller = await createController({
    ...plainParts(folder.paths),
    ...{ catalogue, ledger: createMemoryLedger(), clock: systemClock },
    shotSettings: { everyPlays: 100, keepDays: 90 },
  });
  const url = `http://127.0.0.1:${await controller.listen('127.0.0.1', 0)}`;
  const setUp = await fetch(`${url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: controller.services.access.setupToken() ?? '', ...LOGIN }),
  });
  const cookie = (setUp.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

  const get: SampleController['get'] = async (schema, path) => {
    const answer = await fetch(url + path, { headers: { cookie } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${text}`);
    return schema.parse(JSON.parse(text));
  };
  return {
    controller,
    url,
    get,
    async countedPlays() {
      const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
      const page = z.object({ plays: z.array(playSchema) });
      const { plays } = await get(page, `/api/plays?from=${day(-1)}&to=${day(1)}&limit=1000`);
      return plays.filter((play) => play.counted);
    },
    async close() {
      await controller.close();
      folder.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}
