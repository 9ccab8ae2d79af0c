// The browser side of the maker: gives it the list of works and paints their pictures on request.
import type { Ctx } from './drawing.ts';
import { rentalSafety, tenantDeclare } from './films-rental.ts';
import { bookVisit, homeVisit } from './films-visit.ts';
import { HEIGHT, WIDTH } from './frame.ts';
import { type Film, lengthOf, paintFilm } from './player.ts';
import { bookVisitLandscape, homeVisitPortrait, type Poster, rentalRulesLandscape } from './posters.ts';

const films: Film[] = [homeVisit, bookVisit, rentalSafety, tenantDeclare];
const posters: Poster[] = [homeVisitPortrait, rentalRulesLandscape, bookVisitLandscape];

function surface(width: number, height: number): { canvas: HTMLCanvasElement; ctx: Ctx } {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  // Reading pixels back each frame is far quicker from a canvas that lives in main memory.
  const ctx = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (ctx === null) {
    throw new Error('this browser has no 2d canvas');
  }
  return { canvas, ctx };
}

const screen = surface(WIDTH, HEIGHT);

/** Paints the film at each of the given times and returns one PNG (base64) for each. */
function frames(id: string, times: number[]): string[] {
  const film = films.find((one) => one.id === id);
  if (film === undefined) {
    throw new Error(`no film ${id}`);
  }
  return times.map((t) => {
    paintFilm(screen.ctx, film, t);
    return screen.canvas.toDataURL('image/png').slice('data:image/png;base64,'.length);
  });
}

/** Paints a poster and returns it (base64) without loss: at quality 1 WebP is lossless too. */
function still(id: string): string {
  const poster = posters.find((one) => one.id === id);
  if (poster === undefined) {
    throw new Error(`no poster ${id}`);
  }
  const { canvas, ctx } = surface(poster.width, poster.height);
  poster.paint(ctx);
  const type = `image/${poster.format}`;
  return canvas.toDataURL(type, 1).slice(`data:${type};base64,`.length);
}

const works = {
  films: films.map((film) => ({ id: film.id, sound: film.sound, lengthMs: lengthOf(film) })),
  posters: posters.map(({ id, format }) => ({ id, format })),
};

Object.assign(window, { stage: { works, frames, still } });
