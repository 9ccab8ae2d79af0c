/** Tasks stay in order of time when the time of one changes. */
import { describe, expect, test } from 'vitest';
import {
  firstOf,
  isListed,
  type OrderedTasks,
  orderedTasks,
  put,
  takeOut,
} from '../../../domain/plan/ordered-tasks.ts';
import { pickInt, seededRandom } from '../../helpers/random-program.ts';

/** The list from its first task to its last, and the same walked from the end. */
function walked(list: OrderedTasks): { forward: number[]; backward: number[] } {
  const forward: number[] = [];
  for (let i = firstOf(list); i !== list.ends; i = list.next[i] ?? list.ends) forward.push(i);
  const backward: number[] = [];
  for (let i = list.previous[list.ends] ?? list.ends; i !== list.ends; i = list.previous[i] ?? list.ends)
    backward.unshift(i);
  return { forward, backward };
}

/** `order` with task `i` behind all that are not above its key. */
function withTask(order: readonly number[], keys: readonly number[], i: number): number[] {
  const rest = order.filter((other) => other !== i);
  const above = rest.findIndex((other) => (keys[other] ?? 0) > (keys[i] ?? 0));
  const at = above < 0 ? rest.length : above;
  return [...rest.slice(0, at), i, ...rest.slice(at)];
}

describe('lists of tasks in order of time', () => {
  // Keys of a narrow span are often equal.
  test.each([
    [1, 10],
    [2, 1],
    [5, 5],
    [20, 3],
    [50, 10_000],
    [120, 240],
  ])('[P23] of %d tasks, one whose time changed goes to its place, behind its equals', (size, span) => {
    const random = seededRandom(size);
    const list = orderedTasks(size);
    const keys: number[] = [];
    let order: number[] = [];
    for (let round = 0; round < 600; round += 1) {
      const i = pickInt(random, 0, size - 1);
      if (round % 7 === 6) {
        takeOut(list, i);
        order = order.filter((other) => other !== i);
      } else {
        keys[i] = 100 + pickInt(random, -1, span);
        put(list, i, keys[i] ?? 0);
        order = withTask(order, keys, i);
      }
      expect(walked(list)).toEqual({ forward: order, backward: order });
      expect(isListed(list, i)).toBe(order.includes(i));
    }
  });

  test('[P23] a list of no tasks has no first one', () => {
    const list = orderedTasks(0);
    expect(firstOf(list)).toBe(list.ends);
  });
});
