/** What is on the screen or called to it, as a status says it. */
import type { Status } from '../../protocol/player-link.ts';
import type { Clock } from '../disciplined-clock.ts';
import type { Director } from './director.ts';

/** The slot on the screen, else the one called to it. `state` stands for both; without a slot it is for the caller to say. */
export function showingNow(director: Director, clock: Clock): Pick<Status, 'state' | 'showing'> {
  const [cue] = director.committed();
  if (!cue) return { state: 'idle', showing: null };
  const { item, commitment, durationMs, startMs: plannedMs } = cue.slot;
  const showing = director.showing();
  const startMs = showing ? clock.wallAt(showing.m0) : plannedMs;
  return { state: 'showing', showing: { item, commitment, startMs, durationMs } };
}
