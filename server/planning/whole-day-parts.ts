/** The parts that counts for whole targets have on a date, as if all screens were up all day. */
import { shareOut } from '../../domain/plan/share-out.ts';
import type { CatalogueSnapshot } from '../stores/catalogue-store.ts';
import { type Parts, type PlannedKind, roomsOf, sharedCounts } from './shared-counts.ts';

/** Parts by screen; `kinds` are those with a share in any such count, all of one date. */
export function wholeDayParts(kinds: readonly PlannedKind[], snapshot: CatalogueSnapshot): Map<string, Parts> {
  const parts = new Map<string, Map<string, number>>();
  for (const shared of sharedCounts(kinds, snapshot)) {
    const rooms = roomsOf(shared, parts, Number.NEGATIVE_INFINITY);
    shareOut(shared.count, rooms).parts.forEach((part, k) => {
      const id = rooms[k]?.id ?? '';
      parts.set(id, (parts.get(id) ?? new Map<string, number>()).set(shared.commitment.id, part));
    });
  }
  return parts;
}
