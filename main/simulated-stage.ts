/** A stage without a screen: obeys every command by the clock, as a faultless page would. For tests, simulations and load. */
import type { StageCommand, StageEvent } from '../protocol/stage.ts';
import { every, type Timers } from './clock.ts';
import type { StagePort } from './stage-port.ts';

/** Ends the build id of a player without a screen, so that nobody takes its records for showings. */
export const SIMULATED_BUILD_SUFFIX = '-simulated';

/** What may go wrong with a simulated slot; `started` false: it fails before its first frame. */
export type SimulatedFault = { reason: Extract<StageEvent, { type: 'failed' }>['reason'] };

/** What a simulated stage shows: 16 by 9 pixels of one blue, as WebP. */
const PICTURE = 'UklGRjIAAABXRUJQVlA4ICYAAACQAQCdASoQAAkAAsBMJaACdLoAA5gA/vCbQ+1MEkZAH13i0vAAAA==';

/** Frames a second of a simulated film. */
const FRAME_RATE = 25;

/** A stage that is ready at once. `monoMs` measures showings; `faultOf` says what fails. */
export function createSimulatedStage(
  timers: Timers,
  monoMs: () => number,
  faultOf: (command: Extract<StageCommand, { type: 'prepare' }>) => SimulatedFault | null = () => null,
): StagePort & { stop(): void } {
  type Slot = { id: string; isVideo: boolean; startM: number };
  let listener: (event: StageEvent) => void = () => undefined;
  let prepared: { id: string; isVideo: boolean } | null = null;
  let shown: Slot | null = null;
  let cancelShow: (() => void) | null = null;
  // The page answers from its own task, never from within the command.
  const emit = (event: StageEvent): void => {
    timers.after(0, () => listener(event));
  };
  const stopPulse = every(timers, 1000, () =>
    emit({ type: 'pulse', showing: shown?.id ?? null, frames: shown?.isVideo ? FRAME_RATE : 0 }),
  );

  function finish(): void {
    if (!shown) return;
    const { id, isVideo, startM } = shown;
    const shownMs = Math.round(monoMs() - startM);
    const frames = isVideo ? Math.max(1, Math.round((shownMs * FRAME_RATE) / 1000)) : 1;
    shown = null;
    emit({ type: 'finished', id, shownMs, frames, dropped: 0, visible: true });
  }

  function switchTo(next: { id: string; isVideo: boolean }): void {
    finish();
    prepared = null;
    shown = { ...next, startM: monoMs() };
    emit({ type: 'started', id: next.id });
  }

  function send(command: StageCommand): void {
    switch (command.type) {
      case 'prepare': {
        const fault = faultOf(command);
        prepared = fault ? null : { id: command.id, isVideo: command.content.type === 'video' };
        emit(
          fault
            ? { type: 'failed', id: command.id, detail: 'simulated', ...fault }
            : { type: 'prepared', id: command.id },
        );
        break;
      }
      case 'show': {
        const next = prepared;
        if (next?.id !== command.id) return;
        cancelShow?.();
        cancelShow = timers.after(command.inMs, () => switchTo(next));
        break;
      }
      case 'idle':
      case 'pairing':
        cancelShow?.();
        finish();
        break;
      case 'ticker':
      case 'takeover':
      case 'identify':
      case 'display':
        break;
    }
  }

  return {
    send,
    onEvent(next) {
      listener = next;
      emit({ type: 'ready' });
    },
    restart() {
      // A page that is gone ends nothing and shows nothing that was called.
      cancelShow?.();
      prepared = null;
      shown = null;
      emit({ type: 'ready' });
    },
    capture: async () => Buffer.from(PICTURE, 'base64'),
    picture: () => Promise.reject(new Error('a simulated stage draws nothing')),
    memoryBytes: async () => null,
    stop: stopPulse,
  };
}
