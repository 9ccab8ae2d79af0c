/** The registered keys of units: whose they are, and which of them may sign for a screen. */
import { unitChain } from '../../domain/catalogue/campaign.ts';
import type { Unit } from '../../domain/catalogue/organisation.ts';
import { type NoteKey, parseVkey } from '../../domain/tlog/signed-note.ts';
import { Failure } from '../failure.ts';
import { sha256 } from '../sha256.ts';

/** A unit and its key. */
export type UnitKey = { unitId: string; key: NoteKey };

type Units = ReadonlyMap<string, Unit>;

/** The keys of the unit and of those above it, nearest first. */
export const keysAbove = (unitId: string, units: Units): UnitKey[] =>
  unitChain(unitId, units).flatMap((id) => {
    const key = parseVkey(units.get(id)?.vkey ?? '', sha256);
    return key ? [{ unitId: id, key }] : [];
  });

/**
 * Fails with `bad-request` where `vkey` is no key (its id is not that of the rest), with `conflict` where its name or public key is another unit's: whoever
 * reads the log is to know whose signature it is.
 */
export function checkVkey(unitId: string, vkey: string, units: Units): void {
  const key = parseVkey(vkey, sha256);
  if (!key) {
    const fault = { place: 'vkey', value: vkey, allowed: 'the whole line that xunbo unit-key new printed' };
    throw new Failure('bad-request', `${vkey} is no key: its parts do not belong together`, [fault]);
  }
  for (const other of units.values()) {
    const theirs = other.id === unitId ? null : parseVkey(other.vkey ?? '', sha256);
    if (!theirs) continue;
    const isSame = Buffer.compare(theirs.publicKey, key.publicKey) === 0;
    if (theirs.name === key.name || isSame) {
      throw new Failure('conflict', `unit ${other.id} has ${isSame ? 'this key' : `a key of the name ${key.name}`}`);
    }
  }
}
