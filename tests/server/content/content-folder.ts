/** A small sound content folder in a temporary place, to be broken by tests. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The real media of the sample. */
export const SAMPLE_MEDIA = join(import.meta.dirname, '../../../playlists/media');

const daily = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A screen that is on from 09:00 to 17:00. */
export const screenOf = (id: string) => ({
  id,
  name: '屏',
  unitId: 'centre',
  siteId: 'hall',
  venue: 'service-window',
  openingHours: [{ days: daily, from: '09:00', to: '17:00' }],
  loopId: 'loop',
});

/** Each file of a sound folder. */
export const SOUND_FILES = {
  'organisation.json': {
    units: [
      { id: 'centre', name: '中心' },
      { id: 'town', name: '镇', parentId: 'centre' },
    ],
    sites: [{ id: 'hall', name: '大厅', unitId: 'town' }],
    screens: [screenOf('s1'), screenOf('s2')],
  },
  'library.json': {
    media: [{ id: 'poster', name: '海报', unitId: 'centre', file: 'media/poster.webp' }],
    slogans: [
      { id: 'card', name: '标语', unitId: 'centre', text: '安全', shape: 'card', durationMs: 5000 },
      { id: 'ticker', name: '字幕', unitId: 'centre', text: '安全', shape: 'ticker', durationMs: 5000 },
    ],
  },
  'loop.playlist.json': {
    id: 'loop',
    name: '循环',
    unitId: 'centre',
    items: [{ item: 'poster' }, { item: 'card' }],
    ticker: ['ticker'],
  },
  'drive.campaign.json': {
    id: 'drive',
    name: '宣传',
    unitId: 'centre',
    flights: [{ id: 'one', name: '一', from: '2018-07-01', to: '2018-10-31' }],
    creatives: [{ item: 'card', flights: ['one'] }],
    targets: { venues: ['service-window'] },
    commitments: [{ id: 'daily', minPlays: 3 }],
  },
} as const;

/** A file of the folder: JSON to be written, or text as it is. */
export type WrittenFile = object | string | Uint8Array;

/** Writes the sound folder with `changes` over it (null: the file is left out); the caller removes it by `remove`. */
export function writeContentFolder(changes: Record<string, WrittenFile | null> = {}): {
  folder: string;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'xunbo-content-'));
  mkdirSync(join(folder, 'media'));
  cpSync(join(SAMPLE_MEDIA, 'poster-book-visit-landscape.webp'), join(folder, 'media/poster.webp'));
  const files: Record<string, WrittenFile | null> = { ...SOUND_FILES, ...changes };
  for (const [name, content] of Object.entries(files)) {
    if (content === null) continue;
    const isText = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(join(folder, name), isText ? content : JSON.stringify(content, null, 2));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
