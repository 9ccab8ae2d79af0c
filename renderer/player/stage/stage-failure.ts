/** Why a slot cannot be shown, as reported to the agent. */
import type { StageEvent } from '../../../protocol/stage.ts';

/** The reasons of a `failed` event. */
export type FailureReason = Extract<StageEvent, { type: 'failed' }>['reason'];

/** Thrown by content that cannot be prepared; `message` becomes the detail of the event. */
export class StageFailure extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason, detail: string) {
    super(detail.slice(0, 500));
    this.name = 'StageFailure';
    this.reason = reason;
  }
}

/** Any thrown value as a failure; what nobody foresaw counts as `decode`. */
export function toStageFailure(thrown: unknown): StageFailure {
  if (thrown instanceof StageFailure) return thrown;
  return new StageFailure('decode', thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown));
}
