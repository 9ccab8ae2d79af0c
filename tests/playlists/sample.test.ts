/** The published sample: every file, what the notice asks for, and that every promise in it can be kept. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isTargeted } from '../../domain/catalogue/campaign.ts';
import { AS_NEW } from '../../domain/catalogue/content.ts';
import { buildProgram, campaignsOf } from '../../domain/plan/build-program.ts';
import { planDay } from '../../domain/plan/plan-day.ts';
import { FILE_SCHEMAS, kindOfFile, schemaAddress } from '../../protocol/files.ts';
import type { Content } from '../../server/content/content.ts';
import { readContentFolder } from '../../server/content/load-content.ts';
import { sha256 } from '../../server/sha256.ts';
import { byId } from '../helpers/by-id.ts';

const FOLDER = join(import.meta.dirname, '../../playlists');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

async function sample(): Promise<Content> {
  const read = await readContentFolder(FOLDER);
  if (!read.ok) throw new Error(JSON.stringify(read.error, null, 2));
  return read.value;
}

const content = await sample();
const sources = {
  units: byId(content.units),
  media: byId(content.media.map(({ facts, path, ...m }) => ({ ...m, ...facts, addedAtMs: 0, ...AS_NEW }))),
  slogans: byId(content.slogans),
  streams: new Map(),
  playlists: byId(content.playlists),
  campaigns: byId(content.campaigns),
};

describe('files', () => {
  test.each(FILES)('[F5] %s fits its schema and names it', (name) => {
    const kind = kindOfFile(name);
    if (kind === null) throw new Error(`${name} is no content file`);
    const json: unknown = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
    expect(FILE_SCHEMAS[kind].parse(json).$schema).toBe(schemaAddress(kind));
    expect(existsSync(join(FOLDER, schemaAddress(kind)))).toBe(true);
  });

  test('[F5] the sample has neither faults nor warnings', () => {
    expect(content.warnings).toEqual([]);
  });
});

describe('what it holds', () => {
  test('[F5] every name and text is Chinese with English beside it', () => {
    const named = [content.units, content.sites, content.screens, content.media, content.slogans, content.playlists];
    for (const { id, name, nameEn } of [
      ...named.flat(),
      ...content.campaigns,
      ...content.campaigns.flatMap((c) => c.flights),
    ]) {
      expect(name, id).toMatch(/\p{Script=Han}/u);
      expect(nameEn, id).toMatch(/[A-Za-z]/);
    }
    for (const { id, text, textEn } of content.slogans) {
      expect(text, id).toMatch(/\p{Script=Han}/u);
      expect(textEn, id).toMatch(/^[\x20-\x7e·]+$/);
      // The flights are shifted to another year, so no text may name a date.
      expect(text, id).not.toMatch(/\d+\s*月/);
    }
  });

  test('[F5] there are 20 to 30 screens of every venue, each with a loop, and channels without a player', () => {
    expect(content.screens.length).toBeGreaterThanOrEqual(20);
    expect(content.screens.length).toBeLessThanOrEqual(30);
    expect(new Set(content.screens.map((s) => s.venue)).size).toBe(8);
    for (const screen of content.screens) {
      expect(screen.kind, screen.id).toBe(screen.venue === 'broadcast' ? 'external' : 'player');
      if (screen.kind === 'player') expect(screen.loopId, screen.id).not.toBeNull();
    }
  });

  test('[F5] every campaign has the two flights of the notice, and each screen is meant by one of them', () => {
    for (const { id, flights } of content.campaigns) {
      expect(
        flights.map(({ from, to }) => [from, to]),
        id,
      ).toEqual([
        ['2018-07-01', '2018-10-31'],
        ['2018-11-01', '2018-12-31'],
      ]);
    }
    for (const screen of content.screens) {
      const own = content.campaigns.filter((c) => c.id !== 'demo' && isTargeted(c, screen, sources.units));
      expect(
        own.map((c) => c.id),
        screen.id,
      ).toHaveLength(1);
    }
  });

  test('[F5] every loop shows what belongs to the phase of the date, and nothing of the other', () => {
    const phaseOf = new Map(
      content.campaigns.flatMap(({ creatives }) => creatives.map(({ item, flights }) => [item, flights])),
    );
    for (const [date, phase] of [
      ['2018-10-31', 'visits'],
      ['2018-11-01', 'rental'],
    ] as const) {
      for (const { id, items } of content.playlists) {
        const shown = items.filter(({ from, to }) => (from ?? date) <= date && date <= (to ?? date));
        expect(shown, `${id} on ${date}`).not.toEqual([]);
        for (const { item } of shown) expect(phaseOf.get(item), `${item} in ${id} on ${date}`).toEqual([phase]);
      }
    }
  });

  test('[F5] outdoor screens promise a share of the time shown beside their count', () => {
    const outdoor = content.campaigns.find((c) => c.id === 'drive-outdoor');
    expect(outdoor?.commitments).toMatchObject([{ minPlays: 90, minAirtimeShare: 0.03 }]);
  });

  test('[F5] towns and broadcasting stations promise 3 plays a day on 30 days in a row', () => {
    const towns = content.campaigns.find((c) => c.id === 'drive-towns');
    expect(towns?.commitments).toMatchObject([{ minPlays: 3, minConsecutiveDays: 30 }]);
    expect(towns?.weekdays).toHaveLength(7);
  });
});

describe('what it promises', () => {
  const days = ['2018-07-02', '2018-07-07', '2018-10-31', '2018-11-01', '2018-12-30'];

  test.each(days)('[F5] every promise can be kept on every screen on %s', (date) => {
    for (const screen of content.screens) {
      const program = buildProgram(screen, campaignsOf(screen, sources, date), sources, date, sha256);
      const plan = planDay(program, date, {}, 0);
      expect(
        plan.commitments.filter((c) => c.shortBy > 0),
        screen.id,
      ).toEqual([]);
      expect(plan.feasible, screen.id).toBe(true);
    }
  });

  test.each([
    ['a working day', '2018-11-01T10:20:00+08:00'],
    ['a Sunday', '2018-11-04T15:40:00+08:00'],
    ['an evening', '2018-07-02T22:00:00+08:00'],
  ])(
    '[F5] whoever starts the demo screen on %s sees a promised play end within a minute, and everything within two',
    (_, start) => {
      const demo = content.screens.find((s) => s.id === 'demo');
      if (!demo) throw new Error('there is no demo screen');
      const date = start.slice(0, 10);
      const nowMs = Date.parse(start);
      const program = buildProgram(demo, campaignsOf(demo, sources, date), sources, date, sha256);
      const plan = planDay(program, date, {}, nowMs);
      expect(plan.feasible).toBe(true);
      const endedBy = (ms: number) => plan.slots.filter((s) => s.startMs + s.durationMs <= nowMs + ms);
      expect(endedBy(60_000).filter((s) => s.commitment !== null)).not.toEqual([]);
      const shown = new Set(endedBy(120_000).map((s) => program.manifest[s.item]?.type));
      expect([...shown].sort()).toEqual(['card', 'image', 'video']);
      expect(program.ticker).not.toEqual([]);
    },
  );
});
