/** Reads a bundle's file: the text of its parts, and whether the file is as it was written. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { BUNDLE_HEAD_BYTES, readBundleHead } from '../protocol/bundle.ts';

/** A bundle being read. `isWhole` is known once the text was read to its end. */
export type BundleFile = { text: AsyncIterable<string>; isWhole: () => boolean };

/** Opens the file; null where it does not begin as a bundle does. Rejects where it cannot be read. */
export async function openBundleFile(file: string): Promise<BundleFile | null> {
  const handle = await open(file, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(BUNDLE_HEAD_BYTES), 0, BUNDLE_HEAD_BYTES, 0);
  await handle.close();
  const digest = readBundleHead(buffer.subarray(0, bytesRead).toString('latin1'));
  if (digest === null) return null;
  const hash = createHash('sha256');
  let isWhole = false;
  const hashed = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const unpacked = createGunzip();
  const packed = createReadStream(file, { start: BUNDLE_HEAD_BYTES });
  async function* text(): AsyncGenerator<string> {
    const done = pipeline(packed, hashed, unpacked);
    done.catch(() => undefined);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for await (const chunk of Readable.from(unpacked)) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
    await done;
    isWhole = hash.digest('hex') === digest;
  }
  return { text: text(), isWhole: () => isWhole };
}
