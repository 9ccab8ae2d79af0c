/** What an inspector is told of a screen's date, by what is known of the screen. */
import { describe, expect, test } from 'vitest';
import type { DeviceDate, DeviceTimeline } from '../../../domain/bundle/device-timeline.ts';
import { programOf } from '../../helpers/random-program.ts';
import {
  dayOf,
  found,
  judge,
  type Known,
  LOG_ANEW,
  minutes,
  OPEN_MS,
  signed,
  timelineOf,
} from './support/judging-rig.ts';

test('[BV1] a date of which all is there is proved, with its zone, its span and its promises', () => {
  expect(judge()).toEqual({
    ...{ timeZone: 'Asia/Shanghai', proof: 'proved', findings: [], widestMs: 5 },
    promises: [
      { campaign: 'campaign-c1', commitment: 'c1', required: 2, plays: 2, makeGoods: 0, signed: 0, verdict: 'met' },
    ],
  });
});

describe('the end of the day', () => {
  const open = dayOf({ signed: null });

  test('[BV3] that no device signed is a gap, beside others', () => {
    expect(found({ timelines: [timelineOf(open)] })).toEqual(['proved-with-gaps', [{ kind: 'not-closed' }]]);
    expect(found({ timelines: [timelineOf(open)], findings: [LOG_ANEW] })).toEqual([
      ...['proved-with-gaps', [LOG_ANEW, { kind: 'not-closed' }]],
    ]);
    expect(found({ timelines: [timelineOf(open), timelineOf(dayOf())] })).toEqual(['proved', []]);
  });

  test('[BV3] is not asked for where the screen was closed, or something is missing anyway', () => {
    const closed = programOf([], { openingHours: [{ days: ['sun'], from: '08:00', to: '08:30' }] });
    expect(found({ timelines: [timelineOf(open)] }, { p: closed })).toEqual(['proved', []]);
    const { proof, findings } = judge({ timelines: [timelineOf(open, { covered: () => [minutes(0, 20)] })] });
    expect([proof, findings.map(({ kind }) => kind)]).toEqual(['incomplete', ['records-missing']]);
  });
});

test('[BV1] the span is the widest of all devices, open where one has no end, and none where nothing was signed', () => {
  const widest = (...spans: (number | null)[]) =>
    judge({ timelines: spans.map((widestMs) => timelineOf(dayOf({ widestMs }))) }).widestMs;
  expect([widest(5, 9, 7), widest(5, null), widest()]).toEqual([9, 'open', null]);
  expect(judge({ timelines: [timelineOf(null)] }).widestMs).toBeNull();
});

describe('time within the hours', () => {
  const coveredBy = (startsNew: boolean, ...covered: ReturnType<typeof minutes>[]) =>
    judge({ startsNew, timelines: [timelineOf(dayOf(), { covered: () => covered })] }).findings;
  const missing = (kind: string, from: number, to: number) => {
    const { startMs: fromMs, endMs: toMs } = minutes(from, to);
    return { kind, fromMs, toMs };
  };

  test('[BV2] of which no record says anything is missing', () => {
    expect(coveredBy(false, minutes(5, 10), minutes(20, 25))).toEqual([
      ...[missing('records-missing', 0, 5), missing('records-missing', 10, 20), missing('records-missing', 25, 30)],
    ]);
    expect(coveredBy(false, minutes(-5, 20), minutes(20, 30))).toEqual([]);
    expect(judge({ timelines: [] }).findings).toEqual([{ kind: 'no-device' }]);
  });

  test('[BV3] before the first record that there ever was is from before the player', () => {
    expect(coveredBy(true, minutes(5, 10))).toEqual([
      ...[missing('not-enrolled', 0, 5), missing('records-missing', 10, 30)],
    ]);
    expect(coveredBy(true)).toEqual([missing('not-enrolled', 0, 30)]);
  });

  test('[BV3] has the remarks that touch it, and no others', () => {
    const remarks = [minutes(-9, 0), minutes(0, 1), minutes(29, 40), minutes(30, 40)].map((span, k) => ({
      ...{ span, finding: { kind: 'recovered', atMs: k } as const },
    }));
    expect(found({ timelines: [timelineOf(dayOf(), { remarks: () => remarks })] })).toEqual([
      'proved-with-gaps',
      [1, 2].map((atMs) => ({ kind: 'recovered', atMs })),
    ]);
  });

  test('[BV4] is of one device: what two showed at once for more than five seconds contradicts', () => {
    const showing = (startMs: number, endMs: number) =>
      timelineOf(dayOf(), { shown: () => [{ startMs: OPEN_MS + startMs, endMs: OPEN_MS + endMs }] });
    const overlaps = (...timelines: DeviceTimeline[]) => judge({ timelines }).findings;
    expect(overlaps(showing(0, 10_000), showing(5000, 20_000))).toEqual([]);
    expect(overlaps(showing(-9000, 5000), showing(-9000, 5000))).toEqual([]);
    expect(overlaps(showing(0, 10_001), showing(60_000, 70_000), showing(5000, 20_000))).toEqual([
      { kind: 'plays-overlap', fromMs: OPEN_MS + 5000, toMs: OPEN_MS + 10_001 },
    ]);
  });
});

describe('signed totals', () => {
  const differs = (day: Partial<DeviceDate>, known: Known = {}) =>
    judge({ timelines: [timelineOf(dayOf(day), known)] }).findings.filter(({ kind }) => kind === 'count-differs');

  test.each([
    ['as many as were signed', 2, 2, 2, false],
    ['more in the same journal', 2, 3, 3, true],
    ['more, but no more in the same journal', 2, 3, 2, false],
    ['fewer', 2, 1, 1, true],
  ])('[BV4] hold or contradict the records: %s', (_, plays, all, ofEpoch, isWrong) => {
    const totals = signed({ c1: plays }, { c1: all }, { c1: ofEpoch });
    const finding = { kind: 'count-differs', commitment: 'c1', signed: plays, counted: all };
    expect(differs({ signed: totals })).toEqual(isWrong ? [finding] : []);
  });

  test('[BV4] of plays that nowhere are contradict; where records are missing more may have been signed than is here', () => {
    expect(differs({ signed: signed({ c1: 1 }) })).toEqual([
      { kind: 'count-differs', commitment: 'c1', signed: 1, counted: 0 },
    ]);
    const covered = () => [minutes(0, 20)];
    expect(differs({ signed: signed({ c1: 1 }) }, { covered })).toEqual([]);
    expect(differs({ signed: signed({ c1: 1 }, { c1: 2 }) }, { covered })).toHaveLength(1);
  });
});
