/** One of the two layers of the stage: a film player and a place for still content, shown or waiting behind the other. */
import { createFilmPlayer, type FilmPlayer } from './film-player.ts';

/** A layer; `raise` puts it over the other, `lower` behind. */
export type Plane = {
  readonly film: FilmPlayer;
  readonly still: HTMLElement;
  raise(): void;
  lower(): void;
};

/** Adds a layer to `stage`, waiting behind. */
export function createPlane(stage: HTMLElement): Plane {
  const root = document.createElement('section');
  root.className = 'plane';
  const film = createFilmPlayer(root);
  const still = document.createElement('div');
  still.className = 'still';
  root.append(still);
  stage.append(root);
  return {
    film,
    still,
    raise: () => root.setAttribute('data-on', ''),
    lower: () => root.removeAttribute('data-on'),
  };
}
