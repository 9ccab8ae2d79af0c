/** Looks at every screen for troubles that no player reports by itself, and takes over those it does report. */
import { INCIDENT_KINDS, type IncidentKind } from '../../protocol/player-link.ts';
import type { Clock } from '../clock.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import type { CommitmentDays } from '../views/commitment-days.ts';
import type { IncidentService, Trouble } from './incident-service.ts';

/** A player silent for this long is offline. */
export const OFFLINE_AFTER_MS = 60_000;

/** Kinds that only the player itself can see. */
const REPORTED: readonly IncidentKind[] = INCIDENT_KINDS.filter((kind) => kind !== 'offline' && kind !== 'at-risk');

/** One look over the fleet; `startedAtMs` is when the server started, before which nobody could have been heard. */
export async function watchIncidents(deps: {
  catalogue: CatalogueStore;
  fleet: FleetService;
  incidents: IncidentService;
  commitmentDays: CommitmentDays;
  clock: Clock;
  startedAtMs: number;
}): Promise<string> {
  const { catalogue, fleet, incidents, commitmentDays, clock, startedAtMs } = deps;
  const atRisk = new Map<string, string>();
  for (const row of await commitmentDays.today()) {
    if (row.verdict === 'at-risk')
      atRisk.set(row.screen.id, `${row.commitment}: ${row.expected ?? 0} of ${row.required}`);
  }
  const { devices, screens } = catalogue.snapshot();
  const enrolled = new Set([...devices.values()].filter((d) => d.retiredAtMs === null).map((d) => d.screenId));
  for (const screen of screens.values()) {
    const live = fleet.live(screen.id);
    const silentMs = clock.nowMs() - (live.lastSeenMs ?? startedAtMs);
    const troubles: Trouble[] = live.online ? [...(live.status?.incidents ?? [])] : [];
    if (enrolled.has(screen.id) && !live.online && silentMs >= OFFLINE_AFTER_MS) {
      troubles.push({ kind: 'offline', detail: '' });
    }
    const risk = atRisk.get(screen.id);
    if (risk !== undefined) troubles.push({ kind: 'at-risk', detail: risk });
    // What an unreachable player last reported stays open until it says otherwise.
    const kinds =
      live.online || !enrolled.has(screen.id) ? INCIDENT_KINDS : INCIDENT_KINDS.filter((k) => !REPORTED.includes(k));
    await incidents.reconcile(screen.id, kinds, troubles);
  }
  return `${screens.size} screens`;
}
