/** The heartbeat of the page: once a second, with the frames presented since the last one. */
import type { StageEvent } from '../../../protocol/stage.ts';
import type { FrameCounter } from '../stage/frame-counter.ts';

const PULSE_MS = 1_000;

/** What the pulse tells: the frames counted, and the slot that shows or null. */
export type PulseDeps = { frames: FrameCounter; showing(): string | null; send(event: StageEvent): void };

/** Sends a pulse each second for as long as the page lives. */
export function startPulse(deps: PulseDeps): void {
  setInterval(() => deps.send({ type: 'pulse', showing: deps.showing(), frames: deps.frames.take() }), PULSE_MS);
}
