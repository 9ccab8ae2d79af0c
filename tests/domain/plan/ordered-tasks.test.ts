import { describe, expect, test } from 'vitest';
import { moveToPlace, placeOf } from '../../../domain/plan/ordered-tasks.ts';
import { pickInt, seededRandom } from '../../helpers/random-program.ts';

/** Moves the task at `from` after its key became `key`, by taking it out and putting it behind all that are not above it. */
function moved(list: readonly number[], keys: readonly number[], from: number): number[] {
  const i = list[from] ?? 0;
  const rest = list.filter((_, k) => k !== from);
  const above = rest.findIndex((other) => (keys[other] ?? 0) > (keys[i] ?? 0));
  const at = above < 0 ? rest.length : above;
  return [...rest.slice(0, at), i, ...rest.slice(at)];
}

describe('lists of tasks in order of time', () => {
  // Short lists are shifted entry by entry, long ones are searched by halves; 48 and 49 are on both sides of the limit.
  test.each([1, 2, 5, 48, 49, 50, 120])(
    '[P23] of %d tasks, one whose time changed goes to its place, behind its equals',
    (size) => {
      const random = seededRandom(size);
      const keys = Array.from({ length: size + 2 }, () => pickInt(random, 0, 2 * size));
      let order = Array.from({ length: size }, (_, i) => i).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
      // Two tasks behind the live ones are out of the list's order and stay where they are.
      const list = Int32Array.from([...order, size, size + 1]);
      for (let round = 0; round < 400; round += 1) {
        const from = pickInt(random, 0, size - 1);
        keys[order[from] ?? 0] = round % 9 === 0 ? ([-1, 3 * size][round % 2] ?? 0) : pickInt(random, 0, 2 * size);
        const expected = moved(order, keys, from);
        moveToPlace(list, Float64Array.from(keys), size, from);
        expect([...list]).toEqual([...expected, size, size + 1]);
        order = expected;
      }
    },
  );

  test('[P23] a task that is not live has no place', () => {
    const list = Int32Array.from([4, 2, 7, 9]);
    expect([4, 2, 7, 9, 1].map((i) => placeOf(list, 3, i))).toEqual([0, 1, 2, 3, 3]);
  });
});
