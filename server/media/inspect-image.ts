/** Looks into an image file by decoding all of it, so that one that was cut off is found. */
import sharp from 'sharp';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Failure } from '../failure.ts';
import { mediaUnreadable } from './media-faults.ts';

/** Most pixels of an image: 50 megapixels, more than any screen shows and little enough to decode anywhere. */
export const MAX_PIXELS = 50_000_000;

/** Size of the picture as shown, in pixels. */
export type ImageFacts = { width: number; height: number };

/** Inspects a PNG, JPEG or WebP file. */
export async function inspectImage(file: string): Promise<Result<ImageFacts, Failure>> {
  try {
    const { width, height, autoOrient } = await sharp(file, { limitInputPixels: false }).metadata();
    if (width * height > MAX_PIXELS) {
      return fail(
        mediaUnreadable(`an image of ${width} × ${height} pixels`, `an image of at most ${MAX_PIXELS} pixels`),
      );
    }
    await sharp(file, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).resize({ width: 32 }).raw().toBuffer();
    return ok({ width: autoOrient.width, height: autoOrient.height });
  } catch (error) {
    return fail(mediaUnreadable(`the image is damaged or cut off (${firstLine(error)})`));
  }
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1).join('');
