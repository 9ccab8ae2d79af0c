/** How soon players seal their open segment: often where few share a server, seldom where many do. */
import { MAX_SEGMENT_AGE_MS } from '../../domain/proof/segment.ts';

const SOONEST_MS = 10_000;
/** At this many segments a second from all players together the age is stretched. */
const SEGMENTS_PER_SECOND = 100;

/** Age in milliseconds at which each of `players` seals, so that together they send at most about 100 segments a second. */
export function sealAfterMs(players: number): number {
  return Math.min(MAX_SEGMENT_AGE_MS, Math.max(SOONEST_MS, Math.round((players / SEGMENTS_PER_SECOND) * 1000)));
}
