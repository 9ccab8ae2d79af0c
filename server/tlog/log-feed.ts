/** What joins the log besides segments and programs: devices, programs given to screens, releases of the player. */
import type { Device } from '../../domain/catalogue/organisation.ts';
import { logEntryText } from '../../domain/proof/log-entry.ts';
import type { Clock } from '../clock.ts';
import type { EnrolmentService } from '../enrolment/enrolment-service.ts';
import type { Log } from '../log.ts';
import type { PlanningService } from '../planning/planning-service.ts';
import type { StoredRelease } from '../releases/release-index.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import { assignmentEntry, deviceEntries } from '../stores/log-entries.ts';
import type { LogStore } from '../stores/log-store.ts';

/** Where it comes from. */
export type LogFeedDeps = {
  store: LogStore;
  catalogue: CatalogueStore;
  enrolment: EnrolmentService;
  planning: PlanningService;
  releases: () => Promise<StoredRelease[]>;
  clock: Clock;
  log: Log;
};

/** So often the program of a screen is entered again although it is the same: a bundle then need not reach back to the day on which it was given. */
const AGAIN_MS = 24 * 3_600_000;

/**
 * From now on enters what changes, and gives the function that enters all there is. Entering twice changes nothing (but {@link AGAIN_MS}), so that what a crash kept from the log
 * joins it at the next start, and what a full disk kept from it with the next round.
 */
export function createLogFeed(deps: LogFeedDeps): () => Promise<string> {
  const { store, catalogue, enrolment, planning, clock, log } = deps;

  /** When a screen's program was last entered by this process. */
  const enteredAtMs = new Map<string, number>();

  const enterDevices = (devices: Iterable<Device>): Promise<void> => store.append([...devices].flatMap(deviceEntries));

  async function enterPrograms(screens: Iterable<string>): Promise<void> {
    const atMs = clock.nowMs();
    const assigned = [...screens].flatMap((screen) => {
      const program = planning.programOf(screen)?.hash;
      const isPlayed = catalogue.snapshot().screens.get(screen)?.kind === 'player';
      return program !== undefined && isPlayed ? [{ screen, program, atMs }] : [];
    });
    await store.assign(assigned);
    const due = assigned.filter(({ screen }) => atMs - (enteredAtMs.get(screen) ?? 0) >= AGAIN_MS);
    await store.append(due.map(assignmentEntry));
    for (const { screen } of due) enteredAtMs.set(screen, atMs);
  }

  async function enterAll(): Promise<string> {
    const before = await store.size();
    const { devices, screens } = catalogue.snapshot();
    await enterDevices(devices.values());
    await enterPrograms(screens.keys());
    await store.append((await deps.releases()).map(releaseEntry));
    return `${(await store.size()) - before} entries`;
  }

  const failed = (error: unknown): void => log.error({ err: error }, 'not entered into the log yet');
  enrolment.onChanged((device) => void enterDevices([device]).catch(failed));
  planning.onChanged((screens) => void enterPrograms(screens).catch(failed));
  return enterAll;
}

const releaseEntry = ({ version, arch, sha512 }: StoredRelease): string =>
  logEntryText({ kind: 'release', version, arch, sha512 });
