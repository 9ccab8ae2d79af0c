/** A folder of content files, sound and broken in every way that a person can break it. */
import { describe, expect, test } from 'vitest';
import type { FileFault } from '../../../protocol/file-faults.ts';
import { examineContentFolder, readContentFolder } from '../../../server/content/load-content.ts';
import { mediaIdOf } from '../../../server/media/hash-file.ts';
import { CASES, withDrive, withScreen } from './broken-content.ts';
import { SOUND_FILES, screenOf, type WrittenFile, writeContentFolder } from './content-folder.ts';

const organisation = SOUND_FILES['organisation.json'];
const library = SOUND_FILES['library.json'];
const loop = SOUND_FILES['loop.playlist.json'];
const drive = SOUND_FILES['drive.campaign.json'];

async function examine(changes: Record<string, WrittenFile | null>) {
  const { folder, remove } = writeContentFolder(changes);
  try {
    return await examineContentFolder(folder);
  } finally {
    remove();
  }
}

const placesOf = (faults: readonly FileFault[]): string[] =>
  faults.map(({ file, place, value }) => `${file} ${place} ${value}`);

describe('sound content', () => {
  test('[F1] it is read with its defaults and without faults or warnings', async () => {
    const { folder, remove } = writeContentFolder();
    const read = await readContentFolder(folder);
    remove();
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(read.value.warnings).toEqual([]);
    expect(read.value.screens[0]).toMatchObject({
      kind: 'player',
      timeZone: 'Asia/Shanghai',
      tags: [],
      orientation: 'landscape',
    });
    expect(read.value.media[0]).toMatchObject({
      id: 'poster',
      nameEn: null,
      facts: { type: 'image', mime: 'image/webp' },
    });
    expect(read.value.campaigns[0]).toMatchObject({ frontLoad: 0.75, state: 'live', dayParts: [] });
  });

  test('[F4] a byte-order mark does no harm', async () => {
    const { faults } = await examine({ 'library.json': `\ufeff${JSON.stringify(library)}` });
    expect(faults).toEqual([]);
  });

  test('[F14] a media without an id is known by its content, also where a list names it so', async () => {
    const media = [{ name: '海报', unitId: 'centre', file: 'media/poster.webp' }];
    const first = await examine({
      'library.json': { ...library, media },
      'loop.playlist.json': { ...loop, items: [] },
    });
    const [poster] = first.content.media;
    if (!poster) throw new Error('no media');
    expect(poster.id).toBe(mediaIdOf(poster.facts.sha));
    expect(poster.id).toMatch(/^m-[0-9a-f]{16}$/);
    const second = await examine({
      'library.json': { ...library, media },
      'loop.playlist.json': { ...loop, items: [{ item: poster.id }] },
    });
    expect(second.faults).toEqual([]);
  });
});

