/** The published schemas of content files, and the words of faults. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { placeOf, schemaFaults, shownValue } from '../../protocol/file-faults.ts';
import { publishedSchema, publishedSchemaText } from '../../protocol/file-json-schema.ts';
import { campaignFileSchema, FILE_KINDS, kindOfFile, mediaPathSchema } from '../../protocol/files.ts';

const SCHEMAS = join(import.meta.dirname, '../../playlists/schema');

/** Every schema of a key, however deep, with its path. */
function keysOf(schema: unknown, at = ''): { at: string; schema: object }[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const properties: unknown = Reflect.get(schema, 'properties');
  const own = Object.entries(typeof properties === 'object' && properties !== null ? properties : {}).flatMap(
    ([key, value]) =>
      typeof value === 'object' && value !== null
        ? [{ at: `${at}.${key}`, schema: value }, ...keysOf(value, `${at}.${key}`)]
        : [],
  );
  return [...own, ...keysOf(Reflect.get(schema, 'items'), at)];
}

describe('published schemas', () => {
  test.each(FILE_KINDS)('[F2] the published schema of a file of the kind %s is what the script writes', (kind) => {
    expect(readFileSync(join(SCHEMAS, `${kind}.schema.json`), 'utf8')).toBe(publishedSchemaText(kind));
  });

  test('[F2] there is no other published schema', () => {
    expect(readdirSync(SCHEMAS).sort()).toEqual(FILE_KINDS.map((kind) => `${kind}.schema.json`).sort());
  });

  test.each(FILE_KINDS)('[F2] every key of a file of the kind %s is described', (kind) => {
    const keys = keysOf(publishedSchema(kind));
    expect(keys.length).toBeGreaterThan(5);
    for (const { at, schema } of keys) expect(Reflect.get(schema, 'description'), at).toMatch(/\.$/);
  });

  test('[F2] keys that have a default may be left out, and dates say what they are', () => {
    const text = publishedSchemaText('campaign');
    expect(publishedSchema('campaign').required).toEqual([
      'id',
      'name',
      'unitId',
      'flights',
      'creatives',
      'targets',
      'commitments',
    ]);
    expect(text.match(/"format": "date"/g)).toHaveLength(3);
    expect(publishedSchemaText('playlist').match(/"format": "date"/g)).toHaveLength(2);
  });
});

describe('names and paths', () => {
  test('[F1] the kind of a file is known by its name', () => {
    expect(kindOfFile('organisation.json')).toBe('organisation');
    expect(kindOfFile('library.json')).toBe('library');
    expect(kindOfFile('a.playlist.json')).toBe('playlist');
    expect(kindOfFile('a.b.campaign.json')).toBe('campaign');
    for (const name of ['.campaign.json', 'campaign.json', 'my-library.json', 'a.campaign.json.bak']) {
      expect(kindOfFile(name), name).toBeNull();
    }
  });

  test('[F14] a media path stays inside the folder', () => {
    for (const path of ['a.mp4', 'media/短片.mp4', 'a/b/c.png', '..a/b..mp4', '.hidden.png']) {
      expect(mediaPathSchema.safeParse(path).success, path).toBe(true);
    }
    for (const path of ['', '/etc/passwd', '../a.mp4', 'a/../../b', 'a/..', './a', 'a//b', 'a\\b', 'C:/a.mp4']) {
      expect(mediaPathSchema.safeParse(path).success, path).toBe(false);
    }
  });
});

describe('words of faults', () => {
  function faultsOf(json: unknown) {
    const parsed = campaignFileSchema.safeParse(json);
    return parsed.success ? [] : schemaFaults('a.campaign.json', parsed.error, json);
  }
  const campaign = {
    id: 'a',
    name: '甲',
    unitId: 'u',
    flights: [{ id: 'f', name: '一', from: '2018-07-01', to: '2018-10-31' }],
    creatives: [{ item: 'film' }],
    targets: {},
    commitments: [{ id: 'c', minPlays: 3 }],
  };

  test('[F6] a sound campaign has no faults', () => {
    expect(faultsOf(campaign)).toEqual([]);
  });

  test.each([
    [{ name: undefined }, 'name', 'missing', 'a string'],
    [{ name: '' }, 'name', '""', 'a name of 1 to 200 characters'],
    [{ state: 'on' }, 'state', '"on"', 'one of draft, live, ended'],
    [{ minPlay: 3 }, 'minPlay', '3', 'no key of this name'],
    [{ creatives: 'film' }, 'creatives', '"film"', 'a list'],
    [{ commitments: [{ id: 'c', minPlays: 2.5 }] }, 'commitments[0].minPlays', '2.5', 'a whole number'],
    [
      { commitments: [{ id: 'c', minPlays: -1 }] },
      'commitments[0].minPlays',
      '-1',
      'a whole number of plays from 0 to 10000',
    ],
    [{ commitments: [{ id: 'c', minPlays: 1, maxGapMin: 0 }] }, 'commitments[0].maxGapMin', '0', 'at least 1'],
    [{ weekdays: ['mon', 'day'] }, 'weekdays[1]', '"day"', 'one of mon, tue, wed, thu, fri, sat, sun'],
    [
      { $schema: './schema/playlist.schema.json' },
      '$schema',
      '"./schema/playlist.schema.json"',
      'the address of its schema, such as ./schema/campaign.schema.json',
    ],
  ])('[F3] [F6] %j', (change, place, value, allowed) => {
    expect(faultsOf({ ...campaign, ...change })).toContainEqual({ file: 'a.campaign.json', place, value, allowed });
  });

  test('[F6] the whole of a file is a place too, and long values are cut', () => {
    expect(placeOf([])).toBe('(whole)');
    expect(placeOf(['screens', 2, 'openingHours', 0, 'from'])).toBe('screens[2].openingHours[0].from');
    expect(shownValue('x'.repeat(500))).toHaveLength(120);
    expect(faultsOf([])).toEqual([{ file: 'a.campaign.json', place: '(whole)', value: '[]', allowed: 'an object' }]);
  });
});
