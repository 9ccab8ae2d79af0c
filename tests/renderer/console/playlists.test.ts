/** Playlists: rows, rounds, and what keeps a list from being saved. */
import { describe, expect, it } from 'vitest';
import type { Media, Playlist } from '../../../domain/catalogue/content.ts';
import { WEEKDAYS } from '../../../domain/time/weekday.ts';
import { itemOfMedia } from '../../../renderer/console/pages/library/library-items.ts';
import {
  ALWAYS,
  type ItemTimes,
  isLimited,
  isShownOn,
  standing,
  timesFaults,
  weekdayRuns,
} from '../../../renderer/console/pages/playlists/item-times.ts';
import {
  draftOfPlaylist,
  playlistOfDraft,
  roundMs,
  rowFaults,
  samePlaylist,
  startsOf,
  withRow,
} from '../../../renderer/console/pages/playlists/playlist-draft.ts';

const poster: Media = {
  id: 'poster',
  name: '海报',
  nameEn: null,
  unitId: 'centre',
  type: 'image',
  sha: 'a'.repeat(64),
  bytes: 1,
  mime: 'image/png',
  codec: null,
  width: 1,
  height: 1,
  durationMs: null,
  addedAtMs: 0,
  fit: 'contain',
  pan: false,
  withdrawnAtMs: null,
};
const film: Media = { ...poster, id: 'film', type: 'video', durationMs: 18_000 };
const byId = new Map([poster, film].map((media) => [media.id, itemOfMedia(media)]));
const playlist: Playlist = {
  id: 'loop',
  name: '街面循环',
  nameEn: null,
  unitId: 'centre',
  items: [
    { item: 'poster', durationMs: 15_000, from: null, to: null, weekdays: [], dayParts: [], separation: null },
    { item: 'film', durationMs: null, from: null, to: null, weekdays: [], dayParts: [], separation: null },
    { item: 'poster', durationMs: 5_000, from: null, to: null, weekdays: [], dayParts: [], separation: null },
  ],
  ticker: [],
};

describe('playlist drafts', () => {
  it('[CC25] an item may stand in a list more than once, each row under a key of its own', () => {
    const draft = draftOfPlaylist(playlist);
    const rows = withRow(draft.rows.slice(1), { item: 'poster', durationMs: 1000 });
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    expect(withRow(rows, { item: 'film', durationMs: null }, 0)[0]).toMatchObject({ item: 'film' });
  });

  it('[CC27] knows whether anything has been changed', () => {
    const draft = draftOfPlaylist(playlist);
    expect(samePlaylist(draft, draftOfPlaylist(playlist))).toBe(true);
    expect(samePlaylist({ ...draft, rows: [...draft.rows].reverse() }, draft)).toBe(false);
    expect(samePlaylist({ ...draft, ticker: ['line'] }, draft)).toBe(false);
    expect(samePlaylist({ ...draft, nameEn: ' ' }, draft)).toBe(true);
    expect(playlistOfDraft(draft)).toEqual(playlist);
  });

  it('[CC26] a round is as long as its items; what is gone counts as nothing', () => {
    expect(roundMs(playlist.items, byId)).toBe(38_000);
    expect(roundMs([...playlist.items, { item: 'gone', durationMs: null }], byId)).toBe(38_000);
  });

  const bound = (more: Partial<ItemTimes>): ItemTimes => ({ ...ALWAYS, ...more });

  it('[CC31] an item is bound by dates, weekdays and hours, not by a separation tag or by all seven days', () => {
    expect(isLimited(ALWAYS)).toBe(false);
    expect(isLimited(bound({ separation: '银行', weekdays: [...WEEKDAYS] }))).toBe(false);
    for (const one of [{ from: '2026-07-01' }, { to: '2026-07-01' }, { weekdays: ['mon' as const] }])
      expect(isLimited(bound(one)), JSON.stringify(one)).toBe(true);
    expect(isLimited(bound({ dayParts: [{ from: '07:00', to: '09:00' }] }))).toBe(true);
  });

  it('[CC31] first and last day belong to the dates of an item', () => {
    const july = bound({ from: '2026-07-01', to: '2026-07-31' });
    expect(['2026-06-30', '2026-07-01', '2026-07-31', '2026-08-01'].map((date) => standing(july, date))).toEqual([
      'ahead',
      null,
      null,
      'past',
    ]);
    // A Friday, a Saturday.
    expect(['2026-07-03', '2026-07-04'].map((date) => isShownOn({ ...july, weekdays: ['fri'] }, date))).toEqual([
      true,
      false,
    ]);
  });

  it('[CC32] a row that today leaves out has no place in the round', () => {
    const rows = draftOfPlaylist(playlist).rows.map((row, at) => (at === 1 ? { ...row, to: '2026-06-30' } : row));
    expect(startsOf(rows, byId, '2026-06-30')).toEqual([0, 15_000, 33_000]);
    expect(startsOf(rows, byId, '2026-07-01')).toEqual([0, null, 15_000]);
  });

  it('[CC31] says what cannot be, at its field, and the row keeps the list from being saved', () => {
    const wrong = bound({ from: '2026-07-02', to: '2026-07-01' });
    expect(timesFaults(wrong)).toMatchObject([{ place: 'to', key: 'loopReversed' }]);
    expect(timesFaults(bound({ dayParts: [{ from: '9', to: '10:00' }] }))).toMatchObject([
      { place: 'dayParts.0.from', key: 'timeShape' },
    ]);
    expect(timesFaults(bound({ separation: '标'.repeat(65) }))).toMatchObject([{ key: 'separationLength' }]);
    expect(timesFaults(bound({ from: '2026-07-01', to: '2026-07-01' }))).toEqual([]);
    expect(rowFaults([{ ...wrong, key: 'a', item: 'film', durationMs: null }], byId)).toEqual([
      { key: 'a', fault: 'times-wrong' },
    ]);
  });

  it('[CC31] weekdays that follow each other are one run', () => {
    expect(weekdayRuns(['sun', 'wed', 'mon', 'tue', 'fri'])).toEqual([['mon', 'tue', 'wed'], ['fri'], ['sun']]);
    expect(weekdayRuns([])).toEqual([]);
  });

  it('[CC27] names the rows that keep it from being saved', () => {
    const always = { from: null, to: null, weekdays: [], dayParts: [], separation: null };
    const rows = [
      { ...always, key: 'a', item: 'poster', durationMs: null },
      { ...always, key: 'b', item: 'poster', durationMs: 700_000 },
      { ...always, key: 'c', item: 'gone', durationMs: null },
      { ...always, key: 'd', item: 'film', durationMs: null },
    ];
    expect(rowFaults(rows, byId)).toEqual([
      { key: 'a', fault: 'no-duration' },
      { key: 'b', fault: 'no-duration' },
      { key: 'c', fault: 'unknown-item' },
    ]);
  });
});
