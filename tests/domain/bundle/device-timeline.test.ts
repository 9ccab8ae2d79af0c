/** What a device's records say of time, and of the dates that they are of. */
import { describe, expect, test } from 'vitest';
import { createDeviceTimeline, type DeviceTimeline } from '../../../domain/bundle/device-timeline.ts';
import type { Bracket } from '../../../domain/bundle/trusted-times.ts';
import type { PlayRecord } from '../../../domain/proof/record.ts';
import type { SegmentHeader } from '../../../domain/proof/segment.ts';
import { CHAIN_PROGRAM } from '../../helpers/chain-builder.ts';
import { bootRecord, playRecord } from '../../helpers/plays.ts';
import { openRecord, soundSegment } from '../../helpers/sound-segment.ts';
import type { Unnumbered } from '../../helpers/test-device.ts';

const DATE = '2026-07-01';
const NOBODY: Bracket = { notBeforeMs: null, notAfterMs: null };

const clock = (t0: number, t1: number, reason: 'stepped' | 'synchronised' = 'stepped'): Unnumbered => ({
  ...{ kind: 'clock', t0, t1, m0: 0, m1: 0, reason },
  evidence: { offsetMs: t1 - t0, errorMs: 0 },
});
const boot = (atMs: number, recovered: 0 | 1 = 0): Unnumbered => ({
  ...{ kind: 'boot', t0: atMs, t1: atMs, m0: 0, m1: 0 },
  ...(recovered === 1
    ? { reason: 'recovered', evidence: { recovered, tornBytes: 3 } }
    : { reason: 'start', evidence: { recovered, tornBytes: 0 } }),
});
const gap = (t0: number, t1: number, reason: 'asleep' | 'journal-failed'): Unnumbered => ({
  ...{ kind: 'gap', t0, t1, m0: 0, m1: 0, reason, evidence: {} },
});
const close = (plays: Record<string, number>, atMs = 0): Unnumbered => ({
  ...{ kind: 'dayclose', t0: atMs, t1: atMs, m0: 0, m1: 0, reason: 'closed' },
  evidence: { date: DATE, plays, makeGoods: {}, short: {} },
});
const play = (commitment: 'c1' | null, atMs: number, over: Partial<PlayRecord> = {}): Unnumbered => {
  const of = { item: commitment === null ? 'loop-a' : 'film-c1', commitment, date: DATE, atMs, monoMs: atMs };
  return playRecord(CHAIN_PROGRAM, { ...of, durationMs: commitment === null ? 15_000 : 30_000 }, over);
};

type Part = { header?: Partial<SegmentHeader>; records: Unnumbered[]; bracket?: Bracket; isCutOff?: boolean };

function timelineOf(...parts: Part[]): DeviceTimeline {
  const timeline = createDeviceTimeline();
  for (const { header = {}, records, bracket = NOBODY, isCutOff = false } of parts)
    timeline.add(soundSegment(header, records), CHAIN_PROGRAM, bracket, isCutOff);
  return timeline;
}
const spans = (list: ReturnType<DeviceTimeline['covered']>) => list.map(({ startMs, endMs }) => [startMs, endMs]);
const coveredBy = (...records: Unnumbered[]) => spans(timelineOf({ records }).covered());
const remarksOf = (...records: Unnumbered[]) => timelineOf({ records }).remarks();
const spanned = (startMs: number, endMs: number, finding: object) => ({ span: { startMs, endMs }, finding });

test('[BV1] of nothing says nothing', () => {
  const timeline = createDeviceTimeline();
  expect([timeline.covered(), timeline.remarks(), timeline.shown(), timeline.dates().size]).toEqual([[], [], [], 0]);
});

