/** The worker's side: checks the files it is sent and answers with how far it is and what it found. */
import { type CheckedFiles, checkFiles } from './check-files.ts';
import type { CheckOutcome } from './check-outcome.ts';

/** What the worker says: `share` of the bundle read, in hundredths from 0 to 1, and once the outcome. */
export type WorkerAnswer = { type: 'share'; share: number } | { type: 'outcome'; outcome: CheckOutcome };

/** Answers whoever started the worker. */
export function answerChecks(): void {
  const answer = (message: WorkerAnswer): void => self.postMessage(message);
  self.addEventListener('message', async ({ data }: MessageEvent<CheckedFiles>) => {
    let last = -1;
    const onShare = (share: number): void => {
      const hundredths = Math.floor(share * 100);
      if (hundredths === last) return;
      last = hundredths;
      answer({ type: 'share', share: hundredths / 100 });
    };
    const outcome = await checkFiles(data, globalThis.crypto?.subtle, onShare).catch(
      (error: unknown): CheckOutcome => ({ kind: 'broken', message: String(error) }),
    );
    answer({ type: 'outcome', outcome });
  });
}
