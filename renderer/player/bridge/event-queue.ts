/** Sends events to the agent one at a time and in order, again and again until it takes them. */
import type { StageEvent } from '../../../protocol/stage.ts';

/** At most this many events wait for an agent that does not answer; the oldest pulse goes first, then the oldest event. */
export const QUEUE_LIMIT = 256;

const RETRY_MS = [100, 250, 500, 1_000, 2_000] as const;

/** What the queue needs: `post` rejects when the agent cannot be reached; `wait` runs something later. */
export type EventQueueDeps = {
  post(event: StageEvent): Promise<'taken' | 'refused'>;
  wait(ms: number, run: () => void): void;
};

/** A queue that never throws and never sends an event before all earlier ones were taken, refused or dropped. */
export function createEventQueue(deps: EventQueueDeps): { add(event: StageEvent): void } {
  const waiting: StageEvent[] = [];
  let sending = false;
  let failures = 0;

  const sendNext = async (): Promise<void> => {
    const event = waiting[0];
    if (event === undefined || sending) return;
    sending = true;
    let taken = true;
    try {
      await deps.post(event);
    } catch {
      taken = false;
    }
    sending = false;
    if (taken) {
      failures = 0;
      if (waiting[0] === event) waiting.shift();
      return sendNext();
    }
    const pause = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 2_000;
    failures += 1;
    deps.wait(pause, () => void sendNext());
  };

  return {
    add(event) {
      if (event.type === 'pulse' && waiting.length > 1) dropPulse(waiting, 1);
      waiting.push(event);
      if (waiting.length > QUEUE_LIMIT && !dropPulse(waiting, 1)) waiting.splice(1, 1);
      if (failures === 0) void sendNext();
    },
  };
}

/** Drops the oldest pulse at or after `from` (the first may be under way); tells whether there was one. */
function dropPulse(waiting: StageEvent[], from: number): boolean {
  const at = waiting.findIndex((event, index) => index >= from && event.type === 'pulse');
  if (at >= 0) waiting.splice(at, 1);
  return at >= 0;
}
