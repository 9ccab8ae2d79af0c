/** The controller: opens the data folder, builds the services, and serves HTTP and sockets on one port. */
import type { FastifyInstance } from 'fastify';
import { Server as SocketServer } from 'socket.io';
import type { Policy } from '../domain/tlog/policy.ts';
import { MAX_MESSAGE_BYTES } from '../protocol/player-link.ts';
import { createAccessService } from './access/access-service.ts';
import { createBookingService } from './booking/booking-service.ts';
import { createCatalogueService } from './catalogue/catalogue-service.ts';
import type { Clock } from './clock.ts';
import { createEndorsementService } from './endorsement/endorsement-service.ts';
import { createEnrolmentService } from './enrolment/enrolment-service.ts';
import { createFleetService } from './fleet/fleet-service.ts';
import { createFlightDays } from './flights/flight-days.ts';
import { createFlightService } from './flights/flight-service.ts';
import { createForecastService } from './forecast/forecast-service.ts';
import { buildApp } from './http/app.ts';
import { servePlayerFiles } from './http/player-files.ts';
import { servePlayerReleases } from './http/player-releases.ts';
import { servePlayerRoutes } from './http/routes/player-routes.ts';
import { createIncidentService } from './incidents/incident-service.ts';
import { createIngestService } from './ingest/ingest-service.ts';
import type { SegmentVerifier } from './ingest/segment-verifier.ts';
import { createJobRunner } from './jobs/job-runner.ts';
import { serverJobs } from './jobs/jobs.ts';
import type { Log } from './log.ts';
import { createPlanningService } from './planning/planning-service.ts';
import { readReleases, type StoredRelease } from './releases/release-index.ts';
import { dropOldBodies } from './retention/drop-bodies.ts';
import type { Services } from './services.ts';
import { createShotStore, type ShotSettings } from './shots/shot-store.ts';
import { serveConsoles } from './sockets/console-gateway.ts';
import { paceReading } from './sockets/pace-reading.ts';
import { servePlayers } from './sockets/player-gateway.ts';
import type { CatalogueStore } from './stores/catalogue-store.ts';
import type { DataPaths } from './stores/data-folder.ts';
import type { Ledger } from './stores/ledger-store.ts';
import { createTakeoverService } from './takeover/takeover-service.ts';
import { createCosigners, postByFetch } from './tlog/cosigners.ts';
import { createLogFeed } from './tlog/log-feed.ts';
import { type LogService, openLogService } from './tlog/log-service.ts';
import { createCommitmentDays } from './views/commitment-days.ts';
import { createProvenStarts } from './views/proven-starts.ts';
import { createWithdrawalService } from './withdrawal/withdrawal-service.ts';

/** What a controller is made of; stores are opened by the caller and closed by `close()`. */
export type ServerParts = {
  catalogue: CatalogueStore;
  ledger: Ledger;
  folder: DataPaths;
  clock: Clock;
  log: Log;
  version: string;
  /** Folder of the built console. */
  consoleFolder: string;
  /** Folder of the verifier's page. */
  verifyFolder: string;
  shotSettings: ShotSettings;
  /** Days for which plays are kept singly. */
  proofDays: number;
  /** Name of the transparency log where it is new; null: one made of its key. */
  logOrigin: string | null;
  /** Whose cosignatures are asked for; null: nobody's. */
  logPolicy: Policy | null;
  /** Verifies segments, and is closed with the stores; the server's own thread does where left out. */
  verifier?: SegmentVerifier;
  /** A connection must have proven whose it is within this time, or is cut; 30 s where left out. */
  proveWithinMs?: number;
};

/** A running controller. */
export type Controller = {
  services: Services;
  /** Starts to listen; rejects with the system's error, `EADDRINUSE` among them. Gives the port in use. */
  listen(host: string, port: number): Promise<number>;
  /** Ends connections and jobs, then closes the stores. Nothing acknowledged is lost. */
  close(): Promise<void>;
};

/** Longest silence before a player's connection counts as lost: interval and timeout of Socket.IO's heartbeat. */
const HEARTBEAT = { pingInterval: 10_000, pingTimeout: 10_000 } as const;

/** Ten thousand players that come back at once keep one another waiting. */
const PROVE_WITHIN_MS = 30_000;

