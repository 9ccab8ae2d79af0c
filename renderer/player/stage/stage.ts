/** The stage: carries out the agent's commands; slots, calm pages, the running ticker and what stands over all meet here. */
import type { StageCommand, StageEvent } from '../../../protocol/stage.ts';
import { createIdentify } from '../overlay/identify.ts';
import { createTakeover } from '../overlay/takeover.ts';
import { createTickerBand } from '../overlay/ticker-band.ts';
import { createHouse } from '../pages/house.ts';
import type { FrameCounter } from './frame-counter.ts';
import { createPlane, type Plane } from './plane.ts';
import { createSlotTrack } from './slot-track.ts';
import { toStageFailure } from './stage-failure.ts';
import { createStageFrame } from './stage-frame.ts';

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

/** Builds the stage into `deps.root`; it begins with the calm page, upright and silent. */
export function createStage(deps: StageDeps): Stage {
  const { root, frames, send } = deps;
  const fail = (id: string, thrown: unknown): void => {
    const failure = toStageFailure(thrown);
    console.error(`slot ${id}: ${failure.message}`);
    send({ type: 'failed', id, reason: failure.reason, detail: failure.message });
  };
  const frame = createStageFrame(root);
  const planes: readonly [Plane, Plane] = [createPlane(root, frame.size), createPlane(root, frame.size)];
  const track = createSlotTrack({ planes, frames, send, fail, onSwitch: () => house.hide() });
  const house = createHouse(root);
  const band = createTickerBand(root, frame.size, () => layout());
  const takeover = createTakeover(root, frame.size);
  const identify = createIdentify(root, frame.size);
  let volume = 0;
  const layout = (): void => {
    for (const part of [band, track, takeover, identify]) part.layout();
  };
  /** An emergency message is not to be read to the music of a film. */
  const tuneFilms = (): void => {
    for (const plane of planes) plane.setVolume(takeover.stands() ? 0 : volume);
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
        track.clear(() => house.showPairing(command));
        break;
      case 'ticker':
        band.setLines(command.lines);
        break;
      case 'takeover':
        takeover.show(command.message);
        tuneFilms();
        break;
      case 'identify':
        identify.show(command);
        break;
      case 'display':
        volume = command.volume / 100;
        tuneFilms();
        if (frame.turn(command.rotation)) layout();
        break;
      default:
        command satisfies never;
    }
  };
  return {
    obey(command) {
      try {
        carryOut(command);
      } catch (thrown) {
        if (command.type === 'prepare' || command.type === 'show') fail(command.id, thrown);
        else console.error(thrown);
      }
    },
    showing: track.showing,
    layout,
  };
}
