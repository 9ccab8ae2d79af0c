/** Keeps the program of every screen true to the catalogue and says which screens got another one. */

import type { Screen } from '../../domain/catalogue/organisation.ts';
import { isSharedOut } from '../../domain/plan/with-parts.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { serviceDate } from '../../domain/time/opening-hours.ts';
import { serviceDates } from '../../domain/time/service-dates.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { Clock } from '../clock.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { CatalogueChange, CatalogueStore } from '../stores/catalogue-store.ts';
import type { DocumentStore, SegmentLedger } from '../stores/ledger-store.ts';
import { type HashedProgram, hashedProgram } from './hashed-program.ts';
import { createPastPrograms } from './past-programs.ts';
import { plannedKinds } from './planned-kinds.ts';
import { createScreenWatch } from './screen-watch.ts';
import { type Parts, type PlannedKind, partsText } from './shared-counts.ts';
import { createTargetParts } from './target-parts.ts';

/** What the planning service offers. */
export type PlanningService = {
  /** The program a screen is to play now; undefined for screens that do not exist. External channels have one too: their promises. */
  programOf(screenId: string): HashedProgram | undefined;
  /**
   * The promises a screen had or has on `date`, by the catalogue of today: for past dates flights that are over are included, and counts shared
   * out stand with the parts that a whole day shared out to all screens gives.
   */
  programOn(screenId: string, date: LocalDate): HashedProgram | undefined;
  /** Recomputes all programs and tells listeners of the changed ones; run after catalogue changes and day turnover. */
  recompute(): Promise<void>;
  /** Looks at which screens are up; where that has changed, counts of whole targets are shared out again. Gives whether it has. */
  watchTargets(): Promise<boolean>;
  /** Resolves when every change known so far is reflected. */
  settled(): Promise<void>;
  /** Calls `listener` with the ids of screens whose program changed. */
  onChanged(listener: (screenIds: string[]) => void): void;
};

/** Collections a program is made of. */
const PROGRAM_COLLECTIONS = new Set(['units', 'screens', 'media', 'slogans', 'streams', 'playlists', 'campaigns']);

/** What the planning service works with. */
export type PlanningDeps = {
  catalogue: CatalogueStore;
  documents: DocumentStore;
  segments: SegmentLedger;
  fleet: FleetService;
  clock: Clock;
};

/** Makes the service; call `recompute()` once before use. */
export function createPlanningService(deps: PlanningDeps): PlanningService {
  const { catalogue, documents, segments, fleet, clock } = deps;
  const listeners = new Set<(screenIds: string[]) => void>();
  const watch = createScreenWatch(deps);
  const targetParts = createTargetParts({ segments, fleet, isUp: watch.isUp });
  let programs = new Map<string, HashedProgram>();
  const known = new Set<string>();
  const past = createPastPrograms(catalogue);
  let watched: readonly Screen[] = [];

  async function recomputeNow(): Promise<void> {
    const before = programs;
    const nowMs = clock.nowMs();
    const snapshot = catalogue.snapshot();
    const kinds = plannedKinds(snapshot, serviceDates(nowMs));
    const sharing = kinds.filter(sharesOut);
    watched = sharing.flatMap(({ kind }) => kind.screens);
    watch.look(watched);
    const after = hashedPrograms(kinds, await targetParts.partsNow(sharing, snapshot, nowMs));
    for (const { hash, program } of after.values()) {
      if (known.has(hash)) continue;
      await documents.put(hash, 'program', canonicalJson(program));
      known.add(hash);
    }
    programs = after;
    past.forget();
    const changed = [...after].filter(([id, { hash }]) => before.get(id)?.hash !== hash).map(([id]) => id);
    if (changed.length > 0) for (const listener of listeners) listener(changed);
  }

  const { ask: recompute, settled } = inTurn(recomputeNow);

  catalogue.subscribe((changes: readonly CatalogueChange[]) => {
    if (changes.some((c) => PROGRAM_COLLECTIONS.has(c.collection))) void recompute().catch(() => undefined);
  });

  return {
    programOf: (screenId) => programs.get(screenId),
    programOn(screenId, date) {
      const snapshot = catalogue.snapshot();
      const screen = snapshot.screens.get(screenId);
      if (!screen || date >= serviceDate(screen.openingHours, screen.timeZone, clock.nowMs())) {
        return programs.get(screenId);
      }
      return past.programOn(screen, date);
    },
    recompute,
    async watchTargets() {
      const hasChanged = watch.look(watched);
      if (hasChanged) await recompute();
      return hasChanged;
    },
    settled,
    onChanged: (listener) => listeners.add(listener),
  };
}

/** Runs `work` once at a time; whoever asks while a run waits joins it. */
function inTurn(work: () => Promise<void>): { ask(): Promise<void>; settled(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let queued = false;
  return {
    ask() {
      if (queued) return running;
      queued = true;
      running = running
        .catch(() => undefined)
        .then(() => {
          queued = false;
          return work();
        });
      return running;
    },
    settled: () => running,
  };
}

const NO_PARTS: Parts = new Map();

const sharesOut = ({ program }: PlannedKind): boolean => program.commitments.some(isSharedOut);

/** Programs of all screens; screens of a kind with equal parts share one. */
function hashedPrograms(kinds: readonly PlannedKind[], parts: ReadonlyMap<string, Parts>): Map<string, HashedProgram> {
  const programs = new Map<string, HashedProgram>();
  for (const { kind, program } of kinds) {
    const shared = new Map<string, HashedProgram>();
    for (const { id } of kind.screens) {
      const own = parts.get(id) ?? NO_PARTS;
      const key = partsText(own);
      const found = shared.get(key) ?? hashedProgram(program, own);
      shared.set(key, found);
      programs.set(id, found);
    }
  }
  return programs;
}