/** Builds the controller; it does not listen yet. */
export async function createController(parts: ServerParts): Promise<Controller> {
  const { catalogue, ledger, log, proveWithinMs = PROVE_WITHIN_MS } = parts;
  const transparency = await openLogService({
    store: ledger.log,
    keysFolder: parts.folder.keys,
    headFile: parts.folder.logHead,
    origin: parts.logOrigin,
    cosigners: parts.logPolicy && createCosigners(parts.logPolicy, postByFetch, log),
    clock: parts.clock,
    log,
  });
  const services = buildServices(parts, transparency);
  await services.incidents.load();
  await services.planning.recompute();
  await services.jobs.run('log-entries');
  const app: FastifyInstance = await buildApp(services, parts);
  const io = new SocketServer(app.server, {
    ...HEARTBEAT,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    connectTimeout: proveWithinMs,
    serveClient: false,
    // Players and consoles speak WebSocket from the start; the page's own origin is checked in the handshake.
    transports: ['websocket'],
    allowRequest: (request, decide) => decide(null, isSameOrigin(request.headers.origin, request.headers.host)),
  });
  io.engine.on('connection', paceReading);
  const registry = servePlayers(io, {
    ...services,
    segments: ledger.segments,
    shotEveryPlays: parts.shotSettings.everyPlays,
    proveWithinMs,
  });
  servePlayerFiles(app, services, registry);
  servePlayerReleases(app, services, registry);
  servePlayerRoutes(app, services, registry);
  const hush = serveConsoles(io, services);

  return {
    services,
    async listen(host, port) {
      await app.listen({ host, port });
      services.jobs.start();
      const address = app.server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    },
    async close() {
      hush();
      services.takeovers.close();
      await services.jobs.stop();
      io.disconnectSockets(true);
      await io.close();
      await app.close();
      await services.planning.settled().catch((error: unknown) => log.error({ err: error }, 'planning failed'));
      await parts.verifier?.close();
      await catalogue.close();
      await ledger.close();
    },
  };
}

function buildServices(
  { catalogue, ledger, folder, clock, log, shotSettings, proofDays, verifier }: ServerParts,
  transparency: LogService,
): Services {
  const shots = createShotStore(folder.shots);
  const fleet = createFleetService(clock);
  const { documents, segments } = ledger;
  const planning = createPlanningService({ catalogue, documents, segments, fleet, clock });
  const incidents = createIncidentService({ store: ledger.incidents, clock });
  const ingest = createIngestService({ ledger, clock, log, ...(verifier && { verifier }) });
  const booking = createBookingService({ catalogue, clock });
  const forecasts = createForecastService({ clock });
  const takeovers = createTakeoverService({ catalogue, fleet, clock, log });
  const edit = createCatalogueService(catalogue);
  const provenStarts = createProvenStarts({ segments: ledger.segments, programOf: ingest.programOf });
  const commitmentDays = createCommitmentDays({
    catalogue,
    segments: ledger.segments,
    planning,
    fleet,
    forecasts,
    provenStarts,
    takeovers,
    clock,
  });
  const days = createFlightDays({ catalogue, commitmentDays, planning, ingest, clock });
  const flights = createFlightService({ catalogue, days, clock });
  const watched = { catalogue, planning, fleet, incidents, commitmentDays, flights, booking, clock, log };
  const kept = { uploadsFolder: folder.uploads, shots, keepShotsDays: shotSettings.keepDays };
  const enrolment = createEnrolmentService({ catalogue, clock });
  const releases = (): Promise<StoredRelease[]> => readReleases(folder.releases);
  const enterIntoLog = createLogFeed({ store: ledger.log, catalogue, enrolment, planning, releases, clock, log });
  const dropBodies = (): Promise<string> =>
    dropOldBodies({
      ledger,
      programOf: ingest.programOf,
      signedSize: transparency.signedSize,
      keepDays: proofDays,
      clock,
    });
  const definitions = serverJobs({ ...watched, ...kept, transparency, enterIntoLog, dropBodies });
  const jobs = createJobRunner(definitions, { clock, log });
  return {
    catalogue,
    ledger,
    folder,
    clock,
    log,
    planning,
    shots,
    fleet,
    incidents,
    commitmentDays,
    forecasts,
    flights,
    jobs,
    access: createAccessService({ catalogue, clock }),
    booking,
    edit,
    endorsements: createEndorsementService({ catalogue, store: ledger.log, edit, log }),
    enrolment,
    ingest,
    takeovers,
    transparency,
    withdrawals: createWithdrawalService({ catalogue, edit, clock, log }),
  };
}

/** Browsers send the page's origin; players and tools send none. */
function isSameOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
