/** Makes the content of a slot on a layer, by its type. */
import type { StageContent } from '../../../protocol/stage.ts';
import type { FilmLead } from '../stage/film-lead.ts';
import type { FrameCounter } from '../stage/frame-counter.ts';
import type { Plane } from '../stage/plane.ts';
import type { StageFailure } from '../stage/stage-failure.ts';
import { createCard } from './create-card.ts';
import { createFilm } from './create-film.ts';
import { createLive } from './create-live.ts';
import { createPoster } from './create-poster.ts';
import { createTickerPage } from './create-ticker-page.ts';
import type { Exhibit } from './exhibit.ts';

/** Where it goes, how long it shows, and who hears of trouble after its start. */
export type ExhibitDeps = {
  plane: Plane;
  durationMs: number;
  frames: FrameCounter;
  lead: FilmLead;
  onBroken(failure: StageFailure): void;
};

/** The content, not prepared yet. */
export function createExhibit(content: StageContent, deps: ExhibitDeps): Exhibit {
  const { plane, durationMs, frames, lead, onBroken } = deps;
  switch (content.type) {
    case 'video':
      return createFilm({ player: plane.film, film: content, durationMs, frames, lead, onBroken });
    case 'live':
      return createLive({ plane, url: content.url, frames, onBroken });
    case 'image':
      return createPoster({ place: plane.still, size: plane.size, picture: content, durationMs });
    case 'card':
      return createCard({ place: plane.still, size: plane.size, slogan: content, durationMs });
    case 'ticker':
      return createTickerPage({ place: plane.still, size: plane.size, slogan: content, durationMs });
  }
}
