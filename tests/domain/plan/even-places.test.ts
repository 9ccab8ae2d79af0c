/** Even places of the plays of a day: the middles of equal parts of what each task is given, also where others crowd it out of an hour. */
import { describe, expect, test } from 'vitest';
import { evenPlaces } from '../../../domain/plan/even-places.ts';
import { packTask } from '../../../domain/plan/pack-task.ts';
import type { Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { WEEKDAYS } from '../../../domain/time/weekday.ts';
import { dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

type Wish = Partial<ProgramCommitment> & { minPlays: number };

/** Even places in minutes after opening, of films of a minute on a day of four hours. */
function places(wishes: Wish[], over: Partial<Program> = {}): number[][] {
  const commitments = wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(1)], ...wish }));
  const packs = dayOf(smallProgram(commitments, 240, over)).tasks.flatMap(
    (task) => packTask(task, task.required, false) ?? [],
  );
  return evenPlaces(packs).map((all) => Array.from(all, (ms) => Math.round((ms - minute(0)) / 6000) / 10));
}
const within = (all: number[] = [], from: number, to: number): number =>
  all.filter((at) => at >= from && at < to).length;

describe('even places', () => {
  test('[P34] are the middles of as many equal parts of the windows, which close a film early', () => {
    expect(places([{ minPlays: 3, items: [film(6)] }])).toEqual([[39, 117, 195]]);
    expect(places([{ minPlays: 4, dayParts: [part(0, 61), part(120, 181)] }])).toEqual([[15, 45, 135, 165]]);
    expect(places([{ minPlays: 1, dayParts: [part(0, 1)] }])).toEqual([[0.3]]);
    expect(evenPlaces([])).toEqual([]);
  });

  test('[P34] of who has all day make way for those that have an hour, and no more than that', () => {
    const [all, hour] = places([{ minPlays: 120 }, { minPlays: 50, dayParts: [part(60, 121)] }]);
    expect(within(all, 60, 120)).toBeGreaterThanOrEqual(9);
    expect(within(all, 60, 120)).toBeLessThanOrEqual(11);
    expect(within(all, 0, 60)).toBeGreaterThanOrEqual(35);
    expect(within(hour, 60, 120)).toBe(50);
    const gaps = (hour ?? []).slice(1).map((at, k) => at - (hour?.[k] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(1.4);
  });

  test('[P34] keep out of the time in which the screen is closed', () => {
    const openingHours = [part(0, 60), part(180, 240)].map((span) => ({ days: [...WEEKDAYS], ...span }));
    const [all] = places([{ minPlays: 80 }, { minPlays: 30, dayParts: [part(180, 240)] }], { openingHours });
    expect(within(all, 60, 180)).toBe(0);
    expect(within(all, 180, 240)).toBeGreaterThanOrEqual(28);
    expect(within(all, 180, 240)).toBeLessThanOrEqual(31);
  });

  test('[P34] of more than fits come out all the same, in order', () => {
    const [first, second] = places([{ minPlays: 200 }, { minPlays: 100, dayParts: [part(0, 120)] }]);
    for (const all of [first ?? [], second ?? []]) expect([...all].sort((a, b) => a - b)).toEqual(all);
    expect([first?.length, second?.length]).toEqual([200, 100]);
  });
});
