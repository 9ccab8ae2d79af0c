/** How far the outermost parts of a video container reach, by which a file that was cut off is known. */
import type { FileHandle } from 'node:fs/promises';

/** What the container says of itself: bytes that are missing at the end, and the duration of its header where it gives one. */
export type ContainerExtent = { missingBytes: number; headerMs: number | null };

const BOX_HEADER_BYTES = 16;
const MAX_BOXES = 100_000;
const MVHD_BYTES = 32;
const EBML_HEAD_BYTES = 64;

/** The boxes of an MP4 file (ISO/IEC 14496-12, 4.2), each of which says where it ends. */
export async function mp4Extent(file: FileHandle, bytes: number): Promise<ContainerExtent> {
  let headerMs: number | null = null;
  let at = 0;
  for (let count = 0; at < bytes && count < MAX_BOXES; count += 1) {
    const box = await readBox(file, at);
    // A box of no sensible size: whatever follows the last whole one is not of this file.
    if (!box || (box.size !== 0 && box.size < box.headerBytes)) return { missingBytes: box ? 0 : 1, headerMs };
    if (box.type === 'moov') headerMs = await movieHeaderMs(file, at + box.headerBytes);
    // Size 0: the box reaches to the end of the file, wherever that is.
    at = box.size === 0 ? bytes : at + box.size;
  }
  return { missingBytes: Math.max(0, at - bytes), headerMs };
}

/** The segment of a WebM file (RFC 8794, 6; ID 0x18538067) says how long it is, unless it was written live. */
export async function webmExtent(file: FileHandle, bytes: number): Promise<ContainerExtent> {
  const head = await readAt(file, 0, EBML_HEAD_BYTES);
  const at = head.indexOf(Uint8Array.of(0x18, 0x53, 0x80, 0x67));
  const size = at < 0 ? null : ebmlSize(head.subarray(at + 4));
  return { missingBytes: size ? Math.max(0, at + 4 + size.headerBytes + size.value - bytes) : 0, headerMs: null };
}

type Box = { type: string; size: number; headerBytes: number };

async function readBox(file: FileHandle, at: number): Promise<Box | null> {
  const head = await readAt(file, at, BOX_HEADER_BYTES);
  if (head.length < 8) return null;
  const type = head.toString('latin1', 4, 8);
  const size = head.readUInt32BE(0);
  if (size !== 1) return { type, size, headerBytes: 8 };
  return head.length < BOX_HEADER_BYTES ? null : { type, size: Number(head.readBigUInt64BE(8)), headerBytes: 16 };
}

/** Duration of the movie header box (8.2.2), which is the first in `moov`; null where it is unknown. */
async function movieHeaderMs(file: FileHandle, at: number): Promise<number | null> {
  const box = await readBox(file, at);
  if (box?.type !== 'mvhd') return null;
  const body = await readAt(file, at + box.headerBytes, MVHD_BYTES);
  if (body.length < MVHD_BYTES) return null;
  const isLong = body[0] === 1;
  const scale = body.readUInt32BE(isLong ? 20 : 12);
  const duration = isLong ? body.readBigUInt64BE(24) : BigInt(body.readUInt32BE(16));
  const isUnknown = duration === (isLong ? 0xffff_ffff_ffff_ffffn : 0xffff_ffffn);
  // Fragmented files give 0 here and leave the rest to their fragments.
  return scale === 0 || isUnknown || duration === 0n ? null : (Number(duration) * 1000) / scale;
}

/** A variable-length size of EBML (RFC 8794, 4); null where it is unknown (all ones) or cut off. */
function ebmlSize(bytes: Buffer): { value: number; headerBytes: number } | null {
  const first = bytes[0] ?? 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || bytes.length < length) return null;
  let value = first & (0xff >> length);
  let isUnknown = value === 0xff >> length;
  for (const byte of bytes.subarray(1, length)) {
    value = value * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return isUnknown ? null : { value, headerBytes: length };
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
