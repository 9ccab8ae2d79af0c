/** Reads a bundle's file in the browser: the text of its parts, the file's own hash, and whether it is as it was written. */
import { sha256 } from '@noble/hashes/sha2.js';
import { hex } from '../../../domain/proof/segment.ts';
import { BUNDLE_HEAD_BYTES, readBundleHead } from '../../../protocol/bundle.ts';

/** A bundle being read. */
export type BundleBlob = {
  /** Whether the file begins as a bundle does. */
  readonly hasHead: boolean;
  /** The text in pieces, once; it ends early where the file does not unpack, is no UTF-8 or cannot be read. */
  text(): AsyncGenerator<string>;
  /** Reads on to the end. `sha256`: of the file; `isWhole`: what was packed is what its head names, and all of it was text. Rejects where the file cannot be read. */
  finish(): Promise<{ sha256: string; isWhole: boolean }>;
};

/** Opens the file; `onBytes` hears how much of it was read. Rejects where it cannot be read. */
export async function openBundleBlob(file: Blob, onBytes: (bytes: number) => void): Promise<BundleBlob> {
  const head = new Uint8Array(await file.slice(0, BUNDLE_HEAD_BYTES).arrayBuffer());
  const digest = readBundleHead(String.fromCharCode(...head));
  const packed = file.slice(BUNDLE_HEAD_BYTES).stream().getReader();
  const ofFile = sha256.create().update(head);
  const ofPacked = sha256.create();
  let bytes = head.length;
  let isDamaged = false;

  async function nextPacked(): Promise<Uint8Array<ArrayBuffer> | null> {
    const { done, value } = await packed.read();
    if (done) return null;
    ofFile.update(value);
    ofPacked.update(value);
    bytes += value.length;
    onBytes(bytes);
    return value;
  }

  async function* text(): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      for await (const chunk of unpacked(nextPacked)) yield decoder.decode(chunk, { stream: true });
      yield decoder.decode();
    } catch {
      isDamaged = true;
    }
  }

  return {
    hasHead: digest !== null,
    text,
    async finish() {
      while ((await nextPacked()) !== null);
      const isWhole = !isDamaged && hex(ofPacked.digest()) === digest;
      return { sha256: hex(ofFile.digest()), isWhole };
    },
  };
}

/** What chunks unpack to (gzip); rejects where they do not. When it ends, by itself or not, nothing asks for chunks any more. */
async function* unpacked(next: () => Promise<Uint8Array<ArrayBuffer> | null>): AsyncGenerator<Uint8Array> {
  const gzip = new DecompressionStream('gzip');
  const writer = gzip.writable.getWriter();
  const reader = gzip.readable.getReader();
  const fed = feed(writer, next);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
    await fed;
  }
}

/** Never rejects: what goes wrong is for the reader of the other end to find. */
async function feed(
  writer: WritableStreamDefaultWriter<BufferSource>,
  next: () => Promise<Uint8Array<ArrayBuffer> | null>,
): Promise<void> {
  try {
    for (let chunk = await next(); chunk !== null; chunk = await next()) await writer.write(chunk);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
  }
}
