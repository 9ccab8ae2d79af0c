/** One screen of a run: simulated, and its differences held against their causes. */
import { NONE, REALISTIC, ROUGH } from './fault-plan.ts';
import { explained, type Sums } from './ledger-sums.ts';
import { type ScreenRun, simulateScreen } from './simulate-screen.ts';

/** What is simulated. */
export type Simulation = {
  screens: number;
  days: number;
  seed: number;
  /** `realistic`: whole days; `rough`: days of an hour or two with many times the faults; `calm`: the same without any. */
  faults: 'realistic' | 'rough' | 'calm';
  seams?: ScreenRun['seams'];
};

/** What a screen came to. `wrong`: everything that is, one sentence each. */
export type ScreenOutcome = { sums: Sums; wrong: string[] };

const RATES = { realistic: REALISTIC, rough: ROUGH, calm: NONE };

/** Runs screen number `screen` of `simulation`, alone in memory. */
export async function runScreen(simulation: Simulation, screen: number): Promise<ScreenOutcome> {
  const { days, seed, faults, seams = {} } = simulation;
  const isShort = faults !== 'realistic';
  const done = await simulateScreen({ seed, screen, days, isShort, rates: RATES[faults], seams });
  return {
    sums: done.sums,
    wrong: [...done.faults, ...unexplained(done.sums).map((text) => `screen-${screen}: ${text}`)],
  };
}

/** Differences between neighbouring stages that the causes do not add up to. */
function unexplained({ plays, unrecorded, uningested, uncounted }: Sums): string[] {
  const steps = [
    { name: 'played and not recorded', plays: plays.played - plays.recorded, causes: unrecorded },
    { name: 'recorded and not ingested', plays: plays.recorded - plays.ingested, causes: uningested },
    { name: 'ingested and not counted', plays: plays.ingested - plays.counted, causes: uncounted },
  ];
  return steps.flatMap(({ name, plays: missing, causes }) => {
    const known = explained(causes);
    return missing === known ? [] : [`unexplained: ${missing} plays ${name}, causes are known of ${known}`];
  });
}
