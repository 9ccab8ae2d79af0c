/** The chain rule by itself: what becomes of a segment, given what is kept around its number. */
import { describe, expect, test } from 'vitest';
import { type ChainLink, type ChainView, decideChain, nextNumber } from '../../../domain/proof/chain.ts';

const link = (segment: number, over: Partial<ChainLink> = {}): ChainLink => ({
  epoch: 4,
  segment,
  firstSeq: segment * 10,
  count: 10,
  hash: `h${segment}`,
  prev: segment === 0 ? null : `h${segment - 1}`,
  ...over,
});
const view = (over: Partial<ChainView> = {}): ChainView => ({
  next: 0,
  same: null,
  before: null,
  after: null,
  ...over,
});
const STORE = { kind: 'store' };
const DISCONTINUOUS = { kind: 'discontinuous' };

describe('next number', () => {
  test.each([
    [null, [], 0],
    [4, [], 5],
    [4, [5, 5, 6, 8], 7],
    [null, [0, 1, 1, 2], 3],
    [null, [1, 2], 0],
    [4, [6], 5],
    [4, [2, 5], 6],
  ])('[S15] stored up to %s with %j in quarantine: %i is next', (last, quarantined, next) => {
    expect(nextNumber(last, quarantined)).toBe(next);
  });
});

describe('what becomes of a segment', () => {
  test('[S10] the stored hash again is nothing new', () => {
    expect(decideChain(link(2), view({ next: 3, same: link(2) }))).toEqual({ kind: 'again' });
  });

  test('[S11] another hash under a stored number is a fork, even where it would not fit', () => {
    const fork = link(2, { hash: 'other', prev: 'nothing known' });
    expect(decideChain(fork, view({ next: 3, same: link(2) }))).toEqual({ kind: 'fork', storedHash: 'h2' });
  });

  test('[S12] ahead of the chain: back to the number expected, in the epoch of the segment', () => {
    expect(decideChain(link(5), view({ next: 3, before: link(2) }))).toEqual({ kind: 'rewind', epoch: 4, segment: 3 });
    expect(decideChain(link(1), view())).toEqual({ kind: 'rewind', epoch: 4, segment: 0 });
  });

  test('[S13] an epoch begins with segment 0, seq 0 and no prev', () => {
    expect(decideChain(link(0), view())).toEqual(STORE);
    expect(decideChain(link(0, { prev: 'x' }), view())).toMatchObject(DISCONTINUOUS);
    expect(decideChain(link(0, { firstSeq: 1 }), view())).toMatchObject(DISCONTINUOUS);
  });

  test.each([
    ['prev of another segment', { prev: 'other' }],
    ['prev null', { prev: null }],
    ['a seq too high', { firstSeq: 31 }],
    ['a seq too low', { firstSeq: 29 }],
  ])('[S14] after a stored neighbour, %s does not follow', (_, over) => {
    const around = view({ next: 3, before: link(2) });
    expect(decideChain(link(3), around)).toEqual(STORE);
    expect(decideChain(link(3, over), around)).toMatchObject(DISCONTINUOUS);
  });

  test('[S15] after numbers in quarantine any prev will do, and each of them holds at least one record', () => {
    const around = view({ next: 5, before: link(2) });
    expect(decideChain(link(5, { prev: 'unknown', firstSeq: 32 }), around)).toEqual(STORE);
    expect(decideChain(link(5, { prev: 'unknown', firstSeq: 31 }), around)).toMatchObject(DISCONTINUOUS);
    expect(decideChain(link(5, { prev: null }), around)).toMatchObject(DISCONTINUOUS);
    const atStart = view({ next: 2 });
    expect(decideChain(link(2, { prev: 'unknown', firstSeq: 2 }), atStart)).toEqual(STORE);
    expect(decideChain(link(2, { prev: 'unknown', firstSeq: 1 }), atStart)).toMatchObject(DISCONTINUOUS);
  });

  test('[S16] late into a gap: the stored neighbour behind has to name it and to begin where it ends', () => {
    const around = view({ next: 6, before: link(2), after: link(4) });
    expect(decideChain(link(3), around)).toEqual(STORE);
    expect(decideChain(link(3, { hash: 'other' }), around)).toMatchObject(DISCONTINUOUS);
    expect(decideChain(link(3, { count: 9 }), around)).toMatchObject(DISCONTINUOUS);
  });

  test('[S16] late into a wide gap: the records must leave room for those between', () => {
    const around = view({ next: 9, before: link(2), after: link(5) });
    expect(decideChain(link(3, { count: 19 }), around)).toEqual(STORE);
    expect(decideChain(link(3, { count: 20 }), around)).toMatchObject(DISCONTINUOUS);
  });

  test.each<[string, ChainLink, Partial<ChainView>]>([
    ['prev is set where an epoch begins: null is allowed', link(0, { prev: 'x' }), {}],
    ['firstSeq is 1 where an epoch begins: 0 is allowed', link(0, { firstSeq: 1 }), {}],
    [
      'prev is null within an epoch: the hash of the segment before is allowed',
      link(3, { prev: null }),
      { next: 3, before: link(2) },
    ],
    ['prev does not name the segment before', link(3, { prev: 'x' }), { next: 3, before: link(2) }],
    [
      'firstSeq is 31 where the segment before ends: 30 is allowed',
      link(3, { firstSeq: 31 }),
      { next: 3, before: link(2) },
    ],
    ['firstSeq is 31: at least 32 is allowed', link(5, { firstSeq: 31 }), { next: 5, before: link(2) }],
    ['firstSeq is 1: at least 2 is allowed', link(2, { firstSeq: 1 }), { next: 2 }],
    [
      'the segment after names another one as the one before it',
      link(3, { hash: 'x' }),
      { next: 6, before: link(2), after: link(4) },
    ],
    [
      'the records end at 39 where the segment after begins at 40',
      link(3, { count: 9 }),
      { next: 6, before: link(2), after: link(4) },
    ],
    [
      'the records end at 50, too close to those from 50',
      link(3, { count: 20 }),
      { next: 9, before: link(2), after: link(5) },
    ],
  ])('[S14] [S16] the reason tells what was found and what is allowed: %s', (reason, candidate, over) => {
    expect(decideChain(candidate, view(over))).toEqual({ kind: 'discontinuous', reason });
  });

  test('[S41] ahead of the chain behind a gap it is stored where it fits its stored neighbours', () => {
    const around = view({ next: 3, before: link(2) });
    expect(decideChain({ ...link(6, { firstSeq: 33 }), afterGap: true }, around)).toEqual(STORE);
    expect(decideChain({ ...link(6, { firstSeq: 32 }), afterGap: true }, around)).toMatchObject(DISCONTINUOUS);
    expect(decideChain({ ...link(6), afterGap: false }, around)).toMatchObject({ kind: 'rewind', segment: 3 });
  });
});
