// Paints any moment of a film: the page of that moment, and the slanted wipe between two pages.
import { type Ctx, glide, type Theme } from './drawing.ts';
import { ground, HEIGHT, header, type Page, progress, WIDTH } from './frame.ts';

/** A film: its file name, its theme and its pages in order. */
export interface Film {
  id: string;
  theme: Theme;
  phaseLine: string;
  sound: boolean;
  pages: Page[];
}

/** How long a wipe takes. */
const WIPE_MS = 640;
/** The first page opens with its words already arriving, so the first frame is never empty. */
const LEAD_MS = 760;

/** The length of a film in milliseconds. */
export function lengthOf(film: Film): number {
  return film.pages.reduce((sum, page) => sum + page.lengthMs, 0);
}

function paintPage(ctx: Ctx, film: Film, index: number, localT: number, filmT: number): void {
  const page = film.pages[index];
  if (page === undefined) {
    return;
  }
  ground(ctx, film.theme, page.ground, filmT);
  header(ctx, film.theme, page.ground, film.phaseLine);
  page.paint(ctx, film.theme, index === 0 ? localT + LEAD_MS : localT);
  progress(ctx, film.theme, page.ground, film.pages, filmT);
}

function slant(ctx: Ctx, edge: number, width: number): void {
  ctx.beginPath();
  ctx.moveTo(edge + 110, 0);
  ctx.lineTo(edge + 110 + width, 0);
  ctx.lineTo(edge - 110 + width, HEIGHT);
  ctx.lineTo(edge - 110, HEIGHT);
  ctx.closePath();
}

/** Paints the film as it looks at filmT milliseconds; the same time always gives the same picture. */
export function paintFilm(ctx: Ctx, film: Film, filmT: number): void {
  let startMs = 0;
  let index = 0;
  for (const [i, page] of film.pages.entries()) {
    index = i;
    if (filmT < startMs + page.lengthMs || i === film.pages.length - 1) {
      break;
    }
    startMs += page.lengthMs;
  }
  const localT = filmT - startMs;
  const before = film.pages[index - 1];
  if (before === undefined || localT >= WIPE_MS) {
    paintPage(ctx, film, index, localT, filmT);
    return;
  }
  paintPage(ctx, film, index - 1, localT + before.lengthMs, filmT);
  const edge = WIDTH + 220 - glide(localT, 0, WIPE_MS) * (WIDTH + 560);
  slant(ctx, edge, 90);
  ctx.fillStyle = film.theme.gold;
  ctx.fill();
  ctx.save();
  slant(ctx, edge + 84, WIDTH * 2);
  ctx.clip();
  paintPage(ctx, film, index, localT, filmT);
  ctx.restore();
}
