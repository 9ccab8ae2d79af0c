/** The playlist as the editor holds it: rows with keys of their own, since an item may stand in it more than once. */
import type { ItemPlacement, LoopPlacement, Playlist } from '../../../../domain/catalogue/content.ts';
import type { LocalDate } from '../../../../domain/time/zone-time.ts';
import { LIVE_DURATION_MS, type LibraryItem, placedDurationMs } from '../library/library-items.ts';
import { ALWAYS, isShownOn, timesFaults } from './item-times.ts';

/** One row: a placement with a key that stays while rows are moved. */
export type PlaylistRow = LoopPlacement & { key: string };

/** A playlist being edited. */
export type PlaylistDraft = Omit<Playlist, 'items'> & { rows: PlaylistRow[] };

/** A playlist as a draft. */
export function draftOfPlaylist(playlist: Playlist): PlaylistDraft {
  const { items, ...rest } = playlist;
  return { ...rest, rows: items.map((placement, at) => ({ ...placement, key: `row-${at}` })) };
}

/** The playlist a draft stands for; empty English names become absent ones. */
export function playlistOfDraft(draft: PlaylistDraft): Playlist {
  const { rows, ...rest } = draft;
  const nameEn = draft.nameEn?.trim() ? draft.nameEn : null;
  return { ...rest, nameEn, items: rows.map(({ key: _, ...placement }) => placement) };
}

/** Whether two drafts stand for the same playlist. */
export function samePlaylist(left: PlaylistDraft, right: PlaylistDraft): boolean {
  return JSON.stringify(contentOf(left)) === JSON.stringify(contentOf(right));
}

/** `rows` with `placement` put in at `at` (the end by default) under a key none of them has. */
export function withRow(rows: readonly PlaylistRow[], placement: ItemPlacement, at = rows.length): PlaylistRow[] {
  const taken = new Set(rows.map(({ key }) => key));
  let number = rows.length;
  while (taken.has(`row-${number}`)) number += 1;
  return [...rows.slice(0, at), { ...ALWAYS, ...placement, key: `row-${number}` }, ...rows.slice(at)];
}

/** Why a playlist cannot be saved, at which row; in the order of the rows. */
export type RowFault = { key: string; fault: 'no-duration' | 'unknown-item' | 'times-wrong' };

/** A poster stands for 1 s to 10 min, a live source for 10 s to 6 h; all else brings its own length. */
function hasLength({ durationMs }: PlaylistRow, { kind }: LibraryItem): boolean {
  if (kind !== 'poster' && kind !== 'live') return true;
  const [least, most] = kind === 'live' ? [LIVE_DURATION_MS.least, LIVE_DURATION_MS.most] : [1000, 600_000];
  return durationMs !== null && durationMs >= least && durationMs <= most;
}

/** Rows that need something: items that are gone, posters and live sources without a length, times that cannot be. */
export function rowFaults(rows: readonly PlaylistRow[], items: ReadonlyMap<string, LibraryItem>): RowFault[] {
  return rows.flatMap((row): RowFault[] => {
    const item = items.get(row.item);
    if (!item) return [{ key: row.key, fault: 'unknown-item' }];
    if (!hasLength(row, item)) return [{ key: row.key, fault: 'no-duration' }];
    return timesFaults(row).length > 0 ? [{ key: row.key, fault: 'times-wrong' }] : [];
  });
}

/** Length of one round in milliseconds; items without a known length count as nothing. */
export function roundMs(placements: readonly ItemPlacement[], items: ReadonlyMap<string, LibraryItem>): number {
  return placements.reduce((sum, placed) => sum + (placedDurationMs(placed, items.get(placed.item)) ?? 0), 0);
}

/** When each row begins within a round on `date`, in milliseconds; null for rows that are not shown on it. */
export function startsOf(
  rows: readonly PlaylistRow[],
  items: ReadonlyMap<string, LibraryItem>,
  date: LocalDate,
): (number | null)[] {
  let at = 0;
  return rows.map((row) => {
    if (!isShownOn(row, date)) return null;
    const start = at;
    at += placedDurationMs(row, items.get(row.item)) ?? 0;
    return start;
  });
}

function contentOf(draft: PlaylistDraft): unknown[] {
  const { id, name, nameEn, unitId, items, ticker } = playlistOfDraft(draft);
  return [id, name, nameEn, unitId, items, ticker];
}
