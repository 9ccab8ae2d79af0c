/** Where an image is drawn, and along which way it is panned. */
import type { Fit } from '../catalogue/content.ts';

/** Width and height in any one unit. */
export type Extent = { width: number; height: number };

/** The drawn size, and the place of its upper left corner at the start and the end; equal where it stands still. */
export type PosterPath = { size: Extent; from: Point; to: Point };

type Point = { x: number; y: number };

/** Most of the stage's side that a pan covers. */
const MOST_SHARE = 0.08;
/** A calm pace: share of the stage's side a second. */
const SHARE_A_SECOND = 0.01;
/** A way shorter than this is hardly seen; the image is drawn larger or smaller then. */
const LEAST_SHARE = 0.03;
const LARGER = 1.06;
const SMALLER = 0.95;

/** What is to be drawn where: the picture's own size, the room it has, and how long it moves. */
export type PosterInput = { picture: Extent; room: Extent; fit: Fit; pan: boolean; movesMs: number };

/** The path. With `cover` no place of the room is ever bare, with `contain` no part of the picture is ever outside it. */
export function posterPath({ picture, room, fit, pan, movesMs }: PosterInput): PosterPath {
  const fitted = scaled(picture, scaleOf(picture, room, fit));
  if (!pan) return still(whole(fitted, fit), room, Math.floor);
  const axis = freeAxis(fitted, room);
  const sideShare = Math.abs(slack(fitted, room, axis)) / room[axis];
  const size = sideShare >= LEAST_SHARE ? fitted : scaled(fitted, fit === 'cover' ? LARGER : SMALLER);
  const shareOfWay = Math.min(MOST_SHARE, (SHARE_A_SECOND * movesMs) / 1_000);
  const wayPx = Math.min(Math.abs(slack(size, room, axis)), shareOfWay * room[axis]);
  const centre = still(size, room, (at) => at).from;
  const shift = (by: number): Point =>
    axis === 'width' ? { x: centre.x + by, y: centre.y } : { x: centre.x, y: centre.y + by };
  return { size, from: shift(wayPx / 2), to: shift(-wayPx / 2) };
}

function scaleOf(picture: Extent, room: Extent, fit: Fit): number {
  const across = room.width / picture.width;
  const down = room.height / picture.height;
  return fit === 'cover' ? Math.max(across, down) : Math.min(across, down);
}

const scaled = ({ width, height }: Extent, by: number): Extent => ({ width: width * by, height: height * by });

const slack = (size: Extent, room: Extent, axis: 'width' | 'height'): number => room[axis] - size[axis];

/** The side along which more is cut off or left over, as a share of the room. */
function freeAxis(size: Extent, room: Extent): 'width' | 'height' {
  const across = Math.abs(slack(size, room, 'width')) / room.width;
  const down = Math.abs(slack(size, room, 'height')) / room.height;
  return across >= down ? 'width' : 'height';
}

/** A picture that stands still is drawn on whole pixels, so that it keeps its edges. */
function whole({ width, height }: Extent, fit: Fit): Extent {
  const round = fit === 'cover' ? Math.ceil : Math.floor;
  // Sizes that are whole but for the last bits of a division are whole.
  const rounded = (px: number): number =>
    Math.max(1, Math.abs(px - Math.round(px)) < 1e-6 ? Math.round(px) : round(px));
  return { width: rounded(width), height: rounded(height) };
}

function still(size: Extent, room: Extent, round: (px: number) => number): PosterPath {
  const at = { x: round(slack(size, room, 'width') / 2), y: round(slack(size, room, 'height') / 2) };
  return { size, from: at, to: at };
}
