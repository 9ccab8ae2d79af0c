/** The end of a log: what leads to its root, and what does not. */
import { expect, test } from 'vitest';
import { createLogRange } from '../../../domain/bundle/log-range.ts';
import { merkleRoot } from '../../../domain/proof/merkle.ts';
import { compactRangeAt } from '../../../domain/tlog/compact-range.ts';
import { sha256 } from '../../../server/sha256.ts';

const entries = Array.from({ length: 12 }, (_, k) => `entry ${k}`);
const rootAt = (size: number): Uint8Array => merkleRoot(entries.slice(0, size), sha256);
const rootsAt = (size: number): Uint8Array[] =>
  compactRangeAt(size, (level, index) =>
    merkleRoot(entries.slice(index * 2 ** level, (index + 1) * 2 ** level), sha256),
  ).roots;

test('[BV6] a range leads to the tree of all its entries, from wherever it begins, and to no other', () => {
  for (let from = 0; from <= entries.length; from += 1) {
    const range = createLogRange(from, rootsAt(from), sha256);
    for (const [k, entry] of entries.entries()) if (k >= from) range?.add(entry);
    expect(range?.size()).toBe(12);
    expect(range?.leadsTo({ size: 12, root: rootAt(12) })).toBe(true);
    expect(range?.leadsTo({ size: 13, root: rootAt(12) })).toBe(false);
    expect(range?.leadsTo({ size: 12, root: rootAt(11) })).toBe(false);
  }
});

test('[BV6] a range begins with as many roots as its beginning has subtrees, each a hash', () => {
  const [first = new Uint8Array(32), ...others] = rootsAt(7);
  expect(createLogRange(7, [first, ...others], sha256)).not.toBeNull();
  expect(createLogRange(7, others, sha256)).toBeNull();
  expect(createLogRange(7, [first, first, ...others], sha256)).toBeNull();
  expect(createLogRange(0, [first], sha256)).toBeNull();
  expect(createLogRange(7, [first.subarray(1), ...others], sha256)).toBeNull();
});

test('[BV4] a range knows the roots at the sizes that were to be remembered, its own among them, and no other', () => {
  const range = createLogRange(5, rootsAt(5), sha256);
  range?.remember(5);
  range?.remember(8);
  for (const entry of entries.slice(5)) range?.add(entry);
  expect([5, 8].map((size) => range?.rootAt(size))).toEqual([rootAt(5), rootAt(8)]);
  expect([6, 7, 9, 12].map((size) => range?.rootAt(size))).toEqual([null, null, null, null]);
});
