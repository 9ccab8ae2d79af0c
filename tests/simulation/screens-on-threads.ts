/** Screens shared out among threads: each takes the next one as soon as it is free. */
import { Worker } from 'node:worker_threads';
import type { ScreenOutcome, Simulation } from './run-screen.ts';

/** Runs the screens of `simulation` on `threads` threads and gives what they came to, in the order of screens; throws what a thread throws. */
export async function* screensOnThreads(simulation: Simulation, threads: number): AsyncGenerator<ScreenOutcome> {
  const outcomes = Array.from({ length: simulation.screens }, () => Promise.withResolvers<ScreenOutcome>());
  // One that fails is thrown when its turn comes, and is not unheard before that.
  for (const { promise } of outcomes) promise.catch(() => undefined);
  let next = 0;
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL('./screen-worker.ts', import.meta.url), { workerData: simulation });
    let screen = -1;
    const goOn = (): void => {
      screen = next;
      next += 1;
      if (screen < simulation.screens) worker.postMessage(screen);
    };
    worker.on('message', (outcome: ScreenOutcome) => {
      outcomes[screen]?.resolve(outcome);
      goOn();
    });
    worker.on('error', (error) => outcomes[screen]?.reject(error));
    goOn();
    return worker;
  });
  try {
    for (const { promise } of outcomes) yield await promise;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
