/** One well-formed entity of every collection, for the stores' tests. */
import type { LoopPlacement } from '../../domain/catalogue/content.ts';
import type { CatalogueChange, CatalogueEntities } from '../../server/stores/catalogue-store.ts';
import { shaOf } from './chain-builder.ts';

const named = { name: '名称', nameEn: 'Name' };

/** The sample film in a loop, always. */
export const PLACEMENT: LoopPlacement = {
  item: 'media-1',
  durationMs: null,
  from: null,
  to: null,
  weekdays: [],
  dayParts: [],
  separation: null,
};

/** One of each. */
export const SAMPLE: CatalogueEntities = {
  units: { id: 'unit-1', ...named, parentId: null },
  users: {
    id: 'user-1',
    unitId: 'unit-1',
    login: 'li.na',
    name: '李娜',
    role: 'admin',
    passwordHash: '$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$aGFzaGhhc2hoYXNo',
  },
  sessions: { id: shaOf('session'), userId: 'user-1', expiresAtMs: 1_782_856_800_000 },
  sites: { id: 'site-1', ...named, unitId: 'unit-1' },
  media: {
    id: 'media-1',
    ...named,
    unitId: 'unit-1',
    type: 'video',
    sha: shaOf('film'),
    bytes: 4,
    mime: 'video/mp4',
    codec: 'avc1',
    width: 1280,
    height: 720,
    durationMs: 15_000,
    addedAtMs: 1,
    fit: 'contain',
    pan: false,
    withdrawnAtMs: null,
  },
  slogans: {
    id: 'slogan-1',
    ...named,
    unitId: 'unit-1',
    text: '入户听民声，服务暖民心',
    textEn: null,
    shape: 'card',
    theme: 'red',
    durationMs: 8000,
    withdrawnAtMs: null,
  },
  streams: { id: 'live-1', ...named, unitId: 'unit-1', url: 'https://live.example.net/town/index.m3u8' },
  playlists: {
    id: 'list-1',
    ...named,
    unitId: 'unit-1',
    items: [PLACEMENT],
    ticker: [],
  },
  screens: {
    id: 'screen-1',
    ...named,
    kind: 'player',
    unitId: 'unit-1',
    siteId: 'site-1',
    venue: 'bus-stop',
    tags: ['north'],
    timeZone: 'Asia/Shanghai',
    openingHours: [{ days: ['mon'], from: '06:00', to: '23:00' }],
    orientation: 'landscape',
    rotation: 0,
    sound: null,
    syncGroup: null,
    loopId: 'list-1',
  },
  takeovers: {
    id: 'takeover-1',
    unitId: 'town',
    text: '请立即疏散',
    textEn: null,
    theme: 'red',
    targets: { units: ['town'], venues: [], tags: [], screens: [] },
    startedAtMs: 1,
    endsAtMs: 60_001,
    endedAtMs: 2,
    by: { userId: 'user-1', name: '管理员' },
    endedBy: { userId: 'user-1', name: '管理员' },
  },
  devices: {
    id: shaOf('device'),
    publicKey: Buffer.alloc(32, 7).toString('base64'),
    screenId: 'screen-1',
    assurance: 'C',
    enrolledAtMs: 5,
    retiredAtMs: null,
  },
  campaigns: {
    id: 'campaign-1',
    ...named,
    unitId: 'unit-1',
    state: 'live',
    flights: [{ id: 'f1', ...named, from: '2026-07-01', to: '2026-10-31', extendedTo: null }],
    weekdays: ['mon', 'tue'],
    dayParts: [],
    creatives: [{ item: 'media-1', durationMs: null, weight: 1, flights: [] }],
    targets: { units: ['unit-1'], venues: [], tags: [], screens: [] },
    commitments: [
      {
        id: 'c1',
        minPlays: 3,
        scope: 'screen',
        minShare: null,
        minAirtimeShare: null,
        exactTimes: [],
        maxGapMin: null,
        minConsecutiveDays: 30,
        maxPlaysPerHour: null,
        minGapMin: null,
        dayParts: [],
        priority: 0,
      },
    ],
    frontLoad: 0.75,
    separation: null,
    extendDays: 0,
    overrideReason: null,
  },
};

/** The sample slogan as a running line. */
export const TICKER = { ...SAMPLE.slogans, id: 'ticker-1', shape: 'ticker' as const };

/** A put of each, in an order in which nothing refers to what comes later. */
export const PUT_ALL: readonly CatalogueChange[] = [
  { op: 'put', collection: 'units', entity: SAMPLE.units },
  { op: 'put', collection: 'users', entity: SAMPLE.users },
  { op: 'put', collection: 'sessions', entity: SAMPLE.sessions },
  { op: 'put', collection: 'sites', entity: SAMPLE.sites },
  { op: 'put', collection: 'media', entity: SAMPLE.media },
  { op: 'put', collection: 'slogans', entity: SAMPLE.slogans },
  { op: 'put', collection: 'streams', entity: SAMPLE.streams },
  { op: 'put', collection: 'playlists', entity: SAMPLE.playlists },
  { op: 'put', collection: 'screens', entity: SAMPLE.screens },
  { op: 'put', collection: 'devices', entity: SAMPLE.devices },
  { op: 'put', collection: 'campaigns', entity: SAMPLE.campaigns },
  { op: 'put', collection: 'takeovers', entity: SAMPLE.takeovers },
];

/** A put of a unit. */
export function putUnit(id: string, name = '单位'): CatalogueChange {
  return { op: 'put', collection: 'units', entity: { id, name, nameEn: null, parentId: null } };
}
