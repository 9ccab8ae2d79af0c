/** One screen of a run: simulated, and its differences held against their causes. */
import { type FaultRates, NONE, REALISTIC, ROUGH } from './fault-rates.ts';
import { createFindings, type Finding } from './findings.ts';
import { addTo, explained, type Sums } from './ledger-sums.ts';
import { simulateScreen } from './simulate-screen.ts';
import type { ScreenRun } from './simulated-world.ts';

/** What is simulated. */
export type Simulation = {
  screens: number;
  days: number;
  seed: number;
  /** `realistic`: whole days; `rough`: days of an hour or two with many times the faults; `calm`: the same without any. */
  faults: 'realistic' | 'rough' | 'calm';
  /** Other rates than those of `faults`. */
  rates?: Partial<FaultRates>;
  seams?: ScreenRun['seams'];
};

/** What a screen came to. `wrong`: everything that is, one sentence each. */
export type ScreenOutcome = { sums: Sums; wrong: string[] };

const RATES = { realistic: REALISTIC, rough: ROUGH, calm: NONE };

/** Runs screen number `screen` of `simulation`, alone in memory. */
export async function runScreen(simulation: Simulation, screen: number): Promise<ScreenOutcome> {
  const { days, seed, faults, seams = {} } = simulation;
  const rates = { ...RATES[faults], ...simulation.rates };
  const isShort = faults !== 'realistic';
  const { sums, findings } = await simulateScreen({ seed, screen, days, isShort, rates, seams });
  const wrong = [...findings, ...unexplained(sums)];
  for (const { rule } of wrong) addTo(sums.broken, rule);
  return { sums, wrong: wrong.map(({ rule, text }) => `screen-${screen}: ${rule}: ${text}`) };
}

/** Differences between neighbouring stages that the causes do not add up to. */
function unexplained({ plays, unrecorded, uningested, uncounted }: Sums): Finding[] {
  const { fault, all } = createFindings();
  const steps = [
    { name: 'played and not recorded', plays: plays.played - plays.recorded, causes: unrecorded },
    { name: 'recorded and not ingested', plays: plays.recorded - plays.ingested, causes: uningested },
    { name: 'ingested and not counted', plays: plays.ingested - plays.counted, causes: uncounted },
  ];
  for (const { name, plays: missing, causes } of steps) {
    const known = explained(causes);
    if (missing !== known) fault('unexplained', `${missing} plays ${name}, causes are known of ${known}`);
  }
  return all;
}
