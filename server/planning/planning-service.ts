/** Keeps the program of every screen true to the catalogue and says which screens got another one. */

import type { Campaign } from '../../domain/catalogue/campaign.ts';
import type { Screen } from '../../domain/catalogue/organisation.ts';
import { buildProgram, campaignsOf } from '../../domain/plan/build-program.ts';
import type { Program } from '../../domain/plan/program.ts';
import { screenKinds } from '../../domain/plan/screen-kinds.ts';
import { isSharedOut, withoutParts, withParts } from '../../domain/plan/with-parts.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { hex } from '../../domain/proof/segment.ts';
import { serviceDate } from '../../domain/time/opening-hours.ts';
import { serviceDates } from '../../domain/time/service-dates.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { Clock } from '../clock.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import { sha256 } from '../sha256.ts';
import type { CatalogueChange, CatalogueSnapshot, CatalogueStore } from '../stores/catalogue-store.ts';
import type { DocumentStore, SegmentLedger } from '../stores/ledger-store.ts';
import { createScreenWatch } from './screen-watch.ts';
import { type Parts, type PlannedKind, partsText } from './shared-counts.ts';
import { createTargetParts } from './target-parts.ts';
import { wholeDayParts } from './whole-day-parts.ts';

/** A program with its hash. */
export type HashedProgram = { hash: string; program: Program };

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
const PROGRAM_COLLECTIONS = new Set(['units', 'screens', 'media', 'slogans', 'playlists', 'campaigns']);

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
  const pastPrograms = new Map<string, HashedProgram>();
  const pastParts = new Map<LocalDate, Map<string, Parts>>();
  let running: Promise<void> = Promise.resolve();
  let queued = false;
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
    pastPrograms.clear();
    pastParts.clear();
    const changed = [...after].filter(([id, { hash }]) => before.get(id)?.hash !== hash).map(([id]) => id);
    if (changed.length > 0) for (const listener of listeners) listener(changed);
  }

  function recompute(): Promise<void> {
    if (queued) return running;
    queued = true;
    running = running
      .catch(() => undefined)
      .then(() => {
        queued = false;
        return recomputeNow();
      });
    return running;
  }

  catalogue.subscribe((changes: readonly CatalogueChange[]) => {
    if (changes.some((c) => PROGRAM_COLLECTIONS.has(c.collection))) void recompute().catch(() => undefined);
  });

  /** The parts that `date` as a whole gives, for a screen of a target; remembered until the catalogue changes. */
  function partsOn(screen: Screen, snapshot: CatalogueSnapshot, date: LocalDate): Parts {
    let parts = pastParts.get(date);
    if (!parts) {
      parts = wholeDayParts(plannedKinds(snapshot, () => date).filter(sharesOut), snapshot);
      pastParts.set(date, parts);
    }
    return parts.get(screen.id) ?? NO_PARTS;
  }

  function pastProgram(screen: Screen, snapshot: CatalogueSnapshot, date: LocalDate): HashedProgram {
    const campaigns = campaignsOf(screen, snapshot, date);
    const isShared = screen.kind === 'player' && campaigns.some((c) => c.commitments.some(isSharedOut));
    const parts = isShared ? partsOn(screen, snapshot, date) : NO_PARTS;
    const { kind, timeZone, openingHours, loopId } = screen;
    const ids = campaigns.map((c) => c.id);
    const key = JSON.stringify([kind, date, timeZone, openingHours, loopId, ids, partsText(parts)]);
    const found = pastPrograms.get(key);
    if (found) return found;
    const made = hashed(programOfKind(screen, campaigns, snapshot, date), parts);
    pastPrograms.set(key, made);
    return made;
  }

  return {
    programOf: (screenId) => programs.get(screenId),
    programOn(screenId, date) {
      const snapshot = catalogue.snapshot();
      const screen = snapshot.screens.get(screenId);
      if (!screen || date >= serviceDate(screen.openingHours, screen.timeZone, clock.nowMs())) {
        return programs.get(screenId);
      }
      return pastProgram(screen, snapshot, date);
    },
    recompute,
    async watchTargets() {
      const hasChanged = watch.look(watched);
      if (hasChanged) await recompute();
      return hasChanged;
    },
    settled: () => running,
    onChanged: (listener) => listeners.add(listener),
  };
}

const NO_PARTS: Parts = new Map();

/** The kinds of all screens with their programs, each made once. */
function plannedKinds(snapshot: CatalogueSnapshot, dateOf: (screen: Screen) => LocalDate): PlannedKind[] {
  return screenKinds(snapshot.screens.values(), snapshot, dateOf).map((kind) => {
    const campaigns = kind.campaigns.flatMap((id) => snapshot.campaigns.get(id) ?? []);
    return { kind, program: programOfKind(kind.sample, campaigns, snapshot, kind.date) };
  });
}

/** Counts shared out stand with 0; a channel without a player has no part in them. */
function programOfKind(screen: Screen, campaigns: Campaign[], snapshot: CatalogueSnapshot, date: LocalDate): Program {
  const program = buildProgram(screen, campaigns, snapshot, date, sha256);
  return screen.kind === 'player' ? withParts(program, NO_PARTS) : withoutParts(program);
}

const sharesOut = ({ program }: PlannedKind): boolean => program.commitments.some(isSharedOut);

function hashed(program: Program, parts: Parts): HashedProgram {
  const own = withParts(program, parts);
  return { program: own, hash: hex(sha256(canonicalJson(own))) };
}

/** Programs of all screens; screens of a kind with equal parts share one. */
function hashedPrograms(kinds: readonly PlannedKind[], parts: ReadonlyMap<string, Parts>): Map<string, HashedProgram> {
  const programs = new Map<string, HashedProgram>();
  for (const { kind, program } of kinds) {
    const shared = new Map<string, HashedProgram>();
    for (const { id } of kind.screens) {
      const own = parts.get(id) ?? NO_PARTS;
      const key = partsText(own);
      const found = shared.get(key) ?? hashed(program, own);
      shared.set(key, found);
      programs.set(id, found);
    }
  }
  return programs;
}
