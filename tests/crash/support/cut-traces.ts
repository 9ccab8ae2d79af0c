/** Holds every state that power cuts leave of a traced run against what was claimed before. */
import { rmSync } from 'node:fs';
import type { Chance } from '../../simulation/chance.ts';
import type { DiskEvent } from './disk-events.ts';
import { type CutState, powerCuts, writeImage } from './power-cuts.ts';

/** Gives the faults of what lies below a folder, one sentence each. */
export type FaultsOf = (folder: string, marks: readonly string[]) => string[] | Promise<string[]>;

/** A trace: what was done below `root`. */
export type Trace = { root: string; events: readonly DiskEvent[] };

/** Faulty states are told up to here; the rest is counted. */
const MOST_TOLD = 5;
const LAST_EVENTS = 6;

/** Rebuilds `count` states in `folder`, one after the other; gives those that are faulty, told in words. `isNoSync` as in {@link powerCuts}. */
export async function cutTrace(
  { root, events }: Trace,
  count: number,
  chance: Chance,
  folder: string,
  faultsOf: FaultsOf,
  isNoSync = false,
): Promise<string[]> {
  const told: string[] = [];
  for (const state of powerCuts(root, events, count, chance, isNoSync)) {
    rmSync(folder, { recursive: true, force: true });
    writeImage(root, state.image, folder);
    const faults = await faultsOf(folder, state.marks);
    if (faults.length > 0) told.push(told.length < MOST_TOLD ? tell(state, faults, events) : 'and another');
  }
  return told;
}

function tell(state: CutState, faults: readonly string[], events: readonly DiskEvent[]): string {
  const last = events.slice(Math.max(0, state.events - LAST_EVENTS), state.events).map(shortly);
  return `after ${state.events} events: ${faults.slice(0, 3).join('; ')} (${faults.length} faults); before it: ${last.join(', ')}`;
}

function shortly(event: DiskEvent): string {
  switch (event.op) {
    case 'write':
      return `write of ${event.bytes.length} bytes at ${event.at} of file ${event.file}`;
    case 'mark':
      return `claim ${event.text.slice(0, 80)}`;
    case 'rename':
    case 'link':
      return `${event.op} ${event.from} to ${event.to}`;
    case 'truncate':
    case 'sync-file':
      return `${event.op} of file ${event.file}`;
    default:
      return `${event.op} ${event.path}`;
  }
}