describe('time is covered', () => {
  test.each<[string, Unnumbered[], number[][]]>([
    ['by records and from one to the next', [openRecord(10, 20), openRecord(20, 30), openRecord(50, 60)], [[10, 60]]],
    ['by the longest of those that begin together', [openRecord(10, 20), openRecord(10, 30)], [[10, 30]]],
    ['by one within which others stand', [openRecord(10, 40), openRecord(20, 30), openRecord(40, 41)], [[10, 41]]],
    ['by one within which the last stands', [openRecord(10, 40), openRecord(20, 30)], [[10, 40]]],
    ['between records that take none', [openRecord(10), openRecord(20)], [[10, 20]]],
    ['not by one alone that takes none', [openRecord(10)], []],
    ['up to a start', [openRecord(10, 20), boot(50), openRecord(50, 60)], [[10, 60]]],
  ])('[BV1] %s', (_, records, expected) => expect(coveredBy(...records)).toEqual(expected));

  test.each<[string, Unnumbered[], number[][]]>([
    [
      'set on',
      [openRecord(10, 20), clock(50, 90), openRecord(90, 95), openRecord(99)],
      [
        [10, 20],
        [90, 99],
      ],
    ],
    [
      'set back',
      [openRecord(100, 200), clock(200, 50), openRecord(50, 80), openRecord(90)],
      [
        [100, 200],
        [50, 90],
      ],
    ],
    [
      'found to be right',
      [openRecord(10, 20), clock(50, 50, 'synchronised'), openRecord(60)],
      [
        [10, 20],
        [50, 60],
      ],
    ],
  ])('[BV3] not up to and over the time at which the clock was %s', (_, records, expected) =>
    expect(coveredBy(...records)).toEqual(expected),
  );

  test('[BV2] not up to a segment before which others are missing, but within it', () => {
    const timeline = timelineOf(
      { records: [openRecord(0, 10)] },
      { records: [openRecord(50, 60), openRecord(80, 90)], isCutOff: true },
    );
    expect(spans(timeline.covered())).toEqual([
      [0, 10],
      [50, 90],
    ]);
  });
});

describe('a player declares', () => {
  test('[BV3] sleep and a journal that failed, with their times', () => {
    expect(remarksOf(gap(10, 50, 'asleep'), gap(60, 70, 'journal-failed'))).toEqual([
      spanned(10, 50, { kind: 'asleep', fromMs: 10, toMs: 50 }),
      spanned(60, 70, { kind: 'journal-failed', fromMs: 60, toMs: 70 }),
    ]);
  });

  test('[BV3] that it was off until a start, and what a crash may have cost', () => {
    expect(remarksOf(openRecord(10, 20), boot(50), boot(60, 1))).toEqual([
      spanned(20, 50, { kind: 'player-off', fromMs: 20, toMs: 50 }),
      spanned(50, 60, { kind: 'player-off', fromMs: 50, toMs: 60 }),
      spanned(60, 61, { kind: 'recovered', atMs: 60 }),
    ]);
    for (const atMs of [10, 20]) expect(remarksOf(openRecord(10, 20), boot(atMs))).toEqual([]);
  });

  test('[BV3] that the clock was set, on or back', () => {
    expect(remarksOf(clock(10, 50), clock(90, 30), clock(95, 95, 'synchronised'))).toEqual([
      spanned(10, 50, { kind: 'clock-stepped', fromMs: 10, toMs: 50 }),
      spanned(30, 90, { kind: 'clock-stepped', fromMs: 30, toMs: 90 }),
    ]);
  });

  test('[BV3] a new journal, from the last record of the one before', () => {
    const records = [boot(50), openRecord(50, 60)];
    const timeline = timelineOf({ records: [openRecord(10, 20)] }, { header: { epoch: 1 }, records });
    expect(timeline.remarks()).toEqual([spanned(20, 50, { kind: 'journal-anew', fromMs: 20, toMs: 50 })]);
    expect(spans(timeline.covered())).toEqual([[10, 60]]);
  });
});

test('[BV4] what is found of a segment is of all its time', () => {
  const timeline = createDeviceTimeline();
  const finding = { kind: 'fork', epoch: 0, segment: 0 } as const;
  timeline.find(soundSegment({}, [openRecord(30, 40), openRecord(10, 20), openRecord(20, 30)]), finding);
  expect(timeline.remarks()).toEqual([spanned(10, 40, finding)]);
});

test('[BV4] what was shown is every play but those that failed, joined within a second', () => {
  const shownBy = (...records: Unnumbered[]) => spans(timelineOf({ records }).shown());
  const at = (fromMs: number, toMs: number, outcome: PlayRecord['outcome'] = 'complete') =>
    play('c1', fromMs, { t1: toMs, outcome });
  expect(shownBy(at(0, 10), at(1010, 2000, 'cut'), at(3001, 4000))).toEqual([
    [0, 2000],
    [3001, 4000],
  ]);
  expect(shownBy(at(0, 30), at(10, 20), at(30, 30), at(0, 40), openRecord(40, 50))).toEqual([[0, 40]]);
  expect(shownBy(at(5000, 6000), clock(6000, 100), at(100, 200))).toEqual([
    [5000, 6000],
    [100, 200],
  ]);
  expect(shownBy(at(0, 10, 'failed'), at(20, 20))).toEqual([]);
});

