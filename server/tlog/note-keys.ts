/** Keys of somebody who signs notes under a name, made once in a folder and never again. */
import { StoreError } from '../stores/store-error.ts';
import {
  type KeyRole,
  newKeys,
  parseKeys,
  readKeys,
  type SigningKeys,
  type SigningTypes,
  writeKeyName,
  writeKeys,
} from './key-files.ts';

/** Keys as they are opened. `confirm`: of keys just made, to be called once what they stand for is on the disk; null for those that were there. */
export type NoteKeys = SigningKeys & { confirm: (() => Promise<void>) | null };

/** Whose keys: `name` is for new ones (null: one made of the key), `types` are the kinds of notes they sign. */
export type NoteKeysOf = { role: KeyRole; name: string | null; types: SigningTypes };

/**
 * Reads the keys in `folder`, or makes them where there is no name. Rejects with `StoreError`: `damaged` where a key of that name is missing (another key is
 * somebody else, and that is not for a program to decide), `faulty` where the name is none, `conflict` where the keys are another name's.
 */
export async function openNoteKeys(folder: string, { role, name, types }: NoteKeysOf): Promise<NoteKeys> {
  const known = await readKeys(folder, role);
  if (known === null) {
    // The name is written last: keys without one are of a start that was cut off before anybody saw them.
    const made = newKeys(name);
    await writeKeys(folder, role, made);
    return { ...parseKeys(made, types), confirm: () => writeKeyName(folder, role, made) };
  }
  if (name !== null && role === 'witness' && name !== known.name) {
    throw new StoreError('conflict', `${folder} is of the ${role} ${known.name}, not of ${name}`);
  }
  return { ...parseKeys(known, types), confirm: null };
}
