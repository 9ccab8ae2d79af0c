/** Power cuts in the lives of journals. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chanceOf } from '../../simulation/chance.ts';
import { cutTrace, type Trace } from './cut-traces.ts';
import { liveJournal } from './journal-life.ts';
import { journalFaults } from './journal-state.ts';

const STEPS = 400;
const STATES_OF_A_LIFE = 100;

/** The life of number `life` of a run, in a folder of its own below `folder`. */
export function traceJournal(seed: number, life: number, folder: string): Trace {
  const root = join(folder, `life-${life}`);
  mkdirSync(root);
  return { root, events: liveJournal(root, STEPS, chanceOf(seed, life, 'journal')).events };
}

/** Looks at `count` states of as many lives as it takes; gives the faulty ones in words. */
export async function cutJournals(seed: number, count: number, folder: string, isNoSync = false): Promise<string[]> {
  const told: string[] = [];
  for (let done = 0, life = 0; done < count; done += STATES_OF_A_LIFE, life += 1) {
    const trace = traceJournal(seed, life, folder);
    const states = Math.min(STATES_OF_A_LIFE, count - done);
    const cuts = chanceOf(seed, life, 'cuts');
    const faulty = await cutTrace(trace, states, cuts, join(folder, 'state'), journalFaults, isNoSync);
    told.push(...faulty.map((text) => `life ${life}, ${text}`));
    rmSync(trace.root, { recursive: true });
  }
  return told;
}
