/** Items of a commitment take turns by weight, going on from what was shown. */
import { describe, expect, test } from 'vitest';
import { itemRotation, sharedOut } from '../../../domain/plan/item-rotation.ts';

const items = (...weights: number[]): { item: string; durationMs: number; weight: number }[] =>
  weights.map((weight, k) => ({ item: `film-${k}`, durationMs: 1000, weight }));

const sequence = (weights: number[], playsSoFar: number[], length: number): number[] => {
  const rotation = itemRotation(items(...weights), playsSoFar);
  return Array.from({ length }, (_, k) => rotation.next(k));
};

describe('rotation of items', () => {
  test('[P10] equal weights take turns in the order of the list', () => {
    expect(sequence([1, 1, 1], [], 7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
  });

  test('[P10] the smallest (plays + ½) / weight is next: 3 to 1', () => {
    // ½/3 < ½ : 0; 1½/3 = ½ : 0 as the first of equals; 2½/3 > ½ : 1; 2½/3 : 0; then the cycle begins again.
    expect(sequence([3, 1], [], 8)).toEqual([0, 0, 1, 0, 0, 0, 1, 0]);
  });

  test('[P10] what was shown today counts', () => {
    expect(sequence([1, 1], [2, 0], 4)).toEqual([1, 1, 0, 1]);
    expect(sequence([1, 1, 1], [1], 3)).toEqual([1, 2, 0]);
  });

  test('[P10] one item has every play, and counts given are not changed', () => {
    const plays = [1, 0];
    expect(sequence([4], [9], 3)).toEqual([0, 0, 0]);
    expect(itemRotation(items(4), []).items).toHaveLength(1);
    sequence([1, 1], plays, 5);
    expect(plays).toEqual([1, 0]);
  });

  test('[P19] the order of asking makes no difference', () => {
    const rotation = itemRotation(items(3, 2), []);
    const backwards = [5, 4, 3, 2, 1, 0].map((k) => rotation.next(k)).reverse();
    expect(backwards).toEqual(sequence([3, 2], [], 6));
    expect(rotation.next(2)).toBe(backwards[2]);
  });
});

describe('plays of which only the number is known', () => {
  test.each([
    [[3, 1], 0, [0, 0]],
    [[3, 1], 2, [2, 0]],
    [[3, 1], 3, [2, 1]],
    [[3, 1], 4, [3, 1]],
    [[3, 1], 11, [8, 3]],
    [[3, 1], 4000, [3000, 1000]],
    [[1, 1, 1], 100_000, [33_334, 33_333, 33_333]],
    [[7], 5, [5]],
  ])('[P10] weights %j, %d plays: %j', (weights, total, plays) => {
    expect(sharedOut(items(...weights), total)).toEqual(plays);
  });

  test('[P10] no play is walked where whole cycles say it all', () => {
    let asked = 0;
    const counting = items(1, 1).map((item) => ({
      ...item,
      get weight(): number {
        asked += 1;
        return 1;
      },
    }));
    expect(sharedOut(counting, 1_000_001)).toEqual([500_001, 500_000]);
    expect(asked).toBeLessThan(10);
  });
});
