/** A chain of logs leads from the one that is known to the last, and nowhere where a step is not signed. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { followSuccessions, type Succession, successionText } from '../../../domain/proof/succession.ts';
import { formatVkey, KEY_TYPES, type NoteKey, noteKey } from '../../../domain/tlog/signed-note.ts';
import { sha256 } from '../../../server/sha256.ts';
import { rawPublicKey, verifyByNode } from '../../../server/tlog/raw-keys.ts';

type Named = { note: NoteKey; privateKey: KeyObject };

function keyOf(name: string): Named {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { note: noteKey(name, KEY_TYPES.ed25519, rawPublicKey('ed25519', privateKey), sha256), privateKey };
}

/** What `by` says of the log that follows it. */
function step(by: Named, next: Named, over: Partial<Succession> = {}): Succession {
  const said = { origin: by.note.name, size: 5, root: 'a'.repeat(64), next: formatVkey(next.note), atMs: 7, ...over };
  const signature = sign(null, Buffer.from(successionText(said)), by.privateKey).toString('base64');
  return { kind: 'succession', signature, ...said };
}

const [one, two, three] = [keyOf('town/log'), keyOf('town/log/2'), keyOf('town/log/3')];
const follow = (chain: readonly Succession[], from: Named) => followSuccessions(chain, from.note, verifyByNode, sha256);

describe('a chain of logs', () => {
  test('[SU1] leads from the log that is known to the last one, whichever of the chain that is', async () => {
    const chain = [step(one, two), step(two, three)];
    expect(await follow(chain, one)).toEqual({ key: three.note, steps: chain });
    expect(await follow(chain, two)).toEqual({ key: three.note, steps: chain.slice(1) });
    expect(await follow(chain, three)).toBeNull();
    expect(await follow([], one)).toBeNull();
  });

  test('[SU1] leads nowhere where a step is not signed by the key of the log before, or is changed by a letter', async () => {
    const stranger = keyOf('town/log');
    expect(await follow([step(stranger, two)], one)).toBeNull();
    expect(await follow([step(one, two)], stranger)).toBeNull();
    const sound = step(one, two);
    for (const change of [{ size: 6 }, { root: 'b'.repeat(64) }, { atMs: 8 }, { next: formatVkey(three.note) }]) {
      expect(await follow([{ ...sound, ...change }], one)).toBeNull();
    }
    expect(await follow([step(one, two), step(one, three)], one)).toBeNull();
    expect(await follow([step(one, two), step(keyOf('town/log/2'), three)], one)).toBeNull();
    expect(await follow([step(one, two), step(two, three, { origin: 'town/log/9' })], one)).toBeNull();
  });

  test('[SU1] a key of another kind, or none, follows nobody', async () => {
    const cosigner = { ...two.note, type: KEY_TYPES.cosignEd25519 };
    const vkey = formatVkey(noteKey(cosigner.name, cosigner.type, cosigner.publicKey, sha256));
    expect(await follow([step(one, two, { next: vkey })], one)).toBeNull();
    expect(await follow([step(one, two, { next: 'town/log/2' })], one)).toBeNull();
  });
});
