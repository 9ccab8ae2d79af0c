/** A play read without the schema is what the schema would read, whatever is changed in its line. */
import { expect, test } from 'vitest';
import { canonicalJson, parseCanonicalJson } from '../../domain/proof/canonical-json.ts';
import type { PlayRecord } from '../../domain/proof/record.ts';
import { recordSchema } from '../../protocol/proof.ts';
import { readRecordLine } from '../../protocol/read-record-line.ts';

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

/** As the schema alone reads a line in canonical form. */
function bySchema(line: string): unknown {
  const json = parseCanonicalJson(line);
  const parsed = json && recordSchema.safeParse(json.value);
  return parsed?.success ? parsed.data : null;
}

/** The line of a value: canonical where it has such a form, else as JSON writes it. */
function lineOf(value: unknown): string {
  try {
    return canonicalJson(value);
  } catch {
    return String(JSON.stringify(value));
  }
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
  const lines = all.map(lineOf);
  for (const line of lines) expect([line, readRecordLine(line)]).toEqual([line, bySchema(line)]);
  expect(lines.filter((line) => readRecordLine(line) !== null).length).toBeGreaterThan(50);
});

test('[I13] a play that is changed in any one place of its line is read as by the schema', () => {
  const line = canonicalJson(PLAY);
  const letters = [' ', '"', ',', '0', '1', '9', 'a', 'A', '-', '\\', '{', '\n', 'ä'];
  const changed = Array.from(line, (_, at) => [
    line.slice(0, at) + line.slice(at + 1),
    ...letters.flatMap((letter) => [
      line.slice(0, at) + letter + line.slice(at + 1),
      line.slice(0, at) + letter + line.slice(at),
    ]),
  ]).flat();
  for (const one of [...changed, `${line}\n`, `${line} `, ` ${line}`]) {
    expect([one, readRecordLine(one)]).toEqual([one, bySchema(one)]);
  }
});

test('[I7] records of other kinds are read by the schema', () => {
  const { seq, t0, t1, m0, m1 } = PLAY;
  const gap = { kind: 'gap', reason: 'asleep', seq, t0, t1, m0, m1, evidence: {} };
  expect(readRecordLine(canonicalJson(gap))).toEqual(gap);
  expect(readRecordLine(canonicalJson({ ...gap, reason: 'unknown' }))).toBeNull();
  expect(readRecordLine(JSON.stringify(gap))).toBeNull();
});
