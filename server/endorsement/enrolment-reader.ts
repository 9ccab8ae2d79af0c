/** Enrolments as the log has them: whose they are, and which keys of units signed them. */
import { unitChain } from '../../domain/catalogue/campaign.ts';
import { type Endorsement, isBy, signerOf } from '../../domain/proof/endorsement.ts';
import { hex } from '../../domain/proof/segment.ts';
import type { EndorsementStatus, EnrolmentView } from '../../protocol/http/enrolment-api.ts';
import { readEntryOf } from '../../protocol/log-entry.ts';
import { createPace } from '../pace.ts';
import { sha256 } from '../sha256.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import { ENROLMENT_PREFIX, endorsementPrefix, enrolmentEntry } from '../stores/log-entries.ts';
import type { LogStore } from '../stores/log-store.ts';
import { keysAbove } from './unit-keys.ts';

/** Which enrolments are asked for: of the screens of a unit and all below it, of one screen only, after the one of that text. */
export type EnrolmentQuery = { unit: string; screen: string | null; after: string | null };

/** What it offers. */
export type EnrolmentReader = {
  /** The unit of a screen; one that was removed is its root unit's to vouch for. */
  unitOf(screenId: string): string;
  /** Whether the log has exactly this entry. */
  has(entry: string): Promise<boolean>;
  /** What was signed of that enrolment (its text) of the device. */
  endorsementsOf(entry: string, device: string): Promise<Endorsement[]>;
  /** Some enrolments in order of assurance class and time, and what to ask for next; null: there are no more. A page may be empty and not the last. */
  list(query: EnrolmentQuery): Promise<{ enrolments: EnrolmentView[]; next: string | null }>;
  /** What stands under the enrolment of the screen's player. */
  statusOf(screenId: string): Promise<EndorsementStatus>;
};

/** Enrolments that one call of {@link EnrolmentReader.list} looks at: few enough for an answer at once, whatever the unit. */
const PAGE_SIZE = 500;
/** Signatures under one enrolment that are read. */
const MOST_SIGNATURES = 100;

/** Makes it. */
export function createEnrolmentReader(deps: { catalogue: CatalogueStore; store: LogStore }): EnrolmentReader {
  const { catalogue, store } = deps;

  function unitOf(screenId: string): string {
    const { screens, units } = catalogue.snapshot();
    const root = (): string => [...units.values()].find(({ parentId }) => parentId === null)?.id ?? '';
    return screens.get(screenId)?.unitId ?? root();
  }

  async function endorsementsOf(entry: string, device: string): Promise<Endorsement[]> {
    const found = await store.beginningWith(endorsementPrefix(device, hex(sha256(entry))), null, MOST_SIGNATURES);
    return found.map((text) => readEntryOf('endorsement', text)).filter((one) => one !== null);
  }

  async function viewOf(entry: string, { unit, screen }: EnrolmentQuery): Promise<EnrolmentView | null> {
    const enrolment = readEntryOf('enrolment', entry);
    if (!enrolment || (screen !== null && enrolment.screen !== screen)) return null;
    const { screens, sites, units } = catalogue.snapshot();
    const unitId = unitOf(enrolment.screen);
    if (!unitChain(unitId, units).includes(unit)) return null;
    const named = screens.get(enrolment.screen);
    return {
      entry,
      unitId,
      screenName: named?.name ?? null,
      siteName: sites.get(named?.siteId ?? '')?.name ?? null,
      signedBy: (await endorsementsOf(entry, enrolment.device)).flatMap((one) => signerOf(one) ?? []),
    };
  }

  return {
    unitOf,
    has: async (entry) => (await store.beginningWith(entry, null, 1))[0] === entry,
    endorsementsOf,
    async list(query) {
      const pace = createPace();
      const entries = await store.beginningWith(ENROLMENT_PREFIX, query.after, PAGE_SIZE);
      const enrolments: EnrolmentView[] = [];
      for (const entry of entries) {
        const view = await viewOf(entry, query);
        if (view) enrolments.push(view);
        await pace.breathe();
      }
      return { enrolments, next: entries.length < PAGE_SIZE ? null : (entries.at(-1) ?? null) };
    },
    async statusOf(screenId) {
      const { devices, units } = catalogue.snapshot();
      const device = [...devices.values()].find((one) => one.screenId === screenId && one.retiredAtMs === null);
      const keys = keysAbove(unitOf(screenId), units);
      const [nearest] = keys;
      if (!device || !nearest) return { kind: 'none' };
      const endorsements = await endorsementsOf(enrolmentEntry(device), device.id);
      const signer = keys.find(({ key }) => endorsements.some((one) => isBy(one, key)));
      return signer ? { kind: 'signed', unitId: signer.unitId } : { kind: 'unsigned', unitId: nearest.unitId };
    },
  };
}
