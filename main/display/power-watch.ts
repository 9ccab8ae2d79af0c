/** Keeps the display on while there is something to show, and off while the screen is closed. */
import type { Program } from '../../domain/plan/program.ts';
import { isDisplayTime } from '../../domain/playback/display-hours.ts';
import type { StageCommand } from '../../protocol/stage.ts';
import type { Clock } from '../disciplined-clock.ts';
import type { Incidents } from '../incidents.ts';
import { type Log, messageOf } from '../log.ts';
import type { DisplayPower, PowerState } from './display-power.ts';

/** A display is told again what it is this often: somebody may have used its remote control. */
const ASSERT_MS = 300_000;
/** One that could not be told is told again after this. */
const RETRY_MS = 30_000;
const SUBJECT = 'display';

/** The watch. */
export type PowerWatch = {
  /** Looks what the display is to be; to be called about once a second. */
  tick(): void;
  /** Takes a command to the page: while a slot, a pairing code or a takeover stands there the display is on. */
  sent(command: StageCommand): void;
  /** Keeps the display on for the next `forMs`, whatever the hours. */
  holdOn(forMs: number): void;
  /** What the display was told last; null where it cannot be told, or was not yet. */
  state(): PowerState | null;
};

/** What the watch looks at. `program` null: there is none, and what the screen says instead is to be seen. */
export type PowerWatchDeps = {
  power: DisplayPower | null;
  clock: Clock;
  incidents: Incidents;
  log: Log;
  program: () => Pick<Program, 'openingHours' | 'timeZone'> | null;
};

/** Creates the watch. A failure opens `display-failing`, and nothing else. */
export function createPowerWatch({ power, clock, incidents, log, program }: PowerWatchDeps): PowerWatch {
  let told: PowerState | null = null;
  let asked: PowerState | null = null;
  let isTelling = false;
  let nextM = 0;
  let holdUntilM = 0;
  let hasSlot = false;
  let isTakenOver = false;

  function wanted(): PowerState {
    const hours = program();
    if (!hours || hasSlot || isTakenOver || clock.monoMs() < holdUntilM) return 'on';
    return isDisplayTime(hours.openingHours, hours.timeZone, clock.nowMs()) ? 'on' : 'off';
  }

  async function tell(by: DisplayPower, state: PowerState): Promise<void> {
    isTelling = true;
    if (state !== told) log('info', 'display power', { state, by: by.name });
    try {
      await by.set(state);
      incidents.close('display-failing', SUBJECT);
      told = state;
      nextM = clock.monoMs() + ASSERT_MS;
    } catch (error) {
      incidents.open('display-failing', SUBJECT, messageOf(error));
      nextM = clock.monoMs() + RETRY_MS;
    } finally {
      isTelling = false;
    }
  }

  function tick(): void {
    if (!power || isTelling) return;
    const state = wanted();
    if (state === asked && clock.monoMs() < nextM) return;
    asked = state;
    void tell(power, state);
  }

  return {
    tick,
    sent(command) {
      if (command.type === 'show' || command.type === 'pairing') hasSlot = true;
      else if (command.type === 'idle') hasSlot = false;
      else if (command.type === 'takeover') isTakenOver = command.message !== null;
      else return;
      if (hasSlot || isTakenOver) tick();
    },
    holdOn(forMs) {
      holdUntilM = Math.max(holdUntilM, clock.monoMs() + forMs);
      tick();
    },
    state: () => told,
  };
}
