/** What entries of a log say about the screens of a bundle. */
import { expect, test } from 'vitest';
import { createLogFacts, type LogFacts } from '../../../domain/bundle/log-facts.ts';
import type { LogEntry } from '../../../domain/proof/log-entry.ts';

const HASH = 'a'.repeat(64);
const device = 'd'.repeat(64);
const place = { device, epoch: 1, segment: 2, hash: HASH };

/** Facts about screen `a` after entries from index 10 on; null: one that cannot be read. */
function factsOf(...entries: (LogEntry | null)[]): LogFacts {
  const facts = createLogFacts(new Set(['a']));
  for (const [k, entry] of entries.entries()) facts.take(entry, `text ${k}`, 10 + k);
  return facts;
}

/** An entry of each kind that is about a screen. */
const about = (screen: string): LogEntry[] => [
  { kind: 'enrolment', screen, device, publicKey: 'k', assurance: 'C', atMs: 1 },
  { kind: 'endorsement', screen, device, enrolment: HASH, unit: 'u', signature: 's' },
  { kind: 'assignment', screen, program: HASH, atMs: 1 },
  { kind: 'segment', screen, ...place },
  { kind: 'fork', screen, ...place },
];

const listed = (facts: LogFacts): unknown[][] => [
  [...facts.enrolmentsOf('a'), ...facts.enrolmentsOf('b')],
  [...facts.endorsements()],
  [...facts.assignmentsOf('a'), ...facts.assignmentsOf('b')],
  [...facts.segmentsOf(device)],
  [...facts.forksOf(device)],
  [...facts.refusedOf(device)],
  [...facts.unreadable()],
];

test('[BV1] entries of a screen of the bundle are known with their places in the log', () => {
  const [enrolment, endorsement, assignment, segment, fork] = about('a').map((entry, k) => ({
    ...entry,
    index: 10 + k,
  }));
  const facts = factsOf(...about('a'));
  expect(listed(facts)).toEqual([
    [{ ...enrolment, text: 'text 0' }],
    ...[[endorsement], [assignment], [segment], [fork], [], []],
  ]);
  expect(facts.enrolment(device, 'a')).toEqual({ ...enrolment, text: 'text 0' });
  expect(facts.enrolment('another', 'a')).toBeNull();
  expect(facts.segment(device, 1, 2)).toEqual(segment);
  expect([facts.segment(device, 1, 3), facts.segment(device, 2, 2)]).toEqual([null, null]);
});

test('[BV1] entries of other screens say nothing, nor do those that are about none', () => {
  const others: LogEntry[] = [
    { kind: 'retirement', screen: 'a', device, atMs: 1 },
    { kind: 'dayclose', screen: 'a', date: '2026-07-01', device, record: HASH, hash: HASH },
    { kind: 'handover', screen: 'a', device, program: HASH },
    { kind: 'release', version: '1', arch: 'x64', sha512: HASH },
  ];
  const facts = factsOf(...about('b'), ...others);
  expect(listed(facts)).toEqual([[], [], [], [], [], [], []]);
  expect([facts.enrolment(device, 'b'), facts.hasProgram(HASH)]).toEqual([null, false]);
});

test('[BV2] programs, refused segments and entries that cannot be read may concern any screen', () => {
  const refused = { kind: 'quarantine', reason: 'root-wrong', ...place } as const;
  const facts = factsOf(null, { kind: 'program', hash: HASH }, refused);
  expect([facts.unreadable(), facts.hasProgram(HASH), facts.hasProgram(device)]).toEqual([[10], true, false]);
  expect(facts.refusedOf(device)).toEqual([{ ...refused, index: 12 }]);
});

test('[BV4] a second segment under a number is a fork, whatever the log calls it, and the first one stands', () => {
  const facts = factsOf(
    { kind: 'segment', screen: 'a', ...place },
    { kind: 'segment', screen: 'a', ...place, hash: device },
  );
  expect(facts.segment(device, 1, 2)).toMatchObject({ hash: HASH, index: 10 });
  expect(facts.forksOf(device)).toEqual([{ kind: 'fork', screen: 'a', ...place, hash: device, index: 11 }]);
});

test('[BV9] successions stand where the log begins, one after the other, and nowhere else', () => {
  const succession = (origin: string): LogEntry => ({
    ...{ kind: 'succession', origin, size: 1, root: HASH, next: 'key', atMs: 1, signature: 's' },
  });
  const facts = createLogFacts(new Set());
  for (const [index, origin] of [
    [0, 'one'],
    [1, 'two'],
    [3, 'late'],
    [0, 'again'],
  ] as const)
    facts.take(succession(origin), '', index);
  expect(facts.successions().map(({ origin, index }) => [origin, index])).toEqual([
    ['one', 0],
    ['two', 1],
  ]);
  const plain = createLogFacts(new Set());
  plain.take({ kind: 'release', version: '1', arch: 'x64', sha512: HASH }, '', 0);
  expect(plain.successions()).toEqual([]);
});
