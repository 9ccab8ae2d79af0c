/** `xunbo serve`: the controller with embedded stores, the sample content at first start, and the demo screen's player. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseInspectionPolicy } from '../domain/proof/inspection-policy.ts';
import { localDateAt } from '../domain/time/zone-time.ts';
import type { Policy } from '../domain/tlog/policy.ts';
import { systemClock } from '../server/clock.ts';
import { importContent } from '../server/content/import-content.ts';
import { readContentFolder } from '../server/content/load-content.ts';
import { type Controller, createController } from '../server/create-server.ts';
import { createVerifierThreads } from '../server/ingest/verifier-threads.ts';
import { createLog, type Log } from '../server/log.ts';
import { sha256 } from '../server/sha256.ts';
import type { CatalogueStore } from '../server/stores/catalogue-store.ts';
import { type DataFolder, openDataFolder } from '../server/stores/data-folder.ts';
import { openLowdbCatalogue } from '../server/stores/lowdb-catalogue.ts';
import { openSqliteLedger } from '../server/stores/sqlite-ledger.ts';
import { StoreError } from '../server/stores/store-error.ts';
import type { CommandStreams } from './command.ts';
import { EXIT } from './command.ts';
import { PROJECT_FOLDER, VERSION } from './project.ts';
import { superviseDemoPlayer } from './serve/demo-player.ts';
import { ensureBuilt } from './serve/ensure-built.ts';
import { printWelcome } from './serve/welcome.ts';
import { readSettings, type Settings, settingsFaultLines, settingsHelp } from './settings.ts';

const HELP = `Usage: xunbo serve [OPTIONS]

Runs the controller: console, API and players on one port. Ctrl-C ends it; nothing stored is lost.

${settingsHelp()}

Exit codes: 0 ended by a signal, 1 bad settings or content files, 3 failed (port in use, data folder in use or of a newer version, disk full)
`;

/** One thread verifies some 80,000 plays a second. */
const MOST_THREADS = 4;

/** The screen that the demo player stands for. */
export const DEMO_SCREEN = 'demo';

/** Runs until a signal comes; gives the exit code. */
export async function runServe(argv: string[], io: CommandStreams): Promise<number> {
  const settings = readSettings(argv, process.env);
  if (!settings.ok) {
    if (settings.error.kind === 'help') {
      io.stdout.write(HELP);
      return EXIT.ok;
    }
    for (const line of settingsFaultLines(settings.error)) io.stderr.write(`xunbo serve: ${line}\n`);
    return EXIT.badInput;
  }
  try {
    return await serve(settings.value, io);
  } catch (error) {
    io.stderr.write(`xunbo: ${explain(error, settings.value)}\n`);
    return EXIT.failed;
  }
}

async function serve(settings: Settings, io: CommandStreams): Promise<number> {
  const logPolicy = settings.logPolicy === '' ? null : readPolicy(settings.logPolicy, io);
  if (logPolicy === 'faulty') return EXIT.badInput;
  const ended = endSignal();
  ensureBuilt(io.stderr);
  const log = createLog(settings.logLevel, process.stdout.isTTY === true);
  const folder = await openDataFolder(settings.data);
  try {
    const catalogue = await openLowdbCatalogue({ folder: folder.paths.folder, log });
    if (settings.sample && !(await loadSample(settings, catalogue, folder, io))) return EXIT.badInput;
    await ensureRootUnit(catalogue);
    const ledger = await openSqliteLedger({ file: folder.paths.ledger, log });
    const threads = Math.min(MOST_THREADS, availableParallelism() - 1);
    const controller = await createController({
      catalogue,
      ledger,
      folder: folder.paths,
      clock: systemClock,
      log,
      version: VERSION,
      consoleFolder: join(PROJECT_FOLDER, 'dist/console'),
      verifyFolder: join(PROJECT_FOLDER, 'dist/verify'),
      logOrigin: settings.logOrigin === '' ? null : settings.logOrigin,
      logPolicy,
      proofDays: settings.proofDays,
      shotSettings: { everyPlays: settings.shotEvery, keepDays: settings.shotDays },
      ...(threads > 0 && { verifier: createVerifierThreads(ledger.documents, threads) }),
    });
    await runUntil(ended, controller, settings, folder, log, io);
    return EXIT.ok;
  } finally {
    folder.close();
  }
}

/** The policy in `file`, of which the units concern inspectors alone; says what is wrong with it. */
function readPolicy(file: string, io: CommandStreams): Policy | 'faulty' {
  const policy = parseInspectionPolicy(readFileSync(file, 'utf8'), sha256);
  if (policy.ok) return policy.value.log;
  io.stderr.write(`xunbo serve: ${file}, line ${policy.error.line}: allowed: ${policy.error.what}\n`);
  return 'faulty';
}

async function runUntil(
  ended: Promise<void>,
  controller: Controller,
  settings: Settings,
  folder: DataFolder,
  log: Log,
  io: CommandStreams,
): Promise<void> {
  let stopPlayer = async (): Promise<void> => undefined;
  try {
    const port = await controller.listen(settings.host, settings.port);
    printWelcome(io.stdout, { host: settings.host, port, setupToken: controller.services.access.setupToken() });
    const { screens } = controller.services.catalogue.snapshot();
    if (settings.player && screens.has(DEMO_SCREEN)) {
      stopPlayer = superviseDemoPlayer({
        server: `http://127.0.0.1:${port}`,
        data: folder.paths.player,
        enrolment: controller.services.enrolment,
        screenId: DEMO_SCREEN,
        logLevel: settings.logLevel,
        log,
        notices: io.stderr,
      });
    }
    await ended;
    log.info('stopping');
  } finally {
    await stopPlayer();
    await controller.close();
  }
}

/** Loads the content folder into an empty catalogue; false where its files are faulty, which is told. */
async function loadSample(
  settings: Settings,
  catalogue: CatalogueStore,
  folder: DataFolder,
  io: CommandStreams,
): Promise<boolean> {
  if (catalogue.snapshot().units.size > 0 || !existsSync(settings.content)) return true;
  const content = await readContentFolder(settings.content);
  if (!content.ok) {
    for (const { file, place, value, allowed } of content.error) {
      io.stderr.write(`xunbo: ${file}: ${place}: ${value}; allowed: ${allowed}\n`);
    }
    return false;
  }
  const today = localDateAt(systemClock.nowMs(), 'Asia/Shanghai');
  await importContent({
    content: content.value,
    catalogue,
    dataFolder: folder.paths.folder,
    clock: systemClock,
    shiftTo: today,
  });
  return true;
}

/** People and screens belong to units, so there is always one. */
async function ensureRootUnit(catalogue: CatalogueStore): Promise<void> {
  if (catalogue.snapshot().units.size > 0) return;
  const entity = { id: 'centre', name: '中心', nameEn: 'Centre', parentId: null };
  await catalogue.apply([{ op: 'put', collection: 'units', entity }]);
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function endSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (): void => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

function explain(error: unknown, settings: Settings): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') {
    return `port ${settings.port} of ${settings.host} is in use; choose another with --port or XUNBO_PORT (0: any free one)`;
  }
  if (code === 'EACCES') return `port ${settings.port} needs rights this process does not have; choose one above 1023`;
  if (code === 'EADDRNOTAVAIL') return `${settings.host} is no address of this machine; choose another with --host`;
  if (error instanceof StoreError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
