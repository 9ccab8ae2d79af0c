/** What plays count for, by the program that their segment names. */
import { describe, expect, test } from 'vitest';
import { countedPlay, countPlays, expectedOf } from '../../../domain/proof/count-plays.ts';
import type { PlayRecord, ProofRecord } from '../../../domain/proof/record.ts';
import { CHAIN_PROGRAM, shaOf } from '../../helpers/chain-builder.ts';
import { bootRecord, playRecord } from '../../helpers/plays.ts';

const DATE = '2026-07-01';
const [first, ...others] = CHAIN_PROGRAM.commitments;
/** Its first promise has two films, its loop two items: each of another length. */
const PROGRAM = {
  ...CHAIN_PROGRAM,
  loop: [...CHAIN_PROGRAM.loop, { item: 'film-c2', durationMs: 20_000 }],
  commitments: first
    ? [{ ...first, items: [...first.items, { item: 'loop-a', durationMs: 10_000, weight: 1 }] }, ...others]
    : [],
};

function play(item: string, commitment: string | null, durationMs: number, over: Partial<PlayRecord> = {}): PlayRecord {
  const record = playRecord(PROGRAM, { item, commitment, date: DATE, atMs: 0, monoMs: 0, durationMs });
  if (record.kind !== 'play') throw new TypeError('a play');
  return { ...record, seq: 0, ...over };
}

describe('a play', () => {
  test.each([
    ['a film of a promise', play('film-c1', 'c1', 30_000), { commitment: 'c1', durationMs: 30_000 }],
    ['another film of the same promise', play('loop-a', 'c1', 10_000), { commitment: 'c1', durationMs: 10_000 }],
    ['a film of another promise', play('film-c2', 'c2', 30_000), { commitment: 'c2', durationMs: 30_000 }],
    ['an item of the loop', play('loop-a', null, 15_000), { commitment: '', durationMs: 15_000 }],
    ['another item of the loop', play('film-c2', null, 20_000), { commitment: '', durationMs: 20_000 }],
  ])('[G6] of %s counts for whom the program has it, at the length that it has there', (_, record, due) => {
    expect(expectedOf(record, PROGRAM)).toEqual(due);
    expect(countedPlay(record, PROGRAM)).toEqual({ date: DATE, ...due });
  });

  test.each([
    ['a promise that the program does not have', play('film-c1', 'c9', 30_000)],
    ['a promise that has other films', play('film-c2', 'c1', 30_000)],
    ['the loop, which does not have it', play('film-c1', null, 30_000)],
    ['bytes that the program does not name', play('film-c1', 'c1', 30_000, { sha: shaOf('other') })],
    ['an item that the program does not name', play('other', 'c1', 30_000)],
  ])('[G6] for %s counts for nothing', (_, record) => {
    expect(expectedOf(record, PROGRAM)).toBeNull();
    expect(countedPlay(record, PROGRAM)).toBeNull();
  });

  test('[G6] counts for nothing without a program, and without a date in its slot', () => {
    expect(countedPlay(play('film-c1', 'c1', 30_000), null)).toBeNull();
    expect(countedPlay(play('film-c1', 'c1', 30_000, { slot: 'today/0' }), PROGRAM)).toBeNull();
  });

  test.each([
    [29_499, false],
    [29_500, true],
    [30_500, true],
    [30_501, false],
  ])('[G6] of %i ms where the program has 30 s: counts %s', (ranMs, counts) => {
    expect(countedPlay(play('film-c1', 'c1', ranMs), PROGRAM) !== null).toBe(counts);
  });
});

test('[G6] plays add up by date and promise, the loop for itself, with the length of the program', () => {
  const records: ProofRecord[] = [
    { ...bootRecord(0), seq: 0 } as ProofRecord,
    play('film-c1', 'c1', 29_900),
    play('film-c1', 'c1', 30_000, { reason: 'make-good' }),
    play('film-c1', 'c1', 30_000, { outcome: 'cut' }),
    play('film-c1', 'c1', 30_000, { slot: '2026-07-02/0' }),
    play('loop-a', null, 15_000),
    play('loop-a', 'c1', 10_000),
    play('film-c2', 'c2', 30_000, { reason: 'bonus' }),
  ];
  expect(countPlays(records, PROGRAM)).toEqual([
    { date: DATE, commitment: 'c1', plays: 3, makeGoods: 1, airtimeMs: 70_000 },
    { date: '2026-07-02', commitment: 'c1', plays: 1, makeGoods: 0, airtimeMs: 30_000 },
    { date: DATE, commitment: '', plays: 1, makeGoods: 0, airtimeMs: 15_000 },
    { date: DATE, commitment: 'c2', plays: 1, makeGoods: 0, airtimeMs: 30_000 },
  ]);
  expect(countPlays(records, null)).toEqual([]);
});
