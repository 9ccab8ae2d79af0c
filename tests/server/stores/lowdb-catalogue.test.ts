/** The embedded catalogue passes the contract, and keeps what only a file can keep. */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DATA_VERSION } from '../../../protocol/version.ts';
import { openLowdbCatalogue } from '../../../server/stores/lowdb-catalogue.ts';
import { type StoreLog, silentLog } from '../../../server/stores/store-log.ts';
import { catalogueContract } from '../../contracts/catalogue-contract.ts';
import { PUT_ALL, putUnit } from '../../helpers/sample-entities.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

catalogueContract('embedded catalogue', async () => openLowdbCatalogue({ folder: await tempFolder(), log: silentLog }));

/** A log whose warnings can be read. */
function openLog(): { log: StoreLog; warnings: string[] } {
  const warnings: string[] = [];
  return { warnings, log: { info: () => {}, warn: (_, message) => warnings.push(message) } };
}

/** A folder whose catalogue has seen units u1, u2, … one change each. */
async function folderWith(...units: string[]): Promise<{ folder: string; file: string }> {
  const folder = await tempFolder();
  const store = await openLowdbCatalogue({ folder, log: silentLog });
  for (const unit of units) await store.apply([putUnit(unit)]);
  await store.close();
  return { folder, file: join(folder, 'catalogue.json') };
}

async function unitsOf(folder: string, log = silentLog): Promise<string[]> {
  const store = await openLowdbCatalogue({ folder, log });
  await store.close();
  return [...store.snapshot().units.keys()];
}

/** Puts text of the test's own into the file. */
async function rewrite(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')));
}

