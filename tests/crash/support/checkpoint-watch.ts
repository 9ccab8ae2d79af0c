/** Fetches the published checkpoint of a server again and again, as anybody may, and keeps each. */
import { setTimeout as pause } from 'node:timers/promises';
import { parseCheckpoint } from '../../../domain/tlog/checkpoint.ts';

const PERIOD_MS = 100;

/** The watch. */
export type CheckpointWatch = {
  readonly checkpoints: ReadonlySet<string>;
  readonly faults: readonly string[];
  /** Begins to look for a larger checkpoint than is known now; gives the function that tells whether there is one. */
  growth(): () => Promise<true | undefined>;
  stop(): Promise<void>;
};

/** Watches the log of the server at `url` until it is stopped. A server that does not answer is passed over. */
export function watchCheckpoints(url: string): CheckpointWatch {
  const checkpoints = new Set<string>();
  const faults: string[] = [];
  let size = 0;
  let isStopped = false;

  async function look(): Promise<void> {
    const answer = await fetch(`${url}/log/checkpoint`).catch(() => null);
    const text = await answer?.text().catch(() => null);
    if (!answer || text === null || text === undefined) return;
    const checkpoint = parseCheckpoint(text);
    if (answer.status !== 200 || !checkpoint) return void faults.push(`I8: ${answer.status}: ${text.slice(0, 200)}`);
    if (checkpoint.size < size) faults.push(`I8: a checkpoint of ${checkpoint.size} entries after one of ${size}`);
    size = Math.max(size, checkpoint.size);
    checkpoints.add(text);
  }

  const running = (async () => {
    while (!isStopped) {
      await look();
      await pause(PERIOD_MS);
    }
  })();
  return {
    checkpoints,
    faults,
    growth() {
      const before = size;
      return async () => size > before || undefined;
    },
    async stop() {
      isStopped = true;
      await running;
    },
  };
}
