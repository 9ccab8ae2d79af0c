/** The sound of one film player: silent until its film is on the screen, and never louder or softer in one jump. */

/**
 * A film that will be heard waits at this level, 120 dB down, instead of muted: a browser gives a muted element no way to the loudspeaker, and looking for
 * one as the film starts makes its picture stand still for a frame.
 */
const INAUDIBLE = 1e-6;
/** From silence to the screen's volume and back at a switch: too short to be missed, too long to click. */
const SWITCH_FADE_MS = 50;
/** A volume that changes while a film plays, as a day part begins or ends. */
const CHANGE_FADE_MS = 1_500;
const STEP_MS = 10;

/** The voice of an element. Levels are 0 (silent) to 1 (full). */
export type FilmVoice = {
  /** The film is on the screen: fades in to the volume. */
  speak(): void;
  /** The film leaves the screen: fades out. */
  hush(): void;
  /** Silent at once; for an element that plays nothing. */
  cut(): void;
  /** The volume of the screen from now on. */
  setVolume(level: number): void;
};

/** The level of a fade `goneMs` after its start; `overMs` is what it lasts. */
export function fadeLevel(from: number, to: number, goneMs: number, overMs: number): number {
  if (goneMs >= overMs) return to;
  return from + (to - from) * Math.max(0, goneMs / overMs);
}

/** Gives `element` a voice, silent at first. On a silent screen it is muted too, so that the browser need not mix it. */
export function createFilmVoice(element: HTMLMediaElement): FilmVoice {
  let volume = 0;
  let speaks = false;
  let fading: ReturnType<typeof setInterval> | undefined;

  const put = (level: number): void => {
    element.volume = Math.min(1, Math.max(INAUDIBLE, level));
    element.muted = level <= 0 && volume <= 0;
  };
  const fadeTo = (to: number, overMs: number): void => {
    clearInterval(fading);
    const from = element.muted || element.volume <= INAUDIBLE ? 0 : element.volume;
    if (from === to) {
      put(to);
      return;
    }
    const startedAtMs = performance.now();
    fading = setInterval(() => {
      const level = fadeLevel(from, to, performance.now() - startedAtMs, overMs);
      put(level);
      if (level === to) clearInterval(fading);
    }, STEP_MS);
  };
  put(0);
  return {
    speak() {
      speaks = true;
      fadeTo(volume, SWITCH_FADE_MS);
    },
    hush() {
      speaks = false;
      fadeTo(0, SWITCH_FADE_MS);
    },
    cut() {
      speaks = false;
      clearInterval(fading);
      put(0);
    },
    setVolume(level) {
      volume = level;
      if (speaks) fadeTo(volume, CHANGE_FADE_MS);
      else fadeTo(0, SWITCH_FADE_MS);
    },
  };
}
