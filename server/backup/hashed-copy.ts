/** Hashing and copying of files in one pass. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

/** Size and SHA-256 (hexadecimal) of what was read. */
export type Digest = { bytes: number; sha256: string };

/** Size and hash of a file. */
export async function hashFile(file: string): Promise<Digest> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Copies a file to a new one of `mode`, synced; gives size and hash of the bytes that were written. */
export async function copyHashed(from: string, to: string, mode: number): Promise<Digest> {
  const hash = createHash('sha256');
  let bytes = 0;
  const target = await open(to, 'wx', mode);
  try {
    for await (const chunk of createReadStream(from, { highWaterMark: 1 << 20 })) {
      hash.update(chunk);
      await target.writeFile(chunk);
      bytes += chunk.length;
    }
    await target.sync();
  } finally {
    await target.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}
