/** Takes a picture of the stage page in Electron's window, as it is drawn. */
import type { NativeImage, WebContents } from 'electron';
import { z } from 'zod';
import type { Timers } from '../clock.ts';
import { JPEG_QUALITY, SHOT_BOX, SHRINK_PICTURE } from '../stage/shrink-picture.ts';

const LIMIT_MS = 5000;
/** A world apart from the page's own, in which nothing of the page can be reached by name. */
const WORLD = 1971;

/** A small WebP of what `contents` shows; rejects where none is made in 5 s. */
export function captureWindow(contents: WebContents, timers: Timers): Promise<Uint8Array> {
  return inTime(() => smallPicture(contents), timers);
}

/** A JPEG of what `contents` shows, as large as it is drawn; rejects where none is made in 5 s. */
export function pictureWindow(contents: WebContents, timers: Timers): Promise<Uint8Array> {
  return inTime(async () => (await wholePicture(contents)).toJPEG(JPEG_QUALITY), timers);
}

async function inTime(take: () => Promise<Uint8Array>, timers: Timers): Promise<Uint8Array> {
  let cancel = (): void => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    cancel = timers.after(LIMIT_MS, () => reject(new Error(`no picture in ${LIMIT_MS} ms`)));
  });
  try {
    return await Promise.race([take(), late]);
  } finally {
    cancel();
  }
}

async function wholePicture(contents: WebContents): Promise<NativeImage> {
  const whole = await contents.capturePage();
  if (whole.isEmpty()) throw new Error('the window gave an empty picture');
  return whole;
}

async function smallPicture(contents: WebContents): Promise<Uint8Array> {
  const whole = await wholePicture(contents);
  const { width, height } = whole.getSize();
  const scale = Math.min(1, SHOT_BOX.width / width, SHOT_BOX.height / height);
  const small = whole.resize({ width: Math.round(width * scale), height: Math.round(height * scale), quality: 'good' });
  const code = `(${SHRINK_PICTURE})(${JSON.stringify(small.toPNG().toString('base64'))})`;
  const webp: unknown = await contents.executeJavaScriptInIsolatedWorld(WORLD, [{ code }]);
  return Buffer.from(z.base64().parse(webp), 'base64');
}
