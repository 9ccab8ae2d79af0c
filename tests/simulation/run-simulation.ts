/** A whole run: screen after screen, each alone in memory, added up. */
import { addSums, emptySums, type Sums } from './ledger-sums.ts';
import { runScreen, type ScreenOutcome, type Simulation } from './run-screen.ts';
import { screensOnThreads } from './screens-on-threads.ts';

/** What a run came to. `findings`: what is wrong, one sentence each, the first of them; `findingCount`: how many there are. */
export type Outcome = { sums: Sums; findings: string[]; findingCount: number };

/** The exit code of a run: 1 where anything is wrong. */
export const exitCodeOf = ({ findingCount }: Outcome): 0 | 1 => (findingCount > 0 ? 1 : 0);

const MOST_FINDINGS = 50;

/**
 * Runs all screens, on `workers` threads where there are more than one (without seams, which cannot be handed over). Screens are added up
 * in their order, so that the outcome is the same with any number of threads.
 */
export async function runSimulation(simulation: Simulation, workers = 1): Promise<Outcome> {
  const outcome: Outcome = { sums: emptySums(), findings: [], findingCount: 0 };
  const threads = Math.min(workers, simulation.screens);
  const screens = threads > 1 ? screensOnThreads(simulation, threads) : screensInTurn(simulation);
  for await (const { sums, wrong } of screens) {
    outcome.findingCount += wrong.length;
    outcome.findings.push(...wrong.slice(0, MOST_FINDINGS - outcome.findings.length));
    addSums(outcome.sums, sums);
  }
  return outcome;
}

/** Memory is that of one screen: bodies are dropped before the next one starts. */
async function* screensInTurn(simulation: Simulation): AsyncGenerator<ScreenOutcome> {
  for (let screen = 0; screen < simulation.screens; screen += 1) yield await runScreen(simulation, screen);
}
