/** A device's segments one after the other: what follows what, what the log says of them, and what they name. */
import { describe, expect, test } from 'vitest';
import { createDeviceWalk, type DeviceWalk, type WalkGround } from '../../../domain/bundle/device-walk.ts';
import type { FindingKind } from '../../../domain/bundle/finding.ts';
import { createLogFacts } from '../../../domain/bundle/log-facts.ts';
import { trustedTimes } from '../../../domain/bundle/trusted-times.ts';
import type { LogEntry } from '../../../domain/proof/log-entry.ts';
import { contentHash, hex, type SegmentHeader } from '../../../domain/proof/segment.ts';
import { sha256 } from '../../../server/sha256.ts';
import { CHAIN_PROGRAM } from '../../helpers/chain-builder.ts';
import { playRecord } from '../../helpers/plays.ts';
import { hashAt, openRecord, soundSegment, WALKER } from '../../helpers/sound-segment.ts';

type Place = readonly [epoch: number, segment: number];
const placed = ([epoch, segment]: Place) => ({ screen: 'a', device: WALKER, epoch, segment });
const logged = (place: Place, hash = hashAt(...place)): LogEntry => ({ kind: 'segment', ...placed(place), hash });
const forked = (place: Place): LogEntry => ({ kind: 'fork', ...placed(place), hash: 'other' });
const refused = (place: Place): LogEntry => ({
  ...{ kind: 'quarantine', reason: 'root-wrong', hash: 'other' },
  ...placed(place),
});

/** The log's root at size 5 is of ones; it was vouched for at sizes 5 and 100. */
const ROOT = new Uint8Array(32).fill(1);
const FIRST_INDEX = 10;

/** Walks through segments, each of two records at 1000 ms × its position; `entries` are the log, from index 10 on. */
function walk(
  headers: readonly Partial<SegmentHeader>[],
  entries: readonly LogEntry[] = headers.map(({ epoch = 0, segment = 0 }) => logged([epoch, segment])),
  over: Partial<WalkGround> = {},
): DeviceWalk {
  const facts = createLogFacts(new Set(['a']));
  for (const [k, entry] of entries.entries()) facts.take(entry, '', FIRST_INDEX + k);
  const range = {
    from: 0,
    ...{ add() {}, remember() {}, size: () => 100, leadsTo: () => true },
    rootAt: (size: number) => (size === 5 ? ROOT : null),
  };
  const times = trustedTimes([
    { size: 5, atMs: 200 },
    { size: 100, atMs: 900 },
  ]);
  const made = createDeviceWalk(WALKER, 'a', {
    ...{ facts, range, times, programs: new Map(), isAnew: false, sha256 },
    ...over,
  });
  for (const [k, header] of headers.entries())
    made.take(soundSegment(header, [openRecord(1000 * k, 1000 * k + 100), openRecord(1000 * k + 100)]));
  return made;
}

const found = ({ timeline }: DeviceWalk, kind: FindingKind): unknown[] =>
  timeline.remarks().flatMap(({ finding }) => (finding.kind === kind ? [finding] : []));

/** Two records each: the segment after begins with seq 2 and names it. */
const FIRST = { segment: 0, firstSeq: 0, prev: null };
const NEXT = { segment: 1, firstSeq: 2, prev: hashAt(0, 0) };

