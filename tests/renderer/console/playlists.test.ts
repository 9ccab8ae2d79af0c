/** Playlists: rows, rounds, and what keeps a list from being saved. */
import { describe, expect, it } from 'vitest';
import type { Media, Playlist } from '../../../domain/catalogue/content.ts';
import { itemOfMedia } from '../../../renderer/console/pages/library/library-items.ts';
import {
  draftOfPlaylist,
  playlistOfDraft,
  roundMs,
  rowFaults,
  samePlaylist,
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
