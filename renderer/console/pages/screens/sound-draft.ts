/** The sound of a screen while it is being edited. */
import type { Sound } from '../../../../domain/catalogue/organisation.ts';

/** When films are heard. */
export type SoundMode = 'off' | 'always' | 'parts';

const USUAL: Sound = { volume: 50, dayParts: [] };
const DAYTIME: Sound['dayParts'] = [{ from: '08:00', to: '20:00' }];

/** Which of them `sound` is. */
export function soundMode(sound: Sound | null): SoundMode {
  if (sound === null) return 'off';
  return sound.dayParts.length === 0 ? 'always' : 'parts';
}

/** `sound` brought into another mode; its volume is kept, half of full where there was none. */
export function soundIn(mode: SoundMode, sound: Sound | null): Sound | null {
  const from = sound ?? USUAL;
  switch (mode) {
    case 'off':
      return null;
    case 'always':
      return { ...from, dayParts: [] };
    case 'parts':
      return from.dayParts.length > 0 ? from : { ...from, dayParts: DAYTIME };
  }
}
