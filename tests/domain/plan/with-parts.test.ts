/** A screen's part of a count takes the place of that count, and of nothing else. */
import { expect, test } from 'vitest';
import { withoutParts, withParts } from '../../../domain/plan/with-parts.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

const own = commitmentOf('own', { minPlays: 3 });
const shared = commitmentOf('shared', { minPlays: 30, scope: 'target' });
const exact = commitmentOf('exact', { minPlays: 1, scope: 'target', exactTimes: ['12:00'] });

test('[TW1] a part takes the place of a count for all screens together, and of nothing else', () => {
  const program = programOf([own, shared, exact]);
  const parts = new Map([
    ['own', 7],
    ['shared', 8],
    ['exact', 9],
  ]);
  expect(withParts(program, parts)).toEqual({ ...program, commitments: [own, { ...shared, minPlays: 8 }, exact] });
  expect(withParts(program, new Map()).commitments[1]?.minPlays).toBe(0);
  const alone = programOf([own, exact]);
  expect(withParts(alone, parts)).toBe(alone);
});

test('[TW3] a channel without a player promises no such count', () => {
  const program = programOf([own, shared, exact]);
  expect(withoutParts(program)).toEqual({ ...program, commitments: [own, exact] });
  expect(withoutParts(programOf([shared])).commitments).toEqual([]);
  const alone = programOf([own, exact]);
  expect(withoutParts(alone)).toBe(alone);
});
