// The shared drawing kit: colour themes, easing, text and simple shapes for every film and poster.

/** The drawing surface every scene paints on. */
export type Ctx = CanvasRenderingContext2D;

/** The colours of one campaign phase. */
export interface Theme {
  deep: string;
  main: string;
  soft: string;
  paper: string;
  ink: string;
  accent: string;
  gold: string;
  white: string;
}

/** Phase 1, home visits: jade green with warm orange. */
export const VISIT_THEME: Theme = {
  deep: '#0e4a48',
  main: '#1c7d74',
  soft: '#d5ebe4',
  paper: '#fbf7ee',
  ink: '#12312f',
  accent: '#dd6430',
  gold: '#f6bd4b',
  white: '#ffffff',
};

/** Phase 2, rental housing: calm indigo with warm vermilion. */
export const RENTAL_THEME: Theme = {
  deep: '#1c2e5c',
  main: '#3659a8',
  soft: '#dbe5f6',
  paper: '#faf7f0',
  ink: '#18223f',
  accent: '#d9542f',
  gold: '#f6bd4b',
  white: '#ffffff',
};

const FAMILY = '"Noto Sans CJK SC"';

/** Keeps a number between 0 and 1. */
export function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** Progress from 0 to 1 of a movement that starts at startMs, slowing softly at its end. */
export function enter(t: number, startMs: number, lengthMs = 560): number {
  const left = 1 - clamp01((t - startMs) / lengthMs);
  return 1 - left * left * left;
}

/** Progress from 0 to 1 that starts and ends softly, for wipes and sweeps. */
export function glide(t: number, startMs: number, lengthMs: number): number {
  const p = clamp01((t - startMs) / lengthMs);
  return p < 0.5 ? 4 * p * p * p : 1 - (2 - 2 * p) ** 3 / 2;
}

/** A value that swings between -1 and 1 once every periodMs. */
export function swing(t: number, periodMs: number, phase = 0): number {
  return Math.sin((t / periodMs + phase) * Math.PI * 2);
}

/** Paints with the origin moved to (x, y), scaled and turned, and puts the context back. */
export function at(ctx: Ctx, x: number, y: number, scale: number, paint: () => void, turn = 0): void {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(turn);
  ctx.scale(scale, scale);
  paint();
  ctx.restore();
}

/** Paints something that fades in while rising (or sliding, with dx) to its place. */
export function reveal(ctx: Ctx, progress: number, paint: () => void, dx = 0, dy = 36): void {
  if (progress <= 0) {
    return;
  }
  ctx.save();
  ctx.globalAlpha *= progress;
  ctx.translate((1 - progress) * dx, (1 - progress) * dy);
  paint();
  ctx.restore();
}

/** Fills a rectangle with rounded corners. */
export function box(
  ctx: Ctx,
  x: number,
  y: number,
  w: number,
  h: number,
  radius: number | number[],
  colour: string,
): void {
  ctx.beginPath();
  ctx.roundRect(x, y, w, h, radius);
  ctx.fillStyle = colour;
  ctx.fill();
}

/** Fills a circle. */
export function disc(ctx: Ctx, x: number, y: number, radius: number, colour: string): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, Math.PI * 2);
  ctx.fillStyle = colour;
  ctx.fill();
}

/** Strokes a circle. */
export function ring(ctx: Ctx, x: number, y: number, radius: number, width: number, colour: string): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, Math.PI * 2);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

/** Fills an SVG path. */
export function shape(ctx: Ctx, path: string, colour: string): void {
  ctx.fillStyle = colour;
  ctx.fill(new Path2D(path));
}

/** Strokes an SVG path with round ends; drawn < 1 shows only its first part (length in path units). */
export function line(ctx: Ctx, path: string, width: number, colour: string, drawn = 1, length = 100): void {
  if (drawn <= 0) {
    return;
  }
  ctx.save();
  ctx.lineCap = 'round';
  ctx.lineJoin = 'round';
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  if (drawn < 1) {
    ctx.setLineDash([length * drawn, length * 4]);
  }
  ctx.stroke(new Path2D(path));
  ctx.restore();
}

/** How a line of text is set. */
export interface TextStyle {
  size: number;
  colour: string;
  bold?: boolean;
  align?: 'left' | 'center' | 'right';
  spacing?: number;
}

/** Chooses the campaign typeface for what is drawn next. */
export function setType(ctx: Ctx, style: TextStyle): void {
  ctx.font = `${style.bold === false ? 400 : 700} ${style.size}px ${FAMILY}`;
  ctx.letterSpacing = `${style.spacing ?? 0}px`;
  ctx.textAlign = style.align ?? 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = style.colour;
}

/** Sets one line of text with its baseline at y. */
export function label(ctx: Ctx, words: string, x: number, y: number, style: TextStyle): void {
  setType(ctx, style);
  ctx.fillText(words, x, y);
}

/** The width one line of text will take. */
export function widthOf(ctx: Ctx, words: string, style: TextStyle): number {
  setType(ctx, style);
  return ctx.measureText(words).width;
}

/** Draws a filled capsule with text centred in it and returns its width. */
export function capsule(
  ctx: Ctx,
  words: string,
  x: number,
  y: number,
  height: number,
  fill: string,
  style: TextStyle,
): number {
  const width = widthOf(ctx, words, style) + height;
  box(ctx, x, y, width, height, height / 2, fill);
  label(ctx, words, x + height / 2, y + height / 2 + style.size * 0.36, { ...style, align: 'left' });
  return width;
}
