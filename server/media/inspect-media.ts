/** What a media file is: type, SHA-256, codec, size and duration, or why it cannot be shown. */
import { open } from 'node:fs/promises';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Failure } from '../failure.ts';
import { hashFile } from './hash-file.ts';
import { inspectImage } from './inspect-image.ts';
import { inspectVideo } from './inspect-video.ts';
import { mediaUnreadable } from './media-faults.ts';
import { MAGIC_BYTES, type MediaType, mediaTypeOf } from './media-type.ts';

export { VIDEO_CODECS } from './media-faults.ts';

/** What a media file is, by its content alone. An image has no codec, duration or frame rate. */
export type MediaFacts = {
  type: 'video' | 'image';
  mime: string;
  sha: string;
  bytes: number;
  codec: string | null;
  width: number;
  height: number;
  durationMs: number | null;
  frameRate: number | null;
};

/**
 * Inspects a file, whatever its name. Failures: `media-unreadable` (another type, empty, cut off, damaged), `media-codec-unknown`,
 * `media-duration-wrong`. Rejects where the file itself cannot be opened or read.
 */
export async function inspectMedia(file: string): Promise<Result<MediaFacts, Failure>> {
  const type = await readType(file);
  if (type.kind === 'other') return fail(mediaUnreadable(type.found));
  const { sha, bytes } = await hashFile(file);
  const { mime } = type;
  if (type.kind === 'image') {
    const image = await inspectImage(file);
    if (!image.ok) return image;
    return ok({ type: 'image', mime, sha, bytes, codec: null, ...image.value, durationMs: null, frameRate: null });
  }
  const video = await inspectVideo(file, mime, bytes);
  return video.ok ? ok({ type: 'video', mime, sha, bytes, ...video.value }) : video;
}

async function readType(file: string): Promise<MediaType> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAGIC_BYTES), 0, MAGIC_BYTES, 0);
    return mediaTypeOf(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
