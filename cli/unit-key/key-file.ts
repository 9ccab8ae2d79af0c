/** The file of a unit's private key: for its owner alone, and never written over. */
import { open } from 'node:fs/promises';
import { ok, type Result } from '../../domain/result.ts';
import type { SigningKey } from '../../server/tlog/key-files.ts';
import { formatSigner, parseSigner } from '../../server/tlog/note-signer.ts';
import { badInput, failed, messageOf, type Stop } from './stop.ts';

/** Rights of anybody but the owner. */
const OTHERS = 0o077;

/** Writes the key into a new file of mode 0600, durably; a file of that name stays as it is. */
export async function writeKeyFile(file: string, key: SigningKey): Promise<Result<null, Stop>> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(`${formatSigner(key)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return ok(null);
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    return isThere ? badInput(`${file} is there already, and a key is never written over`) : failed(messageOf(error));
  }
}

/** The key in `file`; refused where anybody but its owner may read it. Windows has other rights, which are not looked at. */
export async function readKeyFile(file: string): Promise<Result<SigningKey, Stop>> {
  try {
    const handle = await open(file, 'r');
    try {
      const mode = (await handle.stat()).mode & 0o777;
      if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
        return badInput(`${file} has the rights ${mode.toString(8)}: others may use the key; first: chmod 600 ${file}`);
      }
      const key = parseSigner((await handle.readFile('utf8')).trim());
      return key ? ok(key) : badInput(`${file} holds no key that xunbo unit-key new made`);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return badInput(messageOf(error));
  }
}
