/** Content brought into a data folder and a catalogue. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Content } from '../../../server/content/content.ts';
import { importContent, isCatalogueEmpty } from '../../../server/content/import-content.ts';
import { readContentFolder } from '../../../server/content/load-content.ts';
import type { CatalogueStore } from '../../../server/stores/catalogue-store.ts';
import { createMemoryCatalogue } from '../../../server/stores/memory-catalogue.ts';
import { SAMPLE_MEDIA, writeContentFolder } from './content-folder.ts';

const clock = { nowMs: () => 1_800_000_000_000 };
const sampleFolder = join(SAMPLE_MEDIA, '..');
let dataFolder = '';

afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

function newDataFolder(): string {
  dataFolder = mkdtempSync(join(tmpdir(), 'xunbo-import-'));
  return dataFolder;
}

async function contentOf(folder: string): Promise<Content> {
  const read = await readContentFolder(folder);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

describe('the sample', () => {
  test('[F19] everything of it comes into an empty catalogue, in one step, with media and stills', async () => {
    const content = await contentOf(sampleFolder);
    const catalogue = createMemoryCatalogue();
    expect(isCatalogueEmpty(catalogue.snapshot())).toBe(true);
    const steps: number[] = [];
    catalogue.subscribe((changes) => steps.push(changes.length));
    const summary = await importContent({ content, catalogue, dataFolder: newDataFolder(), clock });
    expect(steps).toEqual([summary.added]);
    const snapshot = catalogue.snapshot();
    expect(isCatalogueEmpty(snapshot)).toBe(false);
    for (const name of ['units', 'sites', 'screens', 'media', 'slogans', 'playlists', 'campaigns'] as const) {
      expect([...snapshot[name].keys()].sort(), name).toEqual(content[name].map((e) => e.id).sort());
    }
    for (const { sha, bytes } of snapshot.media.values()) {
      const stored = readFileSync(join(dataFolder, 'media', sha));
      expect([createHash('sha256').update(stored).digest('hex'), stored.length]).toEqual([sha, bytes]);
      expect(existsSync(join(dataFolder, 'stills', `${sha}.webp`))).toBe(true);
    }
    expect(readdirSync(join(dataFolder, 'media'))).toHaveLength(content.media.length);
    expect(snapshot.media.get('film-home-visit')).toMatchObject({ durationMs: 15_000, addedAtMs: clock.nowMs() });
    expect(snapshot.screens.get('demo')).toMatchObject({
      name: '演示屏',
      nameEn: 'Demo screen',
      loopId: 'loop-window',
    });
  });

  test.each(['2024-02-29', '2026-05-01', '2026-10-31', '2026-11-23', '2031-01-01'])(
    '[F20] shifted to %s, every campaign has exactly one flight that is live',
    async (shiftTo) => {
      const catalogue = createMemoryCatalogue();
      await importContent({
        content: await contentOf(sampleFolder),
        catalogue,
        dataFolder: newDataFolder(),
        clock,
        shiftTo,
      });
      for (const { id, flights } of catalogue.snapshot().campaigns.values()) {
        expect(
          flights.filter(({ from, to }) => from <= shiftTo && shiftTo <= to),
          id,
        ).toHaveLength(1);
      }
    },
  );

  test.each(['2026-05-01', '2026-10-31', '2026-11-23'])(
    '[F20] shifted to %s, loops change on the day on which the flights do',
    async (shiftTo) => {
      const catalogue = createMemoryCatalogue();
      const content = await contentOf(sampleFolder);
      await importContent({ content, catalogue, dataFolder: newDataFolder(), clock, shiftTo });
      const { campaigns, playlists } = catalogue.snapshot();
      const [first, second] = campaigns.get('drive-windows')?.flights ?? [];
      const items = [...playlists.values()].flatMap((playlist) => playlist.items);
      expect(new Set(items.map(({ to }) => to))).toEqual(new Set([first?.to, null]));
      expect(new Set(items.map(({ from }) => from))).toEqual(new Set([second?.from, null]));
    },
  );
});

describe('again and after trouble', () => {
  test('[F19] made again it changes nothing, and what people changed stays', async () => {
    const { folder, remove } = writeContentFolder();
    const content = await contentOf(folder);
    const catalogue = createMemoryCatalogue();
    const request = { content, catalogue, dataFolder: newDataFolder(), clock };
    const { added } = await importContent(request);
    const [unit] = content.units;
    if (!unit) throw new Error('no unit');
    await catalogue.apply([
      { op: 'put', collection: 'units', entity: { ...unit, name: '新名' } },
      { op: 'remove', collection: 'screens', id: 's2' },
    ]);
    const before = catalogue.snapshot();
    expect(await importContent({ ...request, clock: { nowMs: () => 5 } })).toEqual({ added: 1, kept: added - 1 });
    expect(catalogue.snapshot().units).toBe(before.units);
    expect(catalogue.snapshot().media).toBe(before.media);
    expect(catalogue.snapshot().screens.has('s2')).toBe(true);
    expect(await importContent(request)).toEqual({ added: 0, kept: added });
    remove();
  });

  test('[F19] a media file that was changed since it was read is refused, leaving nothing behind', async () => {
    const { folder, remove } = writeContentFolder();
    const content = await contentOf(folder);
    cpSync(join(SAMPLE_MEDIA, 'poster-home-visit-portrait.png'), join(folder, 'media/poster.webp'));
    const catalogue = createMemoryCatalogue();
    await expect(importContent({ content, catalogue, dataFolder: newDataFolder(), clock })).rejects.toThrow(
      'was changed',
    );
    expect(isCatalogueEmpty(catalogue.snapshot())).toBe(true);
    expect(readdirSync(join(dataFolder, 'media'))).toEqual([]);
    remove();
  });

  test('[F19] where the catalogue cannot be written it rejects, and the next import finds the media in place', async () => {
    const { folder, remove } = writeContentFolder();
    const content = await contentOf(folder);
    const catalogue = createMemoryCatalogue();
    const full: CatalogueStore = { ...catalogue, apply: () => Promise.reject(new Error('disk full')) };
    const request = { content, dataFolder: newDataFolder(), clock };
    await expect(importContent({ ...request, catalogue: full })).rejects.toThrow('disk full');
    expect(isCatalogueEmpty(catalogue.snapshot())).toBe(true);
    rmSync(join(folder, 'media'), { recursive: true });
    expect(await importContent({ ...request, catalogue })).toMatchObject({ kept: 0 });
    remove();
  });

  test('[F19] a stored media of the wrong length is written anew', async () => {
    const { folder, remove } = writeContentFolder();
    const content = await contentOf(folder);
    const request = { content, catalogue: createMemoryCatalogue(), dataFolder: newDataFolder(), clock };
    await importContent(request);
    const [poster] = content.media;
    if (!poster) throw new Error('no media');
    const stored = join(dataFolder, 'media', poster.facts.sha);
    writeFileSync(stored, 'half');
    await importContent(request);
    expect(readFileSync(stored)).toHaveLength(poster.facts.bytes);
    remove();
  });
});
