/** What becomes of a showing on a stage that mostly works. */
import { FULL_LENGTH_TOLERANCE_MS } from '../../domain/proof/record.ts';
import type { Chance } from './chance.ts';
import type { FaultRates } from './fault-rates.ts';

/** How a showing goes if nothing interrupts it: how late it begins, how long it runs against its length, what was seen of it. */
export type Course = { delayMs: number; extraMs: number; frames: 'all' | 'none'; isVisible: boolean };

/** A switch takes place this close to its moment. */
const JITTER_MS = 30;

/** Draws the course of the next showing of `durationMs`. */
export function courseOf(chance: Chance, rates: FaultRates['stage'], durationMs: number): Course {
  const course: Course = { delayMs: 0, extraMs: chance.int(0, JITTER_MS), frames: 'all', isVisible: true };
  const draw = chance.next();
  const { failed, cut, late, edge } = rates;
  if (draw < failed) return { ...course, ...(draw < failed / 2 ? { frames: 'none' as const } : { isVisible: false }) };
  if (draw < failed + cut) return { ...course, extraMs: -chance.int(FULL_LENGTH_TOLERANCE_MS + 1, durationMs - 100) };
  if (draw < failed + cut + late) return { ...course, delayMs: chance.int(251, 2500) };
  if (draw < failed + cut + late + edge) return { ...course, extraMs: FULL_LENGTH_TOLERANCE_MS + chance.int(-1, 1) };
  return course;
}

/** What was truly shown, by the trade's rule: the full length within half a second, with a picture, on a page to be seen. */
export function truthOf(course: Course, durationMs: number, ranMs: number): 'full' | 'cut' | 'failed' {
  if (course.frames === 'none' || !course.isVisible) return 'failed';
  return Math.abs(ranMs - durationMs) <= 500 ? 'full' : 'cut';
}