describe('embedded catalogue: file', () => {
  test('[S1] every collection is there after the catalogue is opened again, and readable by its owner only', async () => {
    const folder = await tempFolder();
    const store = await openLowdbCatalogue({ folder, log: silentLog });
    await store.apply(PUT_ALL);
    await store.close();
    const again = await openLowdbCatalogue({ folder, log: silentLog });
    expect(again.snapshot()).toEqual(store.snapshot());
    expect((await stat(join(folder, 'catalogue.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['catalogue.json']);
  });

  test('[S1] what apply has resolved is in the file at that moment', async () => {
    const folder = await tempFolder();
    const store = await openLowdbCatalogue({ folder, log: silentLog });
    for (const unit of ['u1', 'u2', 'u3']) {
      await store.apply([putUnit(unit)]);
      expect(await readFile(join(folder, 'catalogue.json'), 'utf8')).toContain(`{"id":"${unit}"`);
    }
    await store.close();
  });

  test.each([
    ['torn', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['full of zeros', (text: string) => '\0'.repeat(text.length)],
  ])(
    '[S6] a newest generation that is %s is passed over for the one before, with a line in the log',
    async (_, damage) => {
      const { folder, file } = await folderWith('u1', 'u2', 'u3');
      await rewrite(file, damage);
      const { log, warnings } = openLog();
      expect(await unitsOf(folder, log)).toEqual(['u1', 'u2']);
      expect(warnings).toEqual([`${file} is damaged: going on with the last good generation`]);
    },
  );

  test('[S6] a missing newest generation is passed over for the one before', async () => {
    const { folder, file } = await folderWith('u1', 'u2');
    await rm(file);
    const { log, warnings } = openLog();
    expect(await unitsOf(folder, log)).toEqual(['u1']);
    expect(warnings).toHaveLength(1);
  });

  test('[S6] a damaged generation never pushes out the last good one; it is kept for whoever wants to look', async () => {
    const { folder, file } = await folderWith('u1', 'u2');
    await rewrite(file, () => 'torn');
    const store = await openLowdbCatalogue({ folder, log: silentLog });
    await store.apply([putUnit('u4')]);
    await store.close();
    expect(await unitsOf(folder)).toEqual(['u1', 'u4']);
    expect(await readFile(`${file}.damaged`, 'utf8')).toBe('torn');
    await rewrite(file, () => 'torn again');
    expect(await unitsOf(folder)).toEqual(['u1']);
  });

  test('[S6] two damaged generations are refused by name', async () => {
    const { folder, file } = await folderWith('u1', 'u2');
    for (const path of [file, `${file}.previous`]) await rewrite(path, () => '{');
    const opening = unitsOf(folder);
    await expect(opening).rejects.toMatchObject({ kind: 'damaged', message: expect.stringContaining(file) });
  });

  test('[S7] a readable file with faults is refused by file, place, value and what is allowed', async () => {
    const { folder, file } = await folderWith('u1', 'u2');
    await rewrite(file, (text) => text.replace('"id":"u2","name":"单位"', '"id":"u1","name":7'));
    await expect(unitsOf(folder)).rejects.toMatchObject({
      kind: 'faulty',
      message: expect.stringContaining(file),
      faults: [{ place: 'units.1.name', value: '7', allowed: expect.stringContaining('string') }],
    });
    await rewrite(file, (text) => text.replace('"name":7', '"name":"x"').replace('"sites":[],\n', ''));
    await expect(unitsOf(folder)).rejects.toMatchObject({ faults: [{ place: 'sites', value: 'missing' }] });
    await rewrite(file, (text) => text.replace('"media"', '"sites":[],\n"media"'));
    await expect(unitsOf(folder)).rejects.toMatchObject({
      faults: [{ place: 'units.1.id', value: '"u1"', allowed: 'an id not used before' }],
    });
  });

  test('[S7] a file written before there were takeovers and live sources has none of them', async () => {
    const { folder, file } = await folderWith('u1');
    await rewrite(file, (text) => text.replace(/,\n"(takeovers|streams)":\[\]/g, ''));
    expect(await readFile(file, 'utf8')).not.toMatch(/takeovers|streams/);
    const store = await openLowdbCatalogue({ folder, log: silentLog });
    const { units, takeovers, streams } = store.snapshot();
    expect([units.size, takeovers.size, streams.size]).toEqual([1, 0, 0]);
    await store.close();
  });

  test('[S8] a file of a newer version is refused by name and left alone', async () => {
    const { folder, file } = await folderWith('u1', 'u2');
    const newer = DATA_VERSION + 1;
    await rewrite(file, (text) => text.replace(`"version":${DATA_VERSION}`, `"version":${newer},"galleries":[]`));
    const text = await readFile(file, 'utf8');
    const opening = unitsOf(folder);
    await expect(opening).rejects.toMatchObject({ kind: 'newer-version' });
    await expect(opening).rejects.toThrow(
      `${file} was written by a newer version of Xunbo: data version ${newer} found, up to ${DATA_VERSION} allowed`,
    );
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test('[S2] a write that fails changes nothing and rejects; the next one succeeds', async () => {
    const { folder, file } = await folderWith('u1');
    const store = await openLowdbCatalogue({ folder, log: silentLog });
    const before = store.snapshot();
    const heard: number[] = [];
    store.subscribe((changes) => heard.push(changes.length));
    await mkdir(`${file}.tmp`);
    await writeFile(join(`${file}.tmp`, 'in the way'), '');
    const settled = await Promise.allSettled([store.apply([putUnit('u2')]), store.apply([putUnit('u3')])]);
    expect(settled.map((s) => s.status)).toEqual(['rejected', 'rejected']);
    expect(settled[0]).toMatchObject({ reason: { kind: 'disk-failed', message: expect.stringContaining(file) } });
    expect(store.snapshot()).toBe(before);
    expect(heard).toEqual([]);
    expect(await unitsOf(folder)).toEqual(['u1']);
    await rm(`${file}.tmp`, { recursive: true });
    await store.apply([putUnit('u4')]);
    expect(await unitsOf(folder)).toEqual(['u1', 'u4']);
    await store.close();
  });
});