describe('faults', () => {
  test.each(CASES)('[F6] %s', async (_title, changes, file, place, value, allowed) => {
    const { faults } = await examine(changes);
    expect(faults).toContainEqual({ file, place, value, allowed });
  });

  test('[F6] all faults of all files are told together, by file', async () => {
    const { faults } = await examine({
      ...withScreen({ openingHours: [], unitId: 'nobody', colour: 'red' }),
      ...withDrive({
        creatives: [{ item: 'film', weight: 0 }],
        flights: [{ id: 'one', name: '一', from: '2018-02-30', to: '2018-06-30' }],
      }),
      'loop.playlist.json': '{',
    });
    expect(faults.map((f) => `${f.file} ${f.place}`)).toEqual([
      'drive.campaign.json flights[0].from',
      'drive.campaign.json creatives[0].weight',
      'drive.campaign.json creatives[0].item',
      'loop.playlist.json 1:2',
      'organisation.json screens[0].openingHours',
      'organisation.json screens[0].colour',
      'organisation.json screens[0].unitId',
    ]);
  });

  test('[F9] no two units, sites, screens, items, playlists or campaigns have one id; two of different kinds may', async () => {
    const [unit] = organisation.units;
    const [site] = organisation.sites;
    const [poster] = library.media;
    const { faults } = await examine({
      'organisation.json': {
        units: [...organisation.units, unit],
        sites: [site, site],
        screens: [...organisation.screens, screenOf('s1')],
      },
      'library.json': {
        media: [poster, poster],
        slogans: [...library.slogans, { ...library.slogans[0], id: 'poster' }],
      },
      'other.playlist.json': loop,
      'other.campaign.json': drive,
    });
    expect(placesOf(faults).sort()).toEqual([
      'library.json media[1].id "poster"',
      'library.json slogans[2].id "poster"',
      'organisation.json screens[2].id "s1"',
      'organisation.json sites[1].id "hall"',
      'organisation.json units[2].id "centre"',
      'other.campaign.json id "drive"',
      'other.playlist.json id "loop"',
    ]);
    const apart = await examine({
      'organisation.json': {
        ...organisation,
        sites: [{ ...site, id: 'centre' }],
        screens: [{ ...screenOf('poster'), siteId: 'centre', loopId: 'centre' }],
      },
      'loop.playlist.json': { ...loop, id: 'centre' },
      'drive.campaign.json': { ...drive, id: 'centre' },
    });
    expect(apart.faults).toEqual([]);
  });

  test('[F10] every id that refers to something has to be given, in every file', async () => {
    const [film, ...slogans] = [...library.media, ...library.slogans].map((item) => ({ ...item, unitId: 'x' }));
    const { faults } = await examine({
      'organisation.json': {
        units: [organisation.units[0], { ...organisation.units[1], parentId: 'x' }],
        sites: [{ ...organisation.sites[0], unitId: 'x' }],
        screens: [{ ...screenOf('s1'), unitId: 'x', siteId: 'x', loopId: 'x' }],
      },
      'library.json': { media: [film], slogans },
      'loop.playlist.json': { ...loop, unitId: 'x', items: [{ item: 'x' }], ticker: ['x'] },
      ...withDrive({
        unitId: 'x',
        creatives: [{ item: 'x' }, { item: 'card', flights: ['one', 'two'] }],
        targets: { units: ['x'], screens: ['x'] },
      }),
      'other.campaign.json': {
        ...drive,
        id: 'other',
        flights: [{ ...drive.flights[0], id: 'two' }],
        creatives: [{ item: 'card' }],
      },
    });
    expect(placesOf(faults).sort()).toEqual([
      'drive.campaign.json creatives[0].item "x"',
      'drive.campaign.json creatives[1].flights[1] "two"',
      'drive.campaign.json targets.screens[0] "x"',
      'drive.campaign.json targets.units[0] "x"',
      'drive.campaign.json unitId "x"',
      'library.json media[0].unitId "x"',
      'library.json slogans[0].unitId "x"',
      'library.json slogans[1].unitId "x"',
      'loop.playlist.json items[0].item "x"',
      'loop.playlist.json ticker[0] "x"',
      'loop.playlist.json unitId "x"',
      'organisation.json screens[0].loopId "x"',
      'organisation.json screens[0].siteId "x"',
      'organisation.json screens[0].unitId "x"',
      'organisation.json sites[0].unitId "x"',
      'organisation.json units[1].parentId "x"',
    ]);
  });

  test('[F8] what an unreadable file would have given is not missed elsewhere', async () => {
    for (const name of ['organisation.json', 'library.json', 'loop.playlist.json']) {
      const { faults } = await examine({ [name]: '{' });
      expect(
        faults.map((f) => f.file),
        name,
      ).toEqual([name]);
    }
  });

  test('[F1] a folder that is not there is one fault', async () => {
    const read = await readContentFolder('/nowhere/at/all');
    expect(read).toEqual({
      ok: false,
      error: [{ file: '/nowhere/at/all', place: '(whole)', value: 'missing', allowed: 'a folder that can be read' }],
    });
  });
});

describe('warnings', () => {
  test('[F1] a misspelt name is not read, and said', async () => {
    const { faults, warnings } = await examine({ 'other.campain.json': drive });
    expect(faults).toEqual([]);
    expect(warnings).toMatchObject([
      { file: 'other.campain.json', place: '(whole)', value: 'a name that is not read' },
    ]);
  });

  test.each([
    [{ dayParts: [{ from: '20:00', to: '21:00' }] }, 'dayParts[0]'],
    [
      { commitments: [{ id: 'daily', minPlays: 3, dayParts: [{ from: '07:00', to: '09:00' }] }] },
      'commitments[0].dayParts[0]',
    ],
  ])('[F13] a day part outside opening hours: %j', async (change, place) => {
    const { faults, warnings } = await examine(withDrive(change));
    expect(faults).toEqual([]);
    expect(warnings).toMatchObject([{ file: 'drive.campaign.json', place }]);
    expect(warnings[0]?.allowed).toBe(
      'a span in the opening hours of s1 (mon tue wed thu fri sat sun 09:00-17:00), and of 1 more',
    );
  });

  test('[F13] a day part that is partly inside is in order, and so is one that no commitment uses', async () => {
    const own = [{ id: 'daily', minPlays: 3, dayParts: [{ from: '08:00', to: '10:00' }] }];
    const { warnings } = await examine(withDrive({ dayParts: [{ from: '20:00', to: '21:00' }], commitments: own }));
    expect(warnings).toEqual([]);
  });

  test('[F13] a campaign that means no screen', async () => {
    const { faults, warnings } = await examine(withDrive({ targets: { tags: ['nobody has it'] } }));
    expect(faults).toEqual([]);
    expect(warnings).toMatchObject([{ file: 'drive.campaign.json', place: 'targets' }]);
  });
});
