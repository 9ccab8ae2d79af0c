// What every page of a film stands in: ground, campaign header and the progress line.
import { box, type Ctx, disc, label, shape, swing, type TextStyle, type Theme, widthOf } from './drawing.ts';
import { skyline } from './people-and-places.ts';

/** The width of every film. */
export const WIDTH = 1280;
/** The height of every film. */
export const HEIGHT = 720;
/** The safe margin left and right. */
export const MARGIN = 72;

/** One page of a film: how long it stays, its ground, and how it is painted at local time t. */
export interface Page {
  lengthMs: number;
  ground: 'deep' | 'paper';
  paint: (ctx: Ctx, theme: Theme, t: number) => void;
}

/** Paints the ground of a page; filmT keeps the skyline moving without a jump across pages. */
export function ground(ctx: Ctx, theme: Theme, kind: 'deep' | 'paper', filmT: number): void {
  ctx.fillStyle = kind === 'deep' ? theme.deep : theme.paper;
  ctx.fillRect(0, 0, WIDTH, HEIGHT);
  if (kind === 'deep') {
    skyline(ctx, WIDTH, 652, 0.62, filmT, 'rgba(246,189,75,0.30)');
    ctx.fillStyle = 'rgba(0,0,0,0.16)';
    ctx.fillRect(0, 652, WIDTH, 68);
  }
}

/** The campaign mark: an open door in a rounded square. */
export function mark(ctx: Ctx, theme: Theme, x: number, y: number, size: number): void {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size / 44, size / 44);
  box(ctx, 0, 0, 44, 44, 12, theme.accent);
  box(ctx, 13, 9, 18, 27, [9, 9, 0, 0], theme.gold);
  shape(ctx, 'M13 18 C13 12 17 9 20 9 L25 14 V36 H13 Z', theme.white);
  ctx.restore();
}

/** The header with the campaign line on the left and the phase on the right. */
export function header(ctx: Ctx, theme: Theme, kind: 'deep' | 'paper', phaseLine: string): void {
  const colour = kind === 'deep' ? theme.white : theme.ink;
  mark(ctx, theme, MARGIN, 44, 44);
  label(ctx, '入户听民声  服务暖民心', MARGIN + 60, 77, { size: 30, colour, spacing: 1 });
  const style: TextStyle = { size: 28, colour };
  const width = widthOf(ctx, phaseLine, style);
  label(ctx, phaseLine, WIDTH - MARGIN - width, 76, style);
}

/** The progress line that always moves: one segment a page, with a bead running along. */
export function progress(ctx: Ctx, theme: Theme, kind: 'deep' | 'paper', pages: Page[], filmT: number): void {
  const total = pages.reduce((sum, page) => sum + page.lengthMs, 0);
  const span = WIDTH - MARGIN * 2;
  const rail = kind === 'deep' ? 'rgba(255,255,255,0.26)' : theme.soft;
  const fill = kind === 'deep' ? theme.gold : theme.main;
  let startMs = 0;
  for (const page of pages) {
    const x = MARGIN + (startMs / total) * span;
    const width = (page.lengthMs / total) * span - 8;
    box(ctx, x, 680, width, 10, 5, rail);
    const done = Math.min(1, (filmT - startMs) / page.lengthMs);
    if (done > 0) {
      box(ctx, x, 680, Math.max(10, width * done), 10, 5, fill);
    }
    startMs += page.lengthMs;
  }
  const bead = MARGIN + (filmT / total) * span - 4;
  disc(ctx, bead, 685, 15 + swing(filmT, 1000) * 2, theme.accent);
  disc(ctx, bead, 685, 6, theme.white);
}