describe('a chain', () => {
  test.each<[string, Partial<SegmentHeader>[]]>([
    ['that begins an epoch and goes on', [FIRST, NEXT, { segment: 2, firstSeq: 4, prev: hashAt(0, 1) }]],
    ['of which only the end is here', [{ segment: 3, firstSeq: 9, prev: 'unknown' }]],
    ['with a hole that had one record', [FIRST, { segment: 2, firstSeq: 3, prev: 'unknown' }]],
    ['of a later epoch', [FIRST, { ...FIRST, epoch: 1 }]],
    ['of a later epoch of which only the end is here', [FIRST, { epoch: 2, segment: 2, firstSeq: 9, prev: 'unknown' }]],
  ])('[BV4] holds: one %s', (_, headers) => expect(found(walk(headers), 'chain-broken')).toEqual([]));

  test.each<[string, Partial<SegmentHeader>[]]>([
    ['begins with the hash of something', [{ ...FIRST, prev: 'something' }]],
    ['begins with another number than 0', [{ ...FIRST, firstSeq: 1 }]],
    ['begins a later epoch with the hash of the one before', [FIRST, { ...FIRST, epoch: 1, prev: hashAt(0, 0) }]],
    ['begins a later epoch with the number after the one before', [FIRST, { ...FIRST, epoch: 1, firstSeq: 2 }]],
    ['names another segment before', [FIRST, { ...NEXT, prev: 'something' }]],
    ['names none before', [FIRST, { ...NEXT, prev: null }]],
    ['leaves a number out', [FIRST, { ...NEXT, firstSeq: 3 }]],
    ['uses a number twice', [FIRST, { ...NEXT, firstSeq: 1 }]],
    ['has a hole without room for a record', [FIRST, { segment: 2, firstSeq: 2, prev: 'unknown' }]],
  ])('[BV4] is broken where it %s', (_, headers) => {
    const { epoch = 0, segment = 0 } = headers.at(-1) ?? {};
    expect(found(walk(headers), 'chain-broken')).toEqual([{ kind: 'chain-broken', epoch, segment }]);
  });
});

describe('time between two segments', () => {
  const covered = (headers: Partial<SegmentHeader>[], others: LogEntry[] = []) =>
    walk(headers, [...headers.map(({ epoch = 0, segment = 0 }) => logged([epoch, segment])), ...others])
      .timeline.covered()
      .map(({ startMs, endMs }) => [startMs, endMs]);
  const whole = [[0, 1100]];
  const apart = [
    [0, 100],
    [1000, 1100],
  ];

  test('[BV1] is covered where the second follows the first', () => {
    expect(covered([FIRST, NEXT])).toEqual(whole);
    expect(
      covered([
        { ...FIRST, epoch: 3 },
        { ...FIRST, epoch: 5 },
      ]),
    ).toEqual(whole);
    expect(
      covered(
        [
          { ...FIRST, epoch: 3 },
          { ...FIRST, epoch: 5 },
        ],
        [logged([2, 9]), logged([5, 1])],
      ),
    ).toEqual(whole);
  });

  test('[BV2] is not where segments between them are not here', () => {
    expect(covered([FIRST, { ...NEXT, segment: 2 }])).toEqual(apart);
    expect(covered([FIRST, { ...NEXT, epoch: 1 }])).toEqual(apart);
    for (const between of [logged([3, 1]), logged([4, 0])])
      expect(
        covered(
          [
            { ...FIRST, epoch: 3 },
            { ...FIRST, epoch: 5 },
          ],
          [between],
        ),
      ).toEqual(apart);
  });

  test('[BV2] is not where what lies between them was refused, and that is told', () => {
    const headers = [
      { epoch: 1, segment: 2 },
      { epoch: 1, segment: 5, firstSeq: 9 },
      { epoch: 3, segment: 1 },
    ];
    const places = [
      [0, 1],
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 4],
      [1, 5],
      [1, 6],
      [3, 0],
      [3, 1],
      [4, 0],
    ] as const;
    const entries = [...headers.map(({ epoch, segment }) => logged([epoch, segment])), ...places.map(refused)];
    expect(walk(headers, entries).timeline.remarks()).toMatchObject(
      [
        [1, 0, 0],
        [1, 1, 0],
        [1, 3, 1000],
        [1, 4, 1000],
        [3, 0, 2000],
      ].map(([epoch, segment, startMs]) => ({
        span: { startMs },
        finding: { kind: 'segment-refused', epoch, segment, reason: 'root-wrong' },
      })),
    );
  });
});

