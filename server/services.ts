/** The server's services as the edges (HTTP, sockets, jobs) are given them. */

import type { AccessService } from './access/access-service.ts';
import type { BookingService } from './booking/booking-service.ts';
import type { CatalogueService } from './catalogue/catalogue-service.ts';
import type { Clock } from './clock.ts';
import type { EndorsementService } from './endorsement/endorsement-service.ts';
import type { EnrolmentService } from './enrolment/enrolment-service.ts';
import type { FleetService } from './fleet/fleet-service.ts';
import type { FlightService } from './flights/flight-service.ts';
import type { ForecastService } from './forecast/forecast-service.ts';
import type { IncidentService } from './incidents/incident-service.ts';
import type { IngestService } from './ingest/ingest-service.ts';
import type { JobRunner } from './jobs/job-runner.ts';
import type { Log } from './log.ts';
import type { PlanningService } from './planning/planning-service.ts';
import type { ShotStore } from './shots/shot-store.ts';
import type { CatalogueStore } from './stores/catalogue-store.ts';
import type { DataPaths } from './stores/data-folder.ts';
import type { Ledger } from './stores/ledger-store.ts';
import type { TakeoverService } from './takeover/takeover-service.ts';
import type { LogService } from './tlog/log-service.ts';
import type { CommitmentDays } from './views/commitment-days.ts';
import type { WithdrawalService } from './withdrawal/withdrawal-service.ts';

/** Everything the edges may call. */
export type Services = {
  catalogue: CatalogueStore;
  ledger: Ledger;
  folder: DataPaths;
  clock: Clock;
  log: Log;
  access: AccessService;
  booking: BookingService;
  edit: CatalogueService;
  endorsements: EndorsementService;
  enrolment: EnrolmentService;
  fleet: FleetService;
  incidents: IncidentService;
  ingest: IngestService;
  jobs: JobRunner;
  planning: PlanningService;
  shots: ShotStore;
  commitmentDays: CommitmentDays;
  forecasts: ForecastService;
  flights: FlightService;
  takeovers: TakeoverService;
  transparency: LogService;
  withdrawals: WithdrawalService;
};
