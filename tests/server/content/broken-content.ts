/** Content folders broken in every way that a person can break one, each with the fault it gets. */
import { SOUND_FILES, screenOf, type WrittenFile } from './content-folder.ts';

const organisation = SOUND_FILES['organisation.json'];
const library = SOUND_FILES['library.json'];
const loop = SOUND_FILES['loop.playlist.json'];
const drive = SOUND_FILES['drive.campaign.json'];

/** The sound organisation with its first screen changed. */
export const withScreen = (change: object) => ({
  'organisation.json': { ...organisation, screens: [{ ...screenOf('s1'), ...change }, screenOf('s2')] },
});
/** The sound campaign changed. */
export const withDrive = (change: object) => ({ 'drive.campaign.json': { ...drive, ...change } });

/** What is broken, under the rule it breaks; the changed files; and the fault: file, place, value, what is allowed. */
export type Case = [
  title: string,
  changes: Record<string, WrittenFile | null>,
  file: string,
  place: string,
  value: string,
  allowed: string,
];

/** Every kind of broken content. */
export const CASES: Case[] = [
  [
    '[F1] a file that has to be there and is not',
    { 'library.json': null },
    'library.json',
    '(whole)',
    'missing',
    'a file of this name',
  ],
  [
    '[F4] another encoding',
    { 'library.json': Uint8Array.of(0x7b, 0xd6, 0xd0, 0x7d) },
    'library.json',
    '(whole)',
    'bytes that are no UTF-8',
    'text saved in the encoding UTF-8',
  ],
  [
    '[F7] a comma too many',
    { 'loop.playlist.json': '{\n  "id": "loop",\n  "items": [1,]\n}' },
    'loop.playlist.json',
    '3:15',
    '"]"',
    'another entry: no comma comes after the last one',
  ],
  [
    '[F7] a missing comma',
    { 'loop.playlist.json': '{\r\n  "id": "loop"\r\n  "name": "x"\r\n}' },
    'loop.playlist.json',
    '3:3',
    '"\\"name\\": \\"x\\""',
    ', or }',
  ],
  [
    '[F7] an end too early',
    { 'loop.playlist.json': '{ "id": "loop",' },
    'loop.playlist.json',
    '1:16',
    'the end of the file',
    'a key in double quotes',
  ],
  [
    '[F9] an id given twice',
    { 'organisation.json': { ...organisation, screens: [screenOf('s1'), screenOf('s1')] } },
    'organisation.json',
    'screens[1].id',
    '"s1"',
    'an id that is not given yet (it is, at organisation.json screens[0].id)',
  ],
  [
    '[F9] a slogan with the id of a media',
    { 'library.json': { ...library, slogans: [...library.slogans, { ...library.slogans[0], id: 'poster' }] } },
    'library.json',
    'slogans[2].id',
    '"poster"',
    'an id that is not given yet (it is, at library.json media[0].id)',
  ],
  [
    '[F9] two campaigns of one id',
    { 'other.campaign.json': drive },
    'other.campaign.json',
    'id',
    '"drive"',
    'an id that is not given yet (it is, at drive.campaign.json id)',
  ],
  [
    '[F10] an unknown unit',
    withScreen({ unitId: 'nobody' }),
    'organisation.json',
    'screens[0].unitId',
    '"nobody"',
    'the id of a unit in organisation.json: centre, town',
  ],
  [
    '[F10] an unknown site',
    withScreen({ siteId: 'nowhere' }),
    'organisation.json',
    'screens[0].siteId',
    '"nowhere"',
    'the id of a site in organisation.json: hall',
  ],
  [
    '[F10] an unknown loop',
    withScreen({ loopId: 'nothing' }),
    'organisation.json',
    'screens[0].loopId',
    '"nothing"',
    'the id of a playlist in *.playlist.json: loop',
  ],
  [
    '[F10] an unknown item of a loop',
    { 'loop.playlist.json': { ...loop, items: [{ item: 'film' }] } },
    'loop.playlist.json',
    'items[0].item',
    '"film"',
    'the id of a media or slogan in library.json: poster, card, ticker',
  ],
  [
    '[F10] a card as ticker',
    { 'loop.playlist.json': { ...loop, ticker: ['card'] } },
    'loop.playlist.json',
    'ticker[0]',
    '"card"',
    'the id of a slogan of the shape ticker: ticker',
  ],
  [
    '[F10] an unknown item of a campaign',
    withDrive({ creatives: [{ item: 'film' }] }),
    'drive.campaign.json',
    'creatives[0].item',
    '"film"',
    'the id of a media or slogan in library.json: poster, card, ticker',
  ],
  [
    '[F10] an unknown flight',
    withDrive({ creatives: [{ item: 'card' }, { item: 'card', flights: ['two'] }] }),
    'drive.campaign.json',
    'creatives[1].flights[0]',
    '"two"',
    'the id of a flight of this campaign: one',
  ],
  [
    '[F10] an unknown target',
    withDrive({ targets: { screens: ['s9'] } }),
    'drive.campaign.json',
    'targets.screens[0]',
    '"s9"',
    'the id of a screen in organisation.json: s1, s2',
  ],
  [
    '[F10] a unit above itself',
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
    '[F11] a campaign that ends before it starts',
    withDrive({ flights: [{ id: 'one', name: '一', from: '2018-07-01', to: '2018-06-30' }] }),
    'drive.campaign.json',
    'flights[0].to',
    '"2018-06-30"',
    'a flight that ends on or after the day it starts',
  ],
  [
    '[F11] a day that does not exist',
    withDrive({ flights: [{ id: 'one', name: '一', from: '2018-07-01', to: '2018-09-31' }] }),
    'drive.campaign.json',
    'flights[0].to',
    '"2018-09-31"',
    'a calendar date YYYY-MM-DD',
  ],
  [
    '[F11] a flight with nothing to show',
    withDrive({ flights: [...drive.flights, { id: 'two', name: '二', from: '2018-11-01', to: '2018-12-31' }] }),
    'drive.campaign.json',
    'flights[1].id',
    '"two"',
    'a flight that at least one creative belongs to',
  ],
  [
    '[F12] no opening hours',
    withScreen({ openingHours: [] }),
    'organisation.json',
    'screens[0].openingHours',
    '[]',
    'at least one span of opening hours',
  ],
  [
    '[F12] empty opening hours',
    withScreen({ openingHours: [{ days: ['mon'], from: '09:00', to: '09:00' }] }),
    'organisation.json',
    'screens[0].openingHours[0]',
    '{"days":["mon"],"from":"09:00","to":"09:00"}',
    'opening hours that end after they start (past midnight: write 25:30)',
  ],
  [
    '[F12] an unknown zone',
    withScreen({ timeZone: 'Asia/Nowhere' }),
    'organisation.json',
    'screens[0].timeZone',
    '"Asia/Nowhere"',
    'an IANA time zone such as Asia/Shanghai',
  ],
  [
    '[F22] a loop item whose last day lies before its first',
    { 'loop.playlist.json': { ...loop, items: [{ item: 'card', from: '2018-07-02', to: '2018-07-01' }] } },
    'loop.playlist.json',
    'items[0].to',
    '"2018-07-01"',
    'a last day on or after the first',
  ],
  [
    '[F14] a media outside the folder',
    { 'library.json': { ...library, media: [{ ...library.media[0], file: '../secret.png' }] } },
    'library.json',
    'media[0].file',
    '"../secret.png"',
    'a path inside the folder of the file, such as media/film.mp4',
  ],
  [
    '[F15] a media that is not there',
    { 'library.json': { ...library, media: [{ ...library.media[0], file: 'media/gone.mp4' }] } },
    'library.json',
    'media[0].file',
    '"media/gone.mp4"',
    'a media file that is in the folder',
  ],
  [
    '[F15] a media of another type',
    { 'media/poster.webp': 'GIF89a and so on' },
    'library.json',
    'media[0].file',
    '"media/poster.webp": a GIF image',
    'a whole file of MP4, WebM, PNG, JPEG, WebP',
  ],
];
