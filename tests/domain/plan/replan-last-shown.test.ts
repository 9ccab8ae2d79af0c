/** What was shown last before a plan is made anew counts as the neighbour of its first slot. */
import { expect, test } from 'vitest';
import type { PlayedSlot } from '../../../domain/plan/day-plan.ts';
import { replanDay } from '../../../domain/plan/replan-day.ts';
import { DAY, film, minute, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

const BANK = { separation: 'bank' };
const PROGRAM = smallProgram(
  [
    commitmentOf('none', { items: [film(1)] }),
    commitmentOf('bank', { items: [film(1)], ...BANK }),
    commitmentOf('long', { minPlays: 1, items: [film(40)], ...BANK }),
  ],
  60,
  {
    loop: [
      { item: 'plain', durationMs: 30_000 },
      { item: 'tagged', durationMs: 30_000, ...BANK },
    ],
  },
);

const shown = (item: string, commitment: string | null, startMin: number, durationMs = 60_000): PlayedSlot => ({
  startMs: minute(startMin),
  durationMs,
  item,
  commitment,
  counted: true,
});
/** Whether a film of forty minutes with the tag can start at once, twenty minutes after opening of an hour. */
const fits = (...played: PlayedSlot[]): boolean => replanDay(PROGRAM, DAY, played, minute(20)).feasible;

test('[P18] [P30] what was shown last, of the loop or of a promise, is not followed by its tag', () => {
  expect([fits(shown('tagged', null, 19)), fits(shown('plain', null, 19))]).toEqual([false, true]);
  expect([fits(shown('film-1', 'bank', 19)), fits(shown('film-1', 'none', 19))]).toEqual([false, true]);
});

test('[P30] ten seconds after its end it is, and what nobody knows any more bears no tag', () => {
  expect([fits(shown('tagged', null, 19, 50_000)), fits(shown('tagged', null, 19, 50_001))]).toEqual([true, false]);
  expect([fits(), fits(shown('gone', null, 19)), fits(shown('film-1', 'gone', 19))]).toEqual([true, true, true]);
});

test('[P30] the last is the one that was shown last, in whatever order they are told', () => {
  const [tagged, plain] = [shown('tagged', null, 18), shown('plain', null, 19)];
  expect([fits(tagged, plain), fits(plain, tagged)]).toEqual([true, true]);
  const [before, last] = [shown('plain', null, 18), shown('film-1', 'bank', 19)];
  expect([fits(before, last), fits(last, before)]).toEqual([false, false]);
});
