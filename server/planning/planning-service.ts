/** Keeps the program of every screen true to the catalogue and says which screens got another one. */

import type { Screen } from '../../domain/catalogue/organisation.ts';
import { buildProgram, campaignsOf } from '../../domain/plan/build-program.ts';
import type { Program } from '../../domain/plan/program.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { hex } from '../../domain/proof/segment.ts';
import { serviceDate } from '../../domain/time/opening-hours.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { Clock } from '../clock.ts';
import { sha256 } from '../sha256.ts';
import type { CatalogueChange, CatalogueSnapshot, CatalogueStore } from '../stores/catalogue-store.ts';
import type { DocumentStore } from '../stores/ledger-store.ts';

/** A program with its hash. */
export type HashedProgram = { hash: string; program: Program };

/** What the planning service offers. */
export type PlanningService = {
  /** The program a screen is to play now; undefined for screens that do not exist. External channels have one too: their promises. */
  programOf(screenId: string): HashedProgram | undefined;
  /** The promises a screen had or has on `date`, by the catalogue of today: for past dates flights that are over are included. */
  programOn(screenId: string, date: LocalDate): HashedProgram | undefined;
  /** Recomputes all programs and tells listeners of the changed ones; run after catalogue changes and day turnover. */
  recompute(): Promise<void>;
  /** Resolves when every change known so far is reflected. */
  settled(): Promise<void>;
  /** Calls `listener` with the ids of screens whose program changed. */
  onChanged(listener: (screenIds: string[]) => void): void;
};

/** Collections a program is made of. */
const PROGRAM_COLLECTIONS = new Set(['units', 'screens', 'media', 'slogans', 'playlists', 'campaigns']);

/** Makes the service; call `recompute()` once before use. */
export function createPlanningService(deps: {
  catalogue: CatalogueStore;
  documents: DocumentStore;
  clock: Clock;
}): PlanningService {
  const { catalogue, documents, clock } = deps;
  const listeners = new Set<(screenIds: string[]) => void>();
  let programs = new Map<string, HashedProgram>();
  const known = new Set<string>();
  const pastPrograms = new Map<string, HashedProgram>();
  let running: Promise<void> = Promise.resolve();
  let queued = false;

  async function recomputeNow(): Promise<void> {
    const before = programs;
    const after = computePrograms(catalogue.snapshot(), clock.nowMs());
    for (const { hash, program } of after.values()) {
      if (known.has(hash)) continue;
      await documents.put(hash, 'program', canonicalJson(program));
      known.add(hash);
    }
    programs = after;
    pastPrograms.clear();
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

  return {
    programOf: (screenId) => programs.get(screenId),
    programOn(screenId, date) {
      const snapshot = catalogue.snapshot();
      const screen = snapshot.screens.get(screenId);
      if (!screen || date >= dateOf(screen, clock.nowMs())) return programs.get(screenId);
      return hashedProgram(screen, snapshot, date, pastPrograms);
    },
    recompute,
    settled: () => running,
    onChanged: (listener) => listeners.add(listener),
  };
}

/** Programs of all screens; screens with equal inputs are computed once. */
function computePrograms(snapshot: CatalogueSnapshot, nowMs: number): Map<string, HashedProgram> {
  const shared = new Map<string, HashedProgram>();
  const programs = new Map<string, HashedProgram>();
  for (const screen of snapshot.screens.values()) {
    programs.set(screen.id, hashedProgram(screen, snapshot, dateOf(screen, nowMs), shared));
  }
  return programs;
}

/** The program of a screen from `date` on, taken from `shared` where a screen with equal inputs has it already. */
function hashedProgram(
  screen: Screen,
  snapshot: CatalogueSnapshot,
  date: LocalDate,
  shared: Map<string, HashedProgram>,
): HashedProgram {
  const campaigns = campaignsOf(screen, snapshot, date);
  const inputs = JSON.stringify([
    date,
    screen.timeZone,
    screen.openingHours,
    screen.loopId,
    campaigns.map((c) => c.id),
  ]);
  const known = shared.get(inputs);
  if (known) return known;
  const program = buildProgram(screen, campaigns, snapshot, date, sha256);
  const hashed = { program, hash: hex(sha256(canonicalJson(program))) };
  shared.set(inputs, hashed);
  return hashed;
}

const dateOf = (screen: Screen, nowMs: number): LocalDate => serviceDate(screen.openingHours, screen.timeZone, nowMs);
