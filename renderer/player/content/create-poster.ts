/** A poster on the stage: a picture, whole on a blurred and darkened copy of itself or filling the stage, still or slowly panned. */
import { type PosterPath, posterPath } from '../../../domain/playback/poster-path.ts';
import type { StageContent } from '../../../protocol/stage.ts';
import { nextFrame } from '../stage/next-frame.ts';
import { StageFailure } from '../stage/stage-failure.ts';
import type { StageSize } from '../stage/stage-frame.ts';
import type { Exhibit } from './exhibit.ts';
import { loadPicture } from './load-picture.ts';
import { paintBackdrop } from './paint-backdrop.ts';

/** The largest picture that is shown, in millions of pixels: four bytes each are needed to decode it. */
const LARGEST_MEGAPIXELS = 50;
/** A panned picture stands still again this long before its slot ends. */
const REST_MS = 500;

/** Where the poster goes and what it is; `size` is the stage's. */
export type PosterDeps = {
  place: HTMLElement;
  size(): StageSize;
  picture: Extract<StageContent, { type: 'image' }>;
  durationMs: number;
};

/** A document holds every picture element it ever loaded something into; each place has one, for the life of the page. */
const pictures = new WeakMap<HTMLElement, HTMLImageElement>();

function pictureFor(place: HTMLElement): HTMLImageElement {
  const known = pictures.get(place) ?? new Image();
  pictures.set(place, known);
  return known;
}

/** The poster as content of a layer. */
export function createPoster({ place, size, picture, durationMs }: PosterDeps): Exhibit {
  const { url, fit, pan } = picture;
  const image = pictureFor(place);
  const room = document.createElement('div');
  room.className = 'poster-room';
  const canvas = document.createElement('canvas');
  canvas.className = 'poster';
  room.append(canvas);
  let move: Animation | null = null;
  let over = false;

  const pathNow = (): PosterPath =>
    posterPath({
      picture: { width: image.naturalWidth, height: image.naturalHeight },
      room: { width: Math.max(1, room.clientWidth), height: Math.max(1, room.clientHeight) },
      fit,
      pan,
      movesMs: Math.max(1, durationMs - REST_MS),
    });
  /** Puts the picture in its place and, where it moves, on its way; a move under way goes on from where it is in time. */
  const layOut = ({ size: drawn, from, to }: PosterPath): void => {
    canvas.style.width = `${drawn.width}px`;
    canvas.style.height = `${drawn.height}px`;
    canvas.style.transform = translation(from);
    if (from.x === to.x && from.y === to.y) return;
    const doneMs = move?.currentTime ?? 0;
    const isRunning = move?.playState === 'running';
    move?.cancel();
    move = canvas.animate([{ transform: translation(from) }, { transform: translation(to) }], {
      duration: Math.max(1, durationMs - REST_MS),
      easing: 'cubic-bezier(0.35, 0, 0.65, 1)',
      fill: 'both',
    });
    move.pause();
    move.currentTime = doneMs;
    if (isRunning) move.play();
  };

  return {
    moving: false,
    async prepare() {
      await loadPicture(image, url);
      checkSize(image);
      place.replaceChildren(room);
      const path = pathNow();
      const bitmap = await decodeTo(image, path.size);
      if (over) {
        bitmap.close();
        return;
      }
      if (fit === 'contain') place.prepend(paintBackdrop(bitmap, size()));
      paint(canvas, bitmap);
      layOut(path);
      // Two frames behind what shows: long enough for the compositor to draw it before it is needed.
      await new Promise<void>((resolve) => nextFrame(() => nextFrame(resolve)));
    },
    ahead: null,
    start() {
      move?.play();
    },
    endsAtMs: () => null,
    layout: () => layOut(pathNow()),
    count: () => ({ frames: 1, dropped: 0 }),
    stop() {
      over = true;
      move?.cancel();
      move = null;
      image.onload = null;
      image.onerror = null;
      image.removeAttribute('src');
      canvas.width = 0;
      canvas.height = 0;
    },
  };
}

const translation = ({ x, y }: { x: number; y: number }): string => `translate3d(${x}px, ${y}px, 0)`;

function checkSize({ naturalWidth, naturalHeight }: HTMLImageElement): void {
  if ((naturalWidth * naturalHeight) / 1e6 <= LARGEST_MEGAPIXELS) return;
  const size = `${naturalWidth}×${naturalHeight}`;
  throw new StageFailure('unsupported', `the picture has ${size} pixels, at most ${LARGEST_MEGAPIXELS} million`);
}

/** Decodes at the size drawn, so that a large picture is held in full only while it is decoded. */
function decodeTo(image: HTMLImageElement, drawn: { width: number; height: number }): Promise<ImageBitmap> {
  const scale = window.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(Math.min(image.naturalWidth, drawn.width * scale)));
  const height = Math.max(1, Math.round(Math.min(image.naturalHeight, drawn.height * scale)));
  return createImageBitmap(image, { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' }).catch(
    (thrown: unknown) => {
      throw new StageFailure('decode', `the picture cannot be decoded: ${thrown}`);
    },
  );
}

function paint(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const brush = canvas.getContext('bitmaprenderer');
  if (brush === null) throw new StageFailure('unsupported', 'this browser puts no picture on a canvas');
  brush.transferFromImageBitmap(bitmap);
}
