/** What screens had promised on dates that are over, by the catalogue of today. */
import type { Screen } from '../../domain/catalogue/organisation.ts';
import { campaignsOf } from '../../domain/plan/build-program.ts';
import { isSharedOut } from '../../domain/plan/with-parts.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import { type HashedProgram, hashedProgram } from './hashed-program.ts';
import { plannedKinds, programOfKind } from './planned-kinds.ts';
import { type Parts, partsText } from './shared-counts.ts';
import { wholeDayParts } from './whole-day-parts.ts';

/** What is remembered of past dates. */
export type PastPrograms = {
  /** Flights that are over since are included; counts shared out stand with the parts that a whole day gives. */
  programOn(screen: Screen, date: LocalDate): HashedProgram;
  /** Forgets all; call it after changes of the catalogue. */
  forget(): void;
};

const NO_PARTS: Parts = new Map();

/** Makes the memory. */
export function createPastPrograms(catalogue: CatalogueStore): PastPrograms {
  const programs = new Map<string, HashedProgram>();
  const partsByDate = new Map<LocalDate, Map<string, Parts>>();

  /** The parts that `date` as a whole gives, for a screen of a target; remembered until the catalogue changes. */
  function partsOn(screen: Screen, date: LocalDate): Parts {
    const snapshot = catalogue.snapshot();
    let parts = partsByDate.get(date);
    if (!parts) {
      parts = wholeDayParts(
        plannedKinds(snapshot, () => date).filter(({ program }) => program.commitments.some(isSharedOut)),
        snapshot,
      );
      partsByDate.set(date, parts);
    }
    return parts.get(screen.id) ?? NO_PARTS;
  }

  function programOn(screen: Screen, date: LocalDate): HashedProgram {
    const snapshot = catalogue.snapshot();
    const campaigns = campaignsOf(screen, snapshot, date);
    const isShared = screen.kind === 'player' && campaigns.some((c) => c.commitments.some(isSharedOut));
    const parts = isShared ? partsOn(screen, date) : NO_PARTS;
    const { kind, timeZone, openingHours, loopId, rotation, sound } = screen;
    const isInStep = screen.syncGroup !== null;
    const ids = campaigns.map((c) => c.id);
    const display = [rotation, sound, isInStep];
    const key = JSON.stringify([kind, date, timeZone, openingHours, loopId, display, ids, partsText(parts)]);
    const found = programs.get(key);
    if (found) return found;
    const made = hashedProgram(programOfKind(screen, campaigns, snapshot, date), parts);
    programs.set(key, made);
    return made;
  }

  return {
    programOn,
    forget() {
      programs.clear();
      partsByDate.clear();
    },
  };
}
