/** What a program promises on a date, resolved once for all screens that share it. */
import { type PromisedDay, promisedOn } from '../../domain/compliance/promise-day.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { HashedProgram } from '../planning/hashed-program.ts';

/** Program-days that are remembered. */
const MAX_FRAMES = 5000;

/** Gives the promises of a program on a date. */
export type DayFrames = (hashed: HashedProgram, date: LocalDate) => readonly PromisedDay[];

/** Makes the memory. */
export function createDayFrames(): DayFrames {
  const frames = new Map<string, readonly PromisedDay[]>();
  return ({ hash, program }, date) => {
    const key = `${hash} ${date}`;
    const known = frames.get(key);
    if (known) return known;
    if (frames.size >= MAX_FRAMES) frames.delete(frames.keys().next().value ?? '');
    const made = promisedOn(program, date);
    frames.set(key, made);
    return made;
  };
}
