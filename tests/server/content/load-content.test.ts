/** A folder of content files, sound and broken in every way that a person can break it. */
import { describe, expect, test } from 'vitest';
import { examineContentFolder, readContentFolder } from '../../../server/content/load-content.ts';
import { mediaIdOf } from '../../../server/media/hash-file.ts';
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

const withScreen = (change: object) => ({
  'organisation.json': { ...organisation, screens: [{ ...screenOf('s1'), ...change }, screenOf('s2')] },
});
const withDrive = (change: object) => ({ 'drive.campaign.json': { ...drive, ...change } });

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

type Case = [
  rule: string,
  what: string,
  changes: Record<string, WrittenFile | null>,
  file: string,
  place: string,
  value: string,
  allowed: string,
];

const CASES: Case[] = [
  [
    'F1',
    'a file that has to be there and is not',
    { 'library.json': null },
    'library.json',
    '(whole)',
    'missing',
    'a file of this name',
  ],
  [
    'F4',
    'another encoding',
    { 'library.json': Uint8Array.of(0x7b, 0xd6, 0xd0, 0x7d) },
    'library.json',
    '(whole)',
    'bytes that are no UTF-8',
    'text saved in the encoding UTF-8',
  ],
  [
    'F7',
    'a comma too many',
    { 'loop.playlist.json': '{\n  "id": "loop",\n  "items": [1,]\n}' },
    'loop.playlist.json',
    '3:15',
    '"]"',
    'another entry: no comma comes after the last one',
  ],
  [
    'F7',
    'a missing comma',
    { 'loop.playlist.json': '{\r\n  "id": "loop"\r\n  "name": "x"\r\n}' },
    'loop.playlist.json',
    '3:3',
    '"\\"name\\": \\"x\\""',
    ', or }',
  ],
  [
    'F7',
    'an end too early',
    { 'loop.playlist.json': '{ "id": "loop",' },
    'loop.playlist.json',
    '1:16',
    'the end of the file',
    'a key in double quotes',
  ],
  [
    'F9',
    'an id given twice',
    { 'organisation.json': { ...organisation, screens: [screenOf('s1'), screenOf('s1')] } },
    'organisation.json',
    'screens[1].id',
    '"s1"',
    'an id that is not given yet (it is, at organisation.json screens[0].id)',
  ],
  [
    'F9',
    'a slogan with the id of a media',
    { 'library.json': { ...library, slogans: [...library.slogans, { ...library.slogans[0], id: 'poster' }] } },
    'library.json',
    'slogans[2].id',
    '"poster"',
    'an id that is not given yet (it is, at library.json media[0].id)',
  ],
  [
    'F9',
    'two campaigns of one id',
    { 'other.campaign.json': drive },
    'other.campaign.json',
    'id',
    '"drive"',
    'an id that is not given yet (it is, at drive.campaign.json id)',
  ],
  [
    'F10',
    'an unknown unit',
    withScreen({ unitId: 'nobody' }),
    'organisation.json',
    'screens[0].unitId',
    '"nobody"',
    'the id of a unit in organisation.json: centre, town',
  ],
  [
    'F10',
    'an unknown site',
    withScreen({ siteId: 'nowhere' }),
    'organisation.json',
    'screens[0].siteId',
    '"nowhere"',
    'the id of a site in organisation.json: hall',
  ],
  [
    'F10',
    'an unknown loop',
    withScreen({ loopId: 'nothing' }),
    'organisation.json',
    'screens[0].loopId',
    '"nothing"',
    'the id of a playlist in *.playlist.json: loop',
  ],
  [
    'F10',
    'an unknown item of a loop',
    { 'loop.playlist.json': { ...loop, items: [{ item: 'film' }] } },
    'loop.playlist.json',
    'items[0].item',
    '"film"',
    'the id of a media or slogan in library.json: poster, card, ticker',
  ],
  [
    'F10',
    'a card as ticker',
    { 'loop.playlist.json': { ...loop, ticker: ['card'] } },
    'loop.playlist.json',
    'ticker[0]',
    '"card"',
    'the id of a slogan of the shape ticker: ticker',
  ],
  [
    'F10',
    'an unknown item of a campaign',
    withDrive({ creatives: [{ item: 'film' }] }),
    'drive.campaign.json',
    'creatives[0].item',
    '"film"',
    'the id of a media or slogan in library.json: poster, card, ticker',
  ],
  [
    'F10',
    'an unknown flight',
    withDrive({ creatives: [{ item: 'card' }, { item: 'card', flights: ['two'] }] }),
    'drive.campaign.json',
    'creatives[1].flights[0]',
    '"two"',
    'the id of a flight of this campaign: one',
  ],
  [
    'F10',
    'an unknown target',
    withDrive({ targets: { screens: ['s9'] } }),
    'drive.campaign.json',
    'targets.screens[0]',
    '"s9"',
    'the id of a screen in organisation.json: s1, s2',
  ],
  [
    'F10',
    'a unit above itself',
    {
      'organisation.json': {
        ...organisation,
        units: [{ id: 'centre', name: '中心', parentId: 'town' }, organisation.units[1]],
      },
    },
    'organisation.json',
    'units[0].parentId',
    '"town"',
    'a unit that is neither this one nor below it',
  ],
  [
    'F11',
    'a campaign that ends before it starts',
    withDrive({ flights: [{ id: 'one', name: '一', from: '2018-07-01', to: '2018-06-30' }] }),
    'drive.campaign.json',
    'flights[0].to',
    '"2018-06-30"',
    'a flight that ends on or after the day it starts',
  ],
  [
    'F11',
    'a day that does not exist',
    withDrive({ flights: [{ id: 'one', name: '一', from: '2018-07-01', to: '2018-09-31' }] }),
    'drive.campaign.json',
    'flights[0].to',
    '"2018-09-31"',
    'a calendar date YYYY-MM-DD',
  ],
  [
    'F11',
    'a flight with nothing to show',
    withDrive({ flights: [...drive.flights, { id: 'two', name: '二', from: '2018-11-01', to: '2018-12-31' }] }),
    'drive.campaign.json',
    'flights[1].id',
    '"two"',
    'a flight that at least one creative belongs to',
  ],
  [
    'F12',
    'no opening hours',
    withScreen({ openingHours: [] }),
    'organisation.json',
    'screens[0].openingHours',
    '[]',
    'at least one span of opening hours',
  ],
  [
    'F12',
    'empty opening hours',
    withScreen({ openingHours: [{ days: ['mon'], from: '09:00', to: '09:00' }] }),
    'organisation.json',
    'screens[0].openingHours[0]',
    '{"days":["mon"],"from":"09:00","to":"09:00"}',
    'opening hours that end after they start (past midnight: write 25:30)',
  ],
  [
    'F12',
    'an unknown zone',
    withScreen({ timeZone: 'Asia/Nowhere' }),
    'organisation.json',
    'screens[0].timeZone',
    '"Asia/Nowhere"',
    'an IANA time zone such as Asia/Shanghai',
  ],
  [
    'F14',
    'a media outside the folder',
    { 'library.json': { ...library, media: [{ ...library.media[0], file: '../secret.png' }] } },
    'library.json',
    'media[0].file',
    '"../secret.png"',
    'a path inside the folder of the file, such as media/film.mp4',
  ],
  [
    'F15',
    'a media that is not there',
    { 'library.json': { ...library, media: [{ ...library.media[0], file: 'media/gone.mp4' }] } },
    'library.json',
    'media[0].file',
    '"media/gone.mp4"',
    'a media file that is in the folder',
  ],
  [
    'F15',
    'a media of another type',
    { 'media/poster.webp': 'GIF89a and so on' },
    'library.json',
    'media[0].file',
    '"media/poster.webp": a GIF image',
    'a whole file of MP4, WebM, PNG, JPEG, WebP',
  ],
];

describe('faults', () => {
  test.each(CASES)('[%s] [F6] %s', async (_rule, _what, changes, file, place, value, allowed) => {
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
