/** The stage: carries out the agent's commands; slots, calm pages and the running ticker meet here. */
import type { StageCommand, StageEvent } from '../../../protocol/stage.ts';
import { createTickerBand } from '../overlay/ticker-band.ts';
import { createHouse } from '../pages/house.ts';
import type { FrameCounter } from './frame-counter.ts';
import { createSlotTrack } from './slot-track.ts';
import { toStageFailure } from './stage-failure.ts';

/** What the stage needs: its element, the frame counter of the pulse, and the way to the agent. */
export type StageDeps = { root: HTMLElement; frames: FrameCounter; send(event: StageEvent): void };

/** The stage of a page. */
export type Stage = {
  /** Carries out one command; trouble is reported as an event, never thrown. */
  obey(command: StageCommand): void;
  /** The slot that shows, or null. */
  showing(): string | null;
  /** Lays out all text anew, after the page changed its size. */
  layout(): void;
};

/** Builds the stage into `deps.root`; it begins with the calm page. */
export function createStage(deps: StageDeps): Stage {
  const { root, frames, send } = deps;
  const fail = (id: string, thrown: unknown): void => {
    const failure = toStageFailure(thrown);
    console.error(`slot ${id}: ${failure.message}`);
    send({ type: 'failed', id, reason: failure.reason, detail: failure.message });
  };
  const track = createSlotTrack({ root, frames, send, fail, onSwitch: () => house.hide() });
  const house = createHouse(root);
  const band = createTickerBand(root, () => layout());
  const layout = (): void => {
    band.layout();
    track.layout();
  };
  const carryOut = (command: StageCommand): void => {
    switch (command.type) {
      case 'prepare':
        track.prepare(command);
        break;
      case 'show':
        track.show(command.id, command.inMs);
        break;
      case 'idle':
        track.clear(() => house.showIdle(command.reason));
        break;
      case 'pairing':
        track.clear(() => house.showPairing(command.code, command.server));
        break;
      case 'ticker':
        band.setLines(command.lines);
        break;
    }
  };
  return {
    obey(command) {
      try {
        carryOut(command);
      } catch (thrown) {
        if ('id' in command) fail(command.id, thrown);
        else console.error(thrown);
      }
    },
    showing: track.showing,
    layout,
  };
}
