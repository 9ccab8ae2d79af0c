import { expect, test } from 'vitest';
import type { PlayRecord } from '../../domain/proof/record.ts';
import { recordSchema } from '../../protocol/proof.ts';
import { readRecord } from '../../protocol/read-record.ts';

const PLAY: PlayRecord = {
  kind: 'play',
  seq: 7,
  t0: 1_782_345_678_901,
  t1: 1_782_345_693_901,
  m0: 1000,
  m1: 16_000,
  item: 'film-1',
  sha: 'a'.repeat(64),
  campaign: 'spring',
  commitment: 'spring.min.f1',
  slot: '2026-07-01/1782345678901',
  outcome: 'complete',
  reason: 'scheduled',
  evidence: { expectedMs: 15_000, frames: 375, dropped: 0, visible: 1 },
};

/** What any field may be found to hold, right here and wrong there. */
const VALUES: readonly unknown[] = [
  ...[0, -0, 1, 2, -1, 0.5, 2 ** 53, 2 ** 53 - 1, Number.NaN, Number.POSITIVE_INFINITY],
  ...['', 'play', 'mode', 'a', '-a', 'a b', 'ä', 'a\n', 'a'.repeat(128), 'a'.repeat(129), '1'],
  ...[
    'A'.repeat(64),
    '0'.repeat(64),
    `${'0'.repeat(64)}\n`,
    '2026-07-01/1',
    '2026-07-01/',
    `2026-07-01/${'1'.repeat(17)}`,
  ],
  ...['cut', 'failed', 'scheduled', 'make-good', 'bonus', 'filler', 'other'],
  ...[null, undefined, true, [], {}, [1], { expectedMs: 1, frames: 0, dropped: 0, visible: 0 }],
];

/** As the schema alone reads it. */
function bySchema(value: unknown): unknown {
  const parsed = recordSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

function without(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

test('[I7] a play is read without the schema exactly as by the schema, whatever one of its fields holds', () => {
  const changed = Object.keys(PLAY).flatMap((key) => [
    without(PLAY, key),
    { ...without(PLAY, key), [`${key}2`]: 1 },
    ...VALUES.map((value) => ({ ...PLAY, [key]: value })),
  ]);
  const seen = Object.keys(PLAY.evidence).flatMap((key) => [
    without(PLAY.evidence, key),
    { ...without(PLAY.evidence, key), [`${key}2`]: 1 },
    ...VALUES.map((value) => ({ ...PLAY.evidence, [key]: value })),
  ]);
  const all: unknown[] = [
    PLAY,
    { ...PLAY, more: 1 },
    { ...PLAY, campaign: null, commitment: null },
    { ...PLAY, evidence: { ...PLAY.evidence, more: 1 } },
    { ...PLAY, evidence: { ...PLAY.evidence, shot: 'b'.repeat(64) } },
    JSON.parse(JSON.stringify(PLAY).replace('"seq"', '"__proto__"')),
    ...changed,
    ...seen.map((evidence) => ({ ...PLAY, evidence })),
    ...VALUES,
  ];
  for (const value of all) expect([value, readRecord(value)]).toEqual([value, bySchema(value)]);
  expect(all.filter((value) => readRecord(value) !== null).length).toBeGreaterThan(50);
});

test('[I7] records of other kinds are read by the schema', () => {
  const { seq, t0, t1, m0, m1 } = PLAY;
  const gap = { kind: 'gap', reason: 'asleep', seq, t0, t1, m0, m1, evidence: {} };
  expect(readRecord(gap)).toEqual(gap);
  expect(readRecord({ ...gap, reason: 'unknown' })).toBeNull();
});
