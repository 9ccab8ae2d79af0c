/** Fetches a picture into an image element, or says why that cannot be. Nothing is decoded but its size. */
import { StageFailure } from '../stage/stage-failure.ts';

const LOAD_TIMEOUT_MS = 10_000;

/** Resolves when the size of the picture is known; rejects with a StageFailure. */
export function loadPicture(image: HTMLImageElement, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new StageFailure('timeout', `no picture within ${LOAD_TIMEOUT_MS} ms`)),
      LOAD_TIMEOUT_MS,
    );
    image.onload = () => {
      clearTimeout(timer);
      resolve();
    };
    image.onerror = () => {
      clearTimeout(timer);
      void pictureFailure(url).then(reject);
    };
    image.src = url;
  });
}

async function pictureFailure(url: string): Promise<StageFailure> {
  try {
    const response = await fetch(url, { headers: { range: 'bytes=0-0' } });
    await response.body?.cancel();
    if (!response.ok) return new StageFailure('load', `HTTP ${response.status} for the picture`);
    return new StageFailure('decode', 'the file cannot be read as a picture');
  } catch (thrown) {
    return new StageFailure('load', `no answer for the picture: ${thrown}`);
  }
}
