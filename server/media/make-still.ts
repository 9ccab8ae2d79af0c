/** Stills: the small pictures by which the console shows media. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { MAX_PIXELS } from './inspect-image.ts';
import type { MediaFacts } from './inspect-media.ts';
import { placeholderStill } from './placeholder-still.ts';
import { STILL_WIDTH } from './still-size.ts';

/** A still as WebP, and what it shows: the image itself, a frame of the film, or a drawn placeholder. */
export type Still = { webp: Buffer; from: 'image' | 'frame' | 'placeholder' };

/** Longest portrait stills are this high; wider ones keep their shape. */
const MAX_HEIGHT = 854;
const FFMPEG_TIMEOUT_MS = 15_000;
const MAX_FRAME_BYTES = 64 * 1024 * 1024;

const run = promisify(execFile);

/**
 * A still of an inspected media file, 480 pixels wide (narrower only where it would be very high). Node cannot decode video:
 * the frame of a film is taken by `ffmpeg` where such a program is there and answers within 15 s, else the still is a placeholder.
 */
export async function makeStill(file: string, facts: MediaFacts, ffmpeg = 'ffmpeg'): Promise<Still> {
  if (facts.type === 'image') return { webp: await shrink(file), from: 'image' };
  const frame = await stillOfFilm(file, facts.durationMs ?? 0, ffmpeg);
  if (frame) return { webp: frame, from: 'frame' };
  const drawing = Buffer.from(placeholderStill(facts.durationMs ?? 0));
  return { webp: await sharp(drawing).webp().toBuffer(), from: 'placeholder' };
}

async function shrink(image: string | Buffer): Promise<Buffer> {
  return sharp(image, { limitInputPixels: MAX_PIXELS, autoOrient: true })
    .resize({ width: STILL_WIDTH, height: MAX_HEIGHT, fit: 'inside' })
    .webp({ quality: 78 })
    .toBuffer();
}

/** A frame from a quarter into the film, past its opening titles, as a still; null where none is to be had. */
async function stillOfFilm(file: string, durationMs: number, ffmpeg: string): Promise<Buffer | null> {
  const seek = ['-ss', (durationMs / 4000).toFixed(3)];
  // Only files may be opened, so that a playlist disguised as a film cannot make the server fetch anything.
  const input = ['-protocol_whitelist', 'file,pipe', '-i', `file:${resolve(file)}`];
  const output = ['-frames:v', '1', '-vf', `scale=${STILL_WIDTH}:-2`, '-f', 'image2pipe', '-c:v', 'png', 'pipe:1'];
  try {
    const { stdout } = await run(ffmpeg, ['-v', 'error', '-nostdin', ...seek, ...input, ...output], {
      encoding: 'buffer',
      timeout: FFMPEG_TIMEOUT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: MAX_FRAME_BYTES,
    });
    return await shrink(stdout);
  } catch {
    return null;
  }
}
