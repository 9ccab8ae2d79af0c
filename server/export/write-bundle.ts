/** Writes a bundle's file: one line with the hash of all that follows, then the parts' lines, packed by gzip. */
import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { BundlePart } from '../../domain/bundle/bundle-part.ts';
import { partText } from '../../domain/bundle/bundle-text.ts';
import { BUNDLE_HEAD_BYTES, bundleHead } from '../../protocol/bundle.ts';

/** Packing harder costs more time than it saves room. */
const GZIP_LEVEL = 4;
const CHUNK_CHARACTERS = 256 * 1024;
/** Stands in the file until all of it is written: no bundle has it. */
const NO_DIGEST = '0'.repeat(64);

/** Writes `parts` to `file`, which is there only once it is whole; gives the bytes. */
export async function writeBundle(parts: AsyncIterable<BundlePart>, file: string): Promise<number> {
  const partial = `${file}.partial`;
  const target = await open(partial, 'w');
  try {
    await target.write(bundleHead(NO_DIGEST));
    const hash = createHash('sha256');
    let bytes = BUNDLE_HEAD_BYTES;
    await pipeline(
      Readable.from(chunksOf(parts)),
      createGzip({ level: GZIP_LEVEL }),
      async (packed: AsyncIterable<Buffer>) => {
        for await (const chunk of packed) {
          hash.update(chunk);
          bytes += chunk.length;
          await target.write(chunk);
        }
      },
    );
    await target.write(bundleHead(hash.digest('hex')), 0);
    await target.sync();
    await target.close();
    await rename(partial, file);
    return bytes;
  } catch (error) {
    await target.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
}

async function* chunksOf(parts: AsyncIterable<BundlePart>): AsyncGenerator<string> {
  let chunk = '';
  for await (const part of parts) {
    chunk += partText(part);
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
