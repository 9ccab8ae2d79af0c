/** What units vouch for: their keys, and their signatures under the enrolments of their screens. */
import type { Unit, User } from '../../domain/catalogue/organisation.ts';
import { reaches } from '../../domain/catalogue/rights.ts';
import {
  checkEndorsement,
  type Endorsement,
  isBy,
  readEndorsements,
  signerOf,
} from '../../domain/proof/endorsement.ts';
import { logEntryText } from '../../domain/proof/log-entry.ts';
import { readEntryOf } from '../../protocol/log-entry.ts';
import type { CatalogueService } from '../catalogue/catalogue-service.ts';
import { Failure } from '../failure.ts';
import type { Log } from '../log.ts';
import { sha256 } from '../sha256.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import type { LogStore } from '../stores/log-store.ts';
import { verifyByNode } from '../tlog/raw-keys.ts';
import { createEnrolmentReader, type EnrolmentReader } from './enrolment-reader.ts';
import { checkVkey, keysAbove } from './unit-keys.ts';

/** What the service offers. */
export type EndorsementService = Pick<EnrolmentReader, 'statusOf'> & {
  /** As {@link EnrolmentReader.list}; fails with `not-allowed` outside the person's units. */
  list(query: Parameters<EnrolmentReader['list']>[0], by: User): ReturnType<EnrolmentReader['list']>;
  /** Registers the key of a unit, or takes it away (null). Fails: `not-found`, `not-allowed`, `bad-request`, `conflict`. */
  setKey(unitId: string, vkey: string | null, by: User): Promise<Unit>;
  /**
   * Enters the signatures of notes into the log, all or none, and gives how many were new. Fails: `bad-request` for what is no signed enrolment, `not-found`
   * where the log has no such enrolment or no unit of the screen such a key, `not-allowed`, `proof-of-key-failed` where a signature does not hold.
   */
  enter(notes: readonly string[], by: User): Promise<number>;
};

/** What it needs. */
export type EndorsementDeps = { catalogue: CatalogueStore; store: LogStore; edit: CatalogueService; log: Log };

/** Makes the service. */
export function createEndorsementService({ catalogue, store, edit, log }: EndorsementDeps): EndorsementService {
  const reader = createEnrolmentReader({ catalogue, store });

  function demandReach(unitId: string, by: User): void {
    if (reaches(by, unitId, catalogue.snapshot().units)) return;
    throw new Failure('not-allowed', `${by.login} may not act for unit ${unitId}`);
  }

  function storedUnit(unitId: string): Unit {
    const unit = catalogue.snapshot().units.get(unitId);
    if (!unit) throw new Failure('not-found', `there is no unit ${unitId}`);
    return unit;
  }

  /** What of the note's signatures is new to the log; `place` is what failures call the note. */
  async function checkNote(note: string, place: string, by: User): Promise<Endorsement[]> {
    const read = readEndorsements(note, sha256);
    const enrolment = read && readEntryOf('enrolment', read.enrolment);
    if (!read || !enrolment) {
      const fault = { place, value: note.slice(0, 120), allowed: 'a signed note of an enrolment' };
      throw new Failure('bad-request', `${place} is no signed enrolment`, [fault]);
    }
    const unitId = reader.unitOf(enrolment.screen);
    demandReach(unitId, by);
    if (!(await reader.has(read.enrolment))) throw new Failure('not-found', `${place}: the log has no such enrolment`);
    const known = await reader.endorsementsOf(read.enrolment, enrolment.device);
    for (const endorsement of read.endorsements) {
      const registered = keysAbove(unitId, catalogue.snapshot().units);
      const key = registered.find((one) => isBy(endorsement, one.key))?.key;
      if (!key) {
        const message = `${place}: neither unit ${unitId} nor one above it has registered the key ${endorsement.unit} that signed`;
        throw new Failure('not-found', message);
      }
      const standing = await checkEndorsement(endorsement, read.enrolment, key, { sha256, verify: verifyByNode });
      if (standing !== 'signed') throw new Failure('proof-of-key-failed', `${place}: the signature does not hold`);
    }
    return read.endorsements.filter((one) => !known.some((other) => isSame(one, other)));
  }

  return {
    statusOf: reader.statusOf,
    async list(query, by) {
      demandReach(query.unit, by);
      return await reader.list(query);
    },
    async setKey(unitId, vkey, by) {
      storedUnit(unitId);
      demandReach(unitId, by);
      await edit.inTurn(() => {
        const { vkey: _, ...entity } = storedUnit(unitId);
        if (vkey === null) return [{ op: 'put', collection: 'units', entity }];
        checkVkey(unitId, vkey, catalogue.snapshot().units);
        return [{ op: 'put', collection: 'units', entity: { ...entity, vkey } }];
      });
      log.info({ unit: unitId, vkey, by: by.login }, 'key of a unit');
      return storedUnit(unitId);
    },
    async enter(notes, by) {
      const fresh: Endorsement[] = [];
      for (const [k, note] of notes.entries()) {
        const found = await checkNote(note, `notes.${k}`, by);
        fresh.push(...found.filter((one) => !fresh.some((other) => isSame(one, other))));
      }
      await store.append(fresh.map(logEntryText));
      log.info({ screens: fresh.map(({ screen }) => screen), by: by.login }, 'signed enrolments entered');
      return fresh.length;
    },
  };
}

/** Whether two entries are of the same enrolment by the same key: one of them is enough. */
const isSame = (one: Endorsement, other: Endorsement): boolean =>
  one.enrolment === other.enrolment && one.unit === other.unit && signerOf(one)?.id === signerOf(other)?.id;
