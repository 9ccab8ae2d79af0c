/** A whole run: screen after screen, each alone in memory, added up. */
import { NONE, REALISTIC, ROUGH } from './fault-plan.ts';
import { addSums, emptySums, explained, type Sums } from './ledger-sums.ts';
import { type ScreenRun, simulateScreen } from './simulate-screen.ts';

/** What a run came to. `findings`: what is wrong, one sentence each, the first of them; `findingCount`: how many there are. */
export type Outcome = { sums: Sums; findings: string[]; findingCount: number };

/** The exit code of a run: 1 where anything is wrong. */
export const exitCodeOf = ({ findingCount }: Outcome): 0 | 1 => (findingCount > 0 ? 1 : 0);

/** What is simulated. */
export type Simulation = {
  screens: number;
  days: number;
  seed: number;
  /** `realistic`: whole days; `rough`: days of an hour or two with many times the faults; `calm`: the same without any. */
  faults: 'realistic' | 'rough' | 'calm';
  seams?: ScreenRun['seams'];
  /** Told after each screen. */
  onScreen?: () => void;
};

const MOST_FINDINGS = 50;
const RATES = { realistic: REALISTIC, rough: ROUGH, calm: NONE };

/** Runs all screens. Memory is that of one screen: bodies are dropped before the next one starts. */
export async function runSimulation(simulation: Simulation): Promise<Outcome> {
  const { screens, days, seed, faults, seams = {}, onScreen } = simulation;
  const sums = emptySums();
  const findings: string[] = [];
  let findingCount = 0;
  for (let screen = 0; screen < screens; screen += 1) {
    const isShort = faults !== 'realistic';
    const done = await simulateScreen({ seed, screen, days, isShort, rates: RATES[faults], seams });
    const wrong = [...done.faults, ...unexplained(done.sums).map((text) => `screen-${screen}: ${text}`)];
    findingCount += wrong.length;
    findings.push(...wrong.slice(0, MOST_FINDINGS - findings.length));
    addSums(sums, done.sums);
    onScreen?.();
  }
  return { sums, findings, findingCount };
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