describe('what the log says of a segment', () => {
  test('[BV4] [BV2] nothing of one that is not logged, or is another than was logged, is believed', () => {
    const made = walk([FIRST, NEXT, { segment: 2, firstSeq: 4 }], [logged([0, 0], 'another'), logged([0, 2])]);
    expect(made.findings).toEqual([
      { kind: 'other-segment', epoch: 0, segment: 0 },
      { kind: 'not-logged', epoch: 0, segment: 1 },
    ]);
    expect(made.timeline.covered()).toEqual([{ startMs: 2000, endMs: 2100 }]);
    expect(made.startsNew()).toBe(false);
  });

  test('[BV4] one beside which the log has another is a fork', () => {
    const made = walk([FIRST, NEXT], [logged([0, 0]), logged([0, 1]), forked([0, 1]), forked([1, 0])]);
    expect(found(made, 'fork')).toEqual([{ kind: 'fork', epoch: 0, segment: 1 }]);
  });

  test('[BV3] a device began with the first segment that the log has of it, or its beginning is not here', () => {
    expect(walk([FIRST, NEXT]).startsNew()).toBe(true);
    expect(walk([{ ...FIRST, epoch: 1 }], [logged([1, 0]), logged([2, 0])]).startsNew()).toBe(true);
    expect(walk([{ ...FIRST, epoch: 1 }], [logged([1, 0]), logged([0, 0])]).startsNew()).toBe(false);
    expect(walk([NEXT]).startsNew()).toBe(false);
    expect(walk([]).startsNew()).toBe(false);
  });
});

describe('a beacon', () => {
  const beacon = { size: 5, root: hex(ROOT) };
  /** The widest span of the date that a segment with this beacon is of, and whether it is of another log. */
  function saidBy(named: SegmentHeader['beacon'], over: Partial<WalkGround> = {}): unknown[] {
    const made = walk([], [logged([0, 0])], over);
    const play = { item: 'film-c1', commitment: 'c1', date: '2026-07-01', atMs: 0, monoMs: 0, durationMs: 30_000 };
    made.take(soundSegment({ beacon: named }, [playRecord(CHAIN_PROGRAM, play)]));
    return [made.timeline.dates().get('2026-07-01')?.widestMs, found(made, 'beacon-foreign').length];
  }

  test('[BV1] bounds the segment from before, if the log had that root', () => {
    expect(saidBy(beacon)).toEqual([700, 0]);
    expect(saidBy(null)).toEqual([null, 0]);
    expect(saidBy({ ...beacon, size: 6 })).toEqual([null, 0]);
    expect(saidBy({ ...beacon, size: FIRST_INDEX })).toEqual([null, 0]);
  });

  test('[BV4] of a state that the log never had, or came to only with the segment, is of another log', () => {
    expect(saidBy({ ...beacon, root: 'f'.repeat(64) })).toEqual([null, 1]);
    expect(saidBy({ ...beacon, size: FIRST_INDEX + 1 })).toEqual([null, 1]);
  });

  test('[BV9] may be of the log before, where there was one', () => {
    expect(saidBy({ ...beacon, root: 'f'.repeat(64) }, { isAnew: true })).toEqual([null, 0]);
    expect(saidBy({ ...beacon, size: FIRST_INDEX + 1 }, { isAnew: true })).toEqual([null, 0]);
  });
});

test('[BV4] the media that a segment names are those of its program', () => {
  const programs = new Map([['p', { ...CHAIN_PROGRAM }]]);
  const manifest = contentHash(CHAIN_PROGRAM.manifest, sha256);
  const foreign = (over: Partial<SegmentHeader>): unknown[] =>
    found(walk([{ program: 'p', ...over }], undefined, { programs }), 'manifest-foreign');
  expect(foreign({ manifest: 'other' })).toEqual([{ kind: 'manifest-foreign', epoch: 0, segment: 0 }]);
  expect([foreign({ manifest }), foreign({ manifest: null }), foreign({ manifest: 'other', program: 'q' })]).toEqual([
    ...[[], [], []],
  ]);
});
