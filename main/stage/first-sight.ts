/** Says when a stage that starts behind something has something to show. */
import type { StageCommand, StageEvent } from '../../protocol/stage.ts';
import type { Timers } from '../clock.ts';

/** A stage that has nothing to show for this long is seen all the same. */
const LIMIT_MS = 30_000;

/** Hears what the stage is told and what it answers. */
export type FirstSight = { told(command: StageCommand): void; answered(event: StageEvent): void };

/**
 * Calls `show` once: with the first slot, with what is no mere waiting for it, or after half a minute. `isUndrawn`: nothing of the stage is drawn before it is seen,
 * so that it has to be seen when the first slot is to begin.
 */
export function createFirstSight(show: () => void, timers: Timers, isUndrawn = false): FirstSight {
  let isShown = false;
  function showOnce(): void {
    cancel();
    if (isShown) return;
    isShown = true;
    show();
  }
  const cancel = timers.after(LIMIT_MS, showOnce);
  return {
    told(command) {
      if (isToBeSeen(command) || (isUndrawn && command.type === 'show')) showOnce();
    },
    answered(event) {
      if (event.type === 'started') showOnce();
    },
  };
}

function isToBeSeen(command: StageCommand): boolean {
  switch (command.type) {
    case 'takeover':
      return command.message !== null;
    case 'idle':
      return command.reason === 'closed' || command.reason === 'no-program';
    case 'pairing':
    case 'identify':
      return true;
    case 'prepare':
    case 'show':
    case 'display':
    case 'ticker':
      return false;
  }
}
