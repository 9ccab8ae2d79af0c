/** One of the two layers of the stage: a film player and a place for still content, shown or waiting behind the other. */
import { createFilmPlayer, type FilmPlayer } from './film-player.ts';
import { createFilmVoice } from './film-voice.ts';
import type { StageSize } from './stage-frame.ts';

/** A layer; `raise` puts it over the other and lets its film be heard, `lower` puts it behind and hushes it. */
export type Plane = {
  readonly film: FilmPlayer;
  readonly still: HTMLElement;
  /** The stage's size. */
  readonly size: () => StageSize;
  raise(): void;
  lower(): void;
  /** The volume of the screen, 0 to 1. */
  setVolume(level: number): void;
  /** Lets another element be heard while the layer is on the screen; gives what ends that. */
  hear(element: HTMLMediaElement): () => void;
};

/** Adds a layer to `stage`, waiting behind. */
export function createPlane(stage: HTMLElement, size: () => StageSize): Plane {
  const root = document.createElement('section');
  root.className = 'plane';
  const film = createFilmPlayer(root);
  const still = document.createElement('div');
  still.className = 'still';
  root.append(still);
  stage.append(root);
  const voices = new Set([film.voice]);
  let volume = 0;
  return {
    film,
    still,
    size,
    raise() {
      root.setAttribute('data-on', '');
      for (const voice of voices) voice.speak();
    },
    lower() {
      root.removeAttribute('data-on');
      for (const voice of voices) voice.hush();
    },
    setVolume(level) {
      volume = level;
      for (const voice of voices) voice.setVolume(level);
    },
    hear(element) {
      const voice = createFilmVoice(element);
      voice.setVolume(volume);
      voices.add(voice);
      return () => {
        voice.cut();
        voices.delete(voice);
      };
    },
  };
}
