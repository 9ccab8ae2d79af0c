/** A script that shells run in a world of their own inside the stage page: makes a small WebP of a picture, off the page's main thread. */
import { MAX_SHOT_BYTES } from '../../protocol/player-link.ts';

/** Largest sides of a picture of a screen in pixels: a still of 480, upright ones as tall as 9:16 makes them. */
export const SHOT_BOX = { width: 480, height: 854 } as const;

/** Quality of a picture in full size, percent. */
export const JPEG_QUALITY = 85;

/** The best quality of these at which the picture is small enough is taken. */
const QUALITIES = [0.7, 0.5, 0.3, 0.1];

/**
 * Source of a function of one argument, a picture (PNG or JPEG, base64); its promise gives the WebP in base64. It touches nothing of
 * the page.
 */
export const SHRINK_PICTURE = `async (picture) => {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const scale = Math.min(1, ${SHOT_BOX.width} / bitmap.width, ${SHOT_BOX.height} / bitmap.height);
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  for (const quality of ${JSON.stringify(QUALITIES)}) {
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
    if (blob.type !== 'image/webp') throw new Error('this browser makes no WebP');
    if (blob.size > ${MAX_SHOT_BYTES}) continue;
    const webp = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (let at = 0; at < webp.length; at += 8192) text += String.fromCharCode(...webp.subarray(at, at + 8192));
    return btoa(text);
  }
  throw new Error('the picture is too large at every quality');
}`;
