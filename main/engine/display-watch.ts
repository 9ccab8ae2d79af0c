/** Tells the stage how the display hangs and how loud films are, whenever that changes by program or clock. */
import type { Rotation, Sound } from '../../domain/catalogue/organisation.ts';
import type { Interval } from '../../domain/time/interval.ts';
import { openIntervals, withinDayParts } from '../../domain/time/opening-hours.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { StageCommand } from '../../protocol/stage.ts';
import type { ActiveProgram } from './cue.ts';

type DisplayCommand = Extract<StageCommand, { type: 'display' }>;

/** The watch. */
export type DisplayWatch = {
  /** Looks at the clock; to be called about once a second. `date` is the date of service. Without a program the display stays as it hangs, silent. */
  look(active: ActiveProgram | null, date: LocalDate | null, nowMs: number): void;
  /** The page is new and knows nothing: the next look tells it. */
  forget(): void;
};

/** `hangs`: the rotation of the last program this player had, for a player without one. */
export function createDisplayWatch(send: (command: DisplayCommand) => void, hangs: () => Rotation): DisplayWatch {
  const loudTimes = createLoudTimes();
  let told: DisplayCommand | null = null;
  return {
    look(active, date, nowMs) {
      const rotation = active ? (active.program.display?.rotation ?? 0) : hangs();
      const sound = active?.program.display?.sound;
      const isLoud =
        active && date !== null && sound !== undefined
          ? loudTimes(active, sound, date).some(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs)
          : false;
      const volume = isLoud && sound !== undefined ? sound.volume : 0;
      if (told?.rotation === rotation && told.volume === volume) return;
      told = { type: 'display', rotation, volume };
      send(told);
    },
    forget() {
      told = null;
    },
  };
}

/** When a program is to be heard on a date; the last answer is remembered, since it is asked for every second. */
function createLoudTimes(): (active: ActiveProgram, sound: Sound, date: LocalDate) => Interval[] {
  let known: { hash: string; date: LocalDate; times: Interval[] } | null = null;
  return ({ hash, program }, sound, date) => {
    if (known?.hash !== hash || known.date !== date) {
      const { openingHours, timeZone } = program;
      const open = openIntervals(openingHours, date, timeZone);
      known = { hash, date, times: withinDayParts(open, sound.dayParts, date, timeZone) };
    }
    return known.times;
  };
}
