/** Looks at every screen for troubles that no player reports by itself, and takes over those it does report. */
import type { CommitmentDay, TargetDay } from '../../protocol/http/views.ts';
import { INCIDENT_KINDS, type IncidentKind } from '../../protocol/player-link.ts';
import type { Clock } from '../clock.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { FlightService } from '../flights/flight-service.ts';
import { createPace } from '../pace.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import type { CommitmentDays } from '../views/commitment-days.ts';
import { targetDays } from '../views/target-days.ts';
import type { IncidentService, Trouble } from './incident-service.ts';

/** A player silent for this long is offline. */
export const OFFLINE_AFTER_MS = 60_000;

/** Kinds that only the player itself can see. */
const REPORTED: readonly IncidentKind[] = INCIDENT_KINDS.filter((kind) => kind !== 'offline' && kind !== 'at-risk');

/** Longest detail of an incident, characters. */
const MAX_DETAIL = 500;

/** One look over the fleet; `startedAtMs` is when the server started, before which nobody could have been heard. */
export async function watchIncidents(deps: {
  catalogue: CatalogueStore;
  fleet: FleetService;
  incidents: IncidentService;
  commitmentDays: CommitmentDays;
  flights: FlightService;
  clock: Clock;
  startedAtMs: number;
}): Promise<string> {
  const { catalogue, fleet, incidents, commitmentDays, flights, clock, startedAtMs } = deps;
  const rows = await commitmentDays.today();
  const { devices, screens } = catalogue.snapshot();
  const risks = risksOf(rows, targetDays(rows, catalogue.snapshot(), clock.nowMs()), flights);
  const undecided = new Set(
    rows
      .filter(({ verdict, closesAtMs }) => verdict === 'unknown' && (closesAtMs ?? 0) > clock.nowMs())
      .map(({ screen }) => screen.id),
  );
  const enrolled = new Set([...devices.values()].filter((d) => d.retiredAtMs === null).map((d) => d.screenId));
  const pace = createPace();
  for (const screen of screens.values()) {
    const live = fleet.live(screen.id);
    const silentMs = clock.nowMs() - (live.lastSeenMs ?? startedAtMs);
    const troubles: Trouble[] = live.online ? [...(live.status?.incidents ?? [])] : [];
    if (enrolled.has(screen.id) && !live.online && silentMs >= OFFLINE_AFTER_MS) {
      troubles.push({ kind: 'offline', detail: '' });
    }
    const risk = risks.get(screen.id);
    if (risk !== undefined) troubles.push({ kind: 'at-risk', detail: risk.join('; ').slice(0, MAX_DETAIL) });
    // What an unreachable player last reported stays open until it says otherwise, and so does a risk while its day lasts.
    const isSilent = enrolled.has(screen.id) && !live.online;
    const isHeld = (kind: IncidentKind): boolean =>
      REPORTED.includes(kind) || (kind === 'at-risk' && undecided.has(screen.id));
    const kinds = isSilent ? INCIDENT_KINDS.filter((kind) => !isHeld(kind)) : INCIDENT_KINDS;
    await incidents.reconcile(screen.id, kinds, troubles);
    await pace.breathe();
  }
  return `${screens.size} screens`;
}

/**
 * The promises at risk by screen, each with its reasons, so that something can still be done: those of today that the plan no longer makes, and flights
 * that cannot be extended. What is short for certain is a verdict and no longer a risk. A screen's part of a count promised for a whole target is at
 * risk only where the whole is.
 */
function risksOf(
  rows: readonly CommitmentDay[],
  targets: readonly TargetDay[],
  flights: FlightService,
): Map<string, string[]> {
  const risks = new Map<string, string[]>();
  const add = (screenId: string, detail: string): void => {
    const known = risks.get(screenId);
    if (known) known.push(detail);
    else risks.set(screenId, [detail]);
  };
  const wholes = new Set(
    targets.filter(({ verdict }) => verdict === 'at-risk').map(({ date, commitment }) => `${date} ${commitment}`),
  );
  for (const { screen, date, commitment, scope, verdict, reasons } of rows) {
    if (verdict !== 'at-risk' || (scope === 'target' && !wholes.has(`${date} ${commitment}`))) continue;
    add(screen.id, `${commitment} (${reasons.join(', ')})`);
  }
  for (const [flight, { to, dates, screens }] of flights.refusals) {
    for (const id of new Set(screens)) add(id, `${flight} not extended to ${to}: does not fit on ${dates.join(', ')}`);
  }
  return risks;
}
