/** One video.js player without any interface, made once and used for film after film, so that memory stays flat. */
import videojs from 'video.js/core.es.js';
import { BARE_PLAYER } from './bare-player.ts';
import { createFilmVoice, type FilmVoice } from './film-voice.ts';

/** What the stage needs of a player. */
export type FilmPlayer = {
  /** The element that plays; the same one for the life of the page. */
  readonly element: HTMLVideoElement;
  /** Loads a film and stays paused on its first frame. */
  load(url: string, mime: string): void;
  /** Plays from where it stands; rejects when the browser refuses. */
  play(): Promise<void>;
  /** Stops and goes back to the first frame. */
  rewind(): void;
  /** Its sound. */
  readonly voice: FilmVoice;
  /** Shows or hides the picture without touching what plays. */
  reveal(on: boolean): void;
  /** Stops and lets go of the film and its decoder. */
  clear(): void;
};

/** A film ends once, and brings no texts. */
const OPTIONS = { ...BARE_PLAYER, loop: false, html5: { nativeTextTracks: false } };

/** Adds a player to `parent`. Throws when video.js made no media element, which is a broken build. */
export function createFilmPlayer(parent: HTMLElement): FilmPlayer {
  Object.assign(window, { VIDEOJS_NO_DYNAMIC_STYLE: true });
  videojs.log.level('error');
  const mount = document.createElement('video');
  mount.className = 'film';
  mount.muted = true;
  parent.append(mount);
  const player = videojs(mount, OPTIONS);
  const element = parent.querySelector('video');
  if (element === null) throw new Error('video.js made no media element');
  element.disableRemotePlayback = true;
  const voice = createFilmVoice(element);
  return {
    element,
    voice,
    load(url, mime) {
      player.error(null);
      player.src({ src: url, type: mime });
    },
    async play() {
      await player.play();
    },
    rewind() {
      player.pause();
      element.currentTime = 0;
    },
    reveal(on) {
      element.style.visibility = on ? 'visible' : 'hidden';
    },
    clear() {
      player.pause();
      voice.cut();
      element.style.visibility = 'hidden';
      element.removeAttribute('src');
      element.load();
      player.error(null);
    },
  };
}