describe('a date', () => {
  const day = (...parts: Part[]) =>
    timelineOf(...parts)
      .dates()
      .get(DATE);

  test('[BV1] has the plays that count, with their starts and time', () => {
    const records = [play('c1', 0), play('c1', 40_000, { reason: 'make-good' }), play(null, 70_000)];
    const cut = play('c1', 90_000, { outcome: 'cut' });
    expect(day({ records: [...records, cut] })?.counts).toEqual(
      new Map([
        ['c1', { plays: 2, makeGoods: 1, airtimeMs: 60_000, startsMs: [0, 40_000] }],
        ['', { plays: 1, makeGoods: 0, airtimeMs: 15_000, startsMs: [70_000] }],
      ]),
    );
  });

  test('[BV4] has its signed totals beside the plays before them, in all and of the same journal', () => {
    const before = { records: [play('c1', 0)] };
    const records = [play('c1', 40_000), play('c1', 80_000), close({ c1: 9, c2: 1 }), play('c1', 120_000)];
    expect(day(before, { header: { epoch: 1 }, records })?.signed).toEqual({
      plays: { c1: 9, c2: 1 },
      counted: new Map([
        ['c1', 3],
        ['c2', 0],
      ]),
      ofEpoch: new Map([
        ['c1', 2],
        ['c2', 0],
      ]),
    });
    expect(day(before)?.signed).toBeNull();
  });

  test('[BV5] has the programs of the segments that name it, by a play or by its end', () => {
    const of = (program: string | null, ...records: Unnumbered[]): Part => ({ header: { program }, records });
    const timeline = timelineOf(
      ...[of('p', play('c1', 0)), of('q', openRecord(50_000), close({})), of(null, play('c1', 60_000))],
      ...[of('r', openRecord(90_000), bootRecord(90_000)), of('s', play('c1', 95_000, { slot: 'today/0' }))],
    );
    expect([...timeline.dates().keys()]).toEqual([DATE]);
    expect(timeline.dates().get(DATE)?.programs).toEqual(new Set(['p', 'q']));
  });

  test('[BV1] has the widest span within which a segment of it was signed, open where one has no end', () => {
    const widest = (...brackets: [number | null, number | null][]) =>
      day(
        ...brackets.map(([notBeforeMs, notAfterMs], k) => ({
          ...{ records: [play('c1', k * 40_000)], bracket: { notBeforeMs, notAfterMs } },
        })),
      )?.widestMs;
    expect(widest([100, 300], [100, 900], [100, 200])).toBe(800);
    expect(widest([300, 100])).toBe(0);
    for (const open of [
      [null, 900],
      [100, null],
    ] as [number | null, number | null][])
      expect(widest([100, 300], open, [100, 900])).toBeNull();
  });
});

describe('times that others vouch for', () => {
  const server = (errorMs: number | null) => ({ source: 'server', lastSyncMs: 0, errorMs }) as const;
  const place = { epoch: 2, segment: 7 };
  const records = [openRecord(500_000, 600_000), openRecord(400_000)];
  const said = (clock: SegmentHeader['clock'], notBeforeMs: number | null, notAfterMs: number | null) =>
    timelineOf({ header: { ...place, clock }, records, bracket: { notBeforeMs, notAfterMs } }).remarks();
  const whole = (finding: object) => [spanned(400_000, 600_000, finding)];

  test.each<[number | null, number]>([
    [null, 0],
    [7, 7],
  ])('[BV4] bound records within two minutes and the error of their clock (%s ms)', (errorMs, extraMs) => {
    const [from, to] = [520_000 + extraMs, 480_000 - extraMs];
    expect([said(server(errorMs), from, to), said(server(errorMs), null, null)]).toEqual([[], []]);
    expect(said(server(errorMs), from, to - 1)).toEqual(whole({ kind: 'after-logged', ...place }));
    expect(said(server(errorMs), null, to - 1)).toEqual(whole({ kind: 'after-logged', ...place }));
    expect(said(server(errorMs), from + 1, to)).toEqual(whole({ kind: 'before-beacon', ...place }));
    expect(said(server(errorMs), from + 1, null)).toEqual(whole({ kind: 'before-beacon', ...place }));
  });

  test('[BV3] contradict nothing where nobody had set the clock', () => {
    for (const unsure of [
      { source: 'system', lastSyncMs: 0, errorMs: 0 },
      { source: 'server', lastSyncMs: null, errorMs: 0 },
    ] as const)
      expect(said(unsure, 900_000, 0)).toEqual(whole({ kind: 'clock-unsynchronised' }));
  });
});
