/** The page's side of the worker. */
import type { WorkerAnswer } from './answer-checks.ts';
import type { CheckedFiles } from './check-files.ts';
import type { CheckOutcome } from './check-outcome.ts';

/** Who is told: how much of the bundle was read (0 to 1), and once the outcome. */
export type CheckListener = { onShare(share: number): void; onOutcome(outcome: CheckOutcome): void };

/** Starts `script` as a worker on the files; gives what stops it, after which nobody is told anything. */
export function startCheck(script: string, files: CheckedFiles, { onShare, onOutcome }: CheckListener): () => void {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(url);
  const stop = (): void => {
    worker.terminate();
    URL.revokeObjectURL(url);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
    if (data.type === 'share') return onShare(data.share);
    stop();
    onOutcome(data.outcome);
  });
  worker.addEventListener('error', ({ message }) => {
    stop();
    onOutcome({ kind: 'broken', message });
  });
  worker.postMessage(files);
  return stop;
}
