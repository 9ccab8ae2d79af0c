/** A thread of a run: carries out the screens it is told, one after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { runScreen, type Simulation } from './run-screen.ts';

const simulation: Simulation = workerData;

parentPort?.on('message', async (screen: number) => {
  parentPort?.postMessage(await runScreen(simulation, screen));
});
