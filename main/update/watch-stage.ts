/** Looks on at what passes between agent and page, for those who have to know whether the page lives. */
import type { StagePort } from '../stage-port.ts';
import { afterCommand, afterEvent, type HealthWatch, isProved, UNSEEN } from './health-watch.ts';

/** The same stage, and what is known of it. */
export type WatchedStage = {
  stage: StagePort;
  /** Monotonic ms of the page's last word, null before the first. */
  lastPulseM(): number | null;
};

/** Wraps `inner`; calls `onProved` once, when the start has gone well. */
export function watchStage(inner: StagePort, monoMs: () => number, onProved: () => void): WatchedStage {
  let watch: HealthWatch = UNSEEN;
  let isTold = false;
  const stage: StagePort = {
    ...inner,
    send(command) {
      watch = afterCommand(watch, command);
      inner.send(command);
    },
    onEvent(listener) {
      inner.onEvent((event) => {
        const nowM = monoMs();
        watch = afterEvent(watch, event, nowM);
        listener(event);
        if (isTold || !isProved(watch, nowM)) return;
        isTold = true;
        onProved();
      });
    },
  };
  return { stage, lastPulseM: () => watch.pulseM };
}
