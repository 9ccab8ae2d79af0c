/** The parts of counts promised for whole targets: shared out over their screens for a day, and again when screens go down or come back. */

import { shareRest, type TargetScreen } from '../../domain/plan/share-rest.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { CatalogueSnapshot } from '../stores/catalogue-store.ts';
import type { SegmentLedger } from '../stores/ledger-store.ts';
import { type PlannedKind, type RoomNow, roomsOf, sharedCounts } from './shared-counts.ts';

/** What the service offers. */
export type TargetParts = {
  /** The parts of every screen on its day of service, by screen. They change only where screens, rooms, the count or who is up has changed. */
  partsNow(
    kinds: readonly PlannedKind[],
    snapshot: CatalogueSnapshot,
    nowMs: number,
  ): Promise<Map<string, Map<string, number>>>;
};

/** A screen as it was when the count was shared out: its room on the whole day, and whether it was up. */
type Share = { room: number; isUp: boolean; part: number };

/** Makes the service; `isUp` as of the watch's last look. */
export function createTargetParts(deps: {
  segments: SegmentLedger;
  fleet: FleetService;
  isUp: (screenId: string) => boolean;
}): TargetParts {
  const { segments, fleet, isUp } = deps;
  let shares = new Map<string, { count: number; byScreen: Map<string, Share> }>();

  /** Counted plays of every screen on `date`, by the ledger or the player's own word, whichever is more. */
  async function tallies(date: LocalDate): Promise<(screenId: string, commitment: string) => number> {
    const rows = await segments.counters({ from: date, to: date, screen: null });
    const proven = new Map(rows.map((row) => [row.screen, row.plays]));
    return (screenId, commitment) => {
      const { status } = fleet.live(screenId);
      const reported = status?.date === date ? (status.tally[commitment] ?? 0) : 0;
      return Math.max(proven.get(screenId)?.[commitment] ?? 0, reported);
    };
  }

  return {
    async partsNow(kinds, snapshot, nowMs) {
      const parts = new Map<string, Map<string, number>>();
      const kept: typeof shares = new Map();
      for (const shared of sharedCounts(kinds, snapshot)) {
        const { commitment, date, count } = shared;
        const key = `${commitment.id} ${date}`;
        const rooms = roomsOf(shared, parts, nowMs);
        const known = shares.get(key);
        let byScreen = known?.byScreen ?? new Map<string, Share>();
        if (known?.count !== count || !isSame(byScreen, rooms, isUp)) {
          const tally = await tallies(date);
          const screens: TargetScreen[] = rooms.map(({ id, room, restShare }) => ({
            id,
            room: Math.floor(room * restShare),
            counted: tally(id, commitment.id),
            isUp: isUp(id),
            part: byScreen.get(id)?.part ?? null,
          }));
          const made = shareRest(count, screens);
          byScreen = new Map(rooms.map(({ id, room }, k) => [id, { room, isUp: isUp(id), part: made[k] ?? 0 }]));
        }
        kept.set(key, { count, byScreen });
        for (const { kind } of shared.members) {
          if (kind.date !== date) continue;
          for (const { id } of kind.screens) note(parts, id, commitment.id, byScreen.get(id)?.part ?? 0);
        }
      }
      shares = kept;
      return parts;
    },
  };
}

function note(parts: Map<string, Map<string, number>>, screenId: string, commitment: string, part: number): void {
  const own = parts.get(screenId) ?? new Map<string, number>();
  parts.set(screenId, own.set(commitment, part));
}

function isSame(
  byScreen: ReadonlyMap<string, Share>,
  rooms: readonly RoomNow[],
  isUp: (screenId: string) => boolean,
): boolean {
  if (byScreen.size !== rooms.length) return false;
  return rooms.every(({ id, room }) => {
    const was = byScreen.get(id);
    return was !== undefined && was.room === room && was.isUp === isUp(id);
  });
}
