/** Ed25519 by the browser. */
import { hex } from '../../../domain/proof/segment.ts';
import { fromBase64 } from '../../../domain/tlog/base64.ts';
import type { VerifySignature } from '../../../domain/tlog/checkpoint.ts';

const ALGORITHM = 'Ed25519';

/** RFC 8032, section 7.1, TEST 1: key and signature of no message at all. */
const KNOWN_KEY = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
const KNOWN_SIGNATURE = '5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw==';

/** Whether the browser verifies Ed25519: a known signature stands, and does not under another message. Without a secure context there is no `subtle`. */
export async function canVerify(subtle: SubtleCrypto | undefined): Promise<boolean> {
  const [key, signature] = [fromBase64(KNOWN_KEY), fromBase64(KNOWN_SIGNATURE)];
  if (!subtle || !key || !signature) return false;
  const verify = createWebVerifier(subtle);
  return (await verify('ed25519', key, '', signature)) && !(await verify('ed25519', key, 'x', signature));
}

/** Verifies by the browser; a key or signature that is none verifies nothing. Throws for ML-DSA-44, which browsers lack: keys of it are not to be asked about. */
export function createWebVerifier(subtle: SubtleCrypto): VerifySignature {
  const known = new Map<string, Promise<CryptoKey>>();
  const utf8 = new TextEncoder();

  function keyOf(publicKey: Uint8Array): Promise<CryptoKey> {
    const name = hex(publicKey);
    const key = known.get(name) ?? subtle.importKey('raw', Uint8Array.from(publicKey), ALGORITHM, false, ['verify']);
    known.set(name, key);
    return key;
  }

  return async (kind, publicKey, message, signature) => {
    if (kind !== 'ed25519') throw new Error(`browsers do not verify ${kind}`);
    const bytes = typeof message === 'string' ? utf8.encode(message) : Uint8Array.from(message);
    try {
      return await subtle.verify(ALGORITHM, await keyOf(publicKey), Uint8Array.from(signature), bytes);
    } catch {
      return false;
    }
  };
}
