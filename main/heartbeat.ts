/** The agent tells whoever watches over it that it lives: a line on its standard output, once a second. */
import { every, type Timers } from './clock.ts';

/** How often a beat is given. */
export const BEAT_MS = 1000;

/** Starts to beat on `out`; an output that nobody reads any more is no reason to stop playing. */
export function startHeartbeat(timers: Timers, out: NodeJS.WritableStream): () => void {
  out.on('error', () => undefined);
  const beat = (): void => void out.write('\n');
  beat();
  return every(timers, BEAT_MS, beat);
}
