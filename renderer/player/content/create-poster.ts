/** A poster on the stage: the whole picture, on a blurred and darkened copy of itself where it leaves room. */
import { nextFrame } from '../stage/next-frame.ts';
import { StageFailure } from '../stage/stage-failure.ts';
import type { Exhibit } from './exhibit.ts';
import { paintBackdrop } from './paint-backdrop.ts';

/** The largest picture that is shown, in millions of pixels: four bytes each are needed to decode it. */
const LARGEST_MEGAPIXELS = 50;
const LOAD_TIMEOUT_MS = 10_000;

/** Where the poster goes and where it comes from. */
export type PosterDeps = { place: HTMLElement; url: string };

/** The poster as content of a layer. */
export function createPoster({ place, url }: PosterDeps): Exhibit {
  const image = new Image();
  image.className = 'poster';
  image.alt = '';
  let over = false;
  return {
    moving: false,
    async prepare() {
      await loaded(image, url);
      const megapixels = (image.naturalWidth * image.naturalHeight) / 1e6;
      if (megapixels > LARGEST_MEGAPIXELS) {
        const size = `${image.naturalWidth}×${image.naturalHeight}`;
        throw new StageFailure('unsupported', `the picture has ${size} pixels, at most ${LARGEST_MEGAPIXELS} million`);
      }
      await image.decode().catch((thrown: unknown) => {
        throw new StageFailure('decode', `the picture cannot be decoded: ${thrown}`);
      });
      if (over) return;
      place.replaceChildren(paintBackdrop(image), image);
      // Two frames behind what shows: long enough for the compositor to draw it before it is needed.
      await new Promise<void>((resolve) => nextFrame(() => nextFrame(resolve)));
    },
    start() {},
    endsAtMs: () => null,
    layout() {},
    count: () => ({ frames: 1, dropped: 0 }),
    stop() {
      over = true;
      image.removeAttribute('src');
    },
  };
}

function loaded(image: HTMLImageElement, url: string): Promise<void> {
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
