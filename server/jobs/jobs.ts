/** The server's jobs: day turnover, day close, extension of flights, incident watch, the log, retention, housekeeping. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceDate } from '../../domain/time/opening-hours.ts';
import { addDays } from '../../domain/time/zone-time.ts';
import type { BookingService } from '../booking/booking-service.ts';
import type { Clock } from '../clock.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import { extendFlights } from '../flights/extend-flights.ts';
import type { FlightService } from '../flights/flight-service.ts';
import type { IncidentService } from '../incidents/incident-service.ts';
import { watchIncidents } from '../incidents/incident-watch.ts';
import type { Log } from '../log.ts';
import type { PlanningService } from '../planning/planning-service.ts';
import type { ShotStore } from '../shots/shot-store.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import type { LogService } from '../tlog/log-service.ts';
import type { CommitmentDays } from '../views/commitment-days.ts';
import type { JobDefinition } from './job-runner.ts';

/** Uploads nobody went on with for this long are removed. */
const UPLOAD_LIFE_MS = 24 * 3_600_000;
const DAY_MS = 86_400_000;

/** The jobs over the given services. */
export function serverJobs(deps: {
  catalogue: CatalogueStore;
  planning: PlanningService;
  fleet: FleetService;
  incidents: IncidentService;
  commitmentDays: CommitmentDays;
  flights: FlightService;
  booking: BookingService;
  clock: Clock;
  log: Log;
  uploadsFolder: string;
  shots: ShotStore;
  /** For how many days pictures of screens are kept. */
  keepShotsDays: number;
  transparency: LogService;
  /** Enters into the log what it may lack. */
  enterIntoLog: () => Promise<string>;
  /** Drops the bodies of old segments. */
  dropBodies: () => Promise<string>;
}): JobDefinition[] {
  const { catalogue, planning, commitmentDays, clock, uploadsFolder, shots, keepShotsDays } = deps;
  const startedAtMs = clock.nowMs();
  let datesByZone = serviceDates(catalogue, clock);

  return [
    {
      name: 'day-turnover',
      schedule: '5 * * * * *',
      async run() {
        const now = serviceDates(catalogue, clock);
        const turned = [...now].filter(([key, date]) => datesByZone.get(key) !== date);
        datesByZone = now;
        if (turned.length > 0) await planning.recompute();
        return turned.length > 0 ? `new day: ${turned.map(([, date]) => date).join(', ')}` : 'no new day';
      },
    },
    {
      name: 'day-close',
      schedule: '0 10 * * * *',
      async run() {
        const yesterday = addDays(new Date(clock.nowMs()).toISOString().slice(0, 10), -1);
        const rows = await commitmentDays.span(yesterday, yesterday, null);
        const count = (verdict: string): number => rows.filter((r) => r.verdict === verdict).length;
        return `${yesterday}: ${count('met') + count('met-by-make-good')} met, ${count('short')} short, ${count('unknown')} unknown`;
      },
    },
    {
      name: 'flight-extension',
      schedule: '0 15 * * * *',
      run: () => extendFlights(deps),
    },
    {
      name: 'target-watch',
      schedule: '10,25,40,55 * * * * *',
      run: async () =>
        (await planning.watchTargets()) ? 'counts of whole targets shared out again' : 'nothing has changed',
    },
    {
      name: 'incident-watch',
      schedule: '*/15 * * * * *',
      run: () => watchIncidents({ ...deps, startedAtMs }),
    },
    {
      name: 'log-signing',
      schedule: '* * * * * *',
      run: () => deps.transparency.turn(),
      isQuiet: true,
    },
    {
      name: 'log-entries',
      schedule: '40 */5 * * * *',
      async run() {
        const entered = await deps.enterIntoLog();
        // Signing is tried every second and would say so every second.
        const fault = deps.transparency.fault();
        if (fault !== null) throw new Error(fault);
        return entered;
      },
    },
    {
      name: 'proof-retention',
      schedule: '0 40 3 * * *',
      run: () => deps.dropBodies(),
    },
    {
      name: 'housekeeping',
      schedule: '0 20 3 * * *',
      async run() {
        const { sessions } = catalogue.snapshot();
        const expired = [...sessions.values()].filter((s) => s.expiresAtMs <= clock.nowMs());
        await catalogue.apply(expired.map(({ id }) => ({ op: 'remove', collection: 'sessions', id })));
        const uploads = await removeStale(uploadsFolder, clock.nowMs() - UPLOAD_LIFE_MS);
        const old = await shots.expire(clock.nowMs() - keepShotsDays * DAY_MS);
        return `${expired.length} sessions, ${uploads} stale upload files and ${old} pictures of screens removed`;
      },
    },
  ];
}

/** The date of service now for each pair of zone and opening hours in use. */
function serviceDates(catalogue: CatalogueStore, clock: Clock): Map<string, string> {
  const dates = new Map<string, string>();
  for (const { timeZone, openingHours } of catalogue.snapshot().screens.values()) {
    const key = `${timeZone} ${JSON.stringify(openingHours)}`;
    if (!dates.has(key)) dates.set(key, serviceDate(openingHours, timeZone, clock.nowMs()));
  }
  return dates;
}

async function removeStale(folder: string, beforeMs: number): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if ((await stat(path)).mtimeMs >= beforeMs) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}
