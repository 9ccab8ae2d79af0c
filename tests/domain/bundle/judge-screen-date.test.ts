/** What an inspector is told of a screen's date, by what is known of the screen. */
import { describe, expect, test } from 'vitest';
import type { DateCount, DeviceDate, DeviceTimeline } from '../../../domain/bundle/device-timeline.ts';
import type { Finding } from '../../../domain/bundle/finding.ts';
import {
  type JudgedScreenDate,
  judgeScreenDate,
  type ScreenKnowledge,
} from '../../../domain/bundle/judge-screen-date.ts';
import type { Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
/** 08:00 to 08:30 in Shanghai. */
const [OPEN_MS, CLOSE_MS] = [Date.UTC(2026, 6, 1, 0), Date.UTC(2026, 6, 1, 0, 30)];
const minutes = (from: number, to: number) => ({ startMs: OPEN_MS + from * 60_000, endMs: OPEN_MS + to * 60_000 });
const WHOLE = minutes(-60, 90);
const LOG_ANEW: Finding = { kind: 'log-anew', origin: 'o', size: 1 };

const programWith = (...commitments: ProgramCommitment[]): Program =>
  programOf(commitments, { from: '08:00', to: '08:30' });

/** Plays of `c1`, and of the loop beside them. */
const counted = (plays: number, over: Partial<DateCount> = {}, fillers = 0): DeviceDate['counts'] =>
  new Map([
    ['c1', { plays, makeGoods: 0, airtimeMs: plays * 30_000, startsMs: [], ...over }],
    ['', { plays: fillers, makeGoods: 0, airtimeMs: fillers * 10_000, startsMs: [] }],
  ]);
const signed = (plays = {}, all = {}, ofEpoch = all): DeviceDate['signed'] => ({
  ...{ plays, counted: new Map(Object.entries(all)), ofEpoch: new Map(Object.entries(ofEpoch)) },
});
const dayOf = (over: Partial<DeviceDate> = {}): DeviceDate => ({
  ...{ counts: counted(2), signed: signed(), programs: new Set(['p']), widestMs: 5 },
  ...over,
});

type Known = {
  covered?: DeviceTimeline['covered'];
  shown?: DeviceTimeline['shown'];
  remarks?: DeviceTimeline['remarks'];
};
const timelineOf = (day: DeviceDate | null, known: Known = {}): DeviceTimeline => ({
  ...{ add() {}, find() {}, covered: () => [WHOLE], remarks: () => [], shown: () => [] },
  ...known,
  dates: () => new Map(day ? [[DATE, day]] : []),
});

/** The verdict on a screen whose one device played `c1` twice, as its program asks for; `over` says what differs. */
function judge(over: Partial<ScreenKnowledge> = {}, programs: Record<string, Program> = {}): JudgedScreenDate {
  const p = programWith(commitmentOf('c1', { minPlays: 2 }));
  return judgeScreenDate(
    {
      timelines: [timelineOf(dayOf())],
      programs: new Map(Object.entries({ p, ...programs })),
      assigned: [{ program: 'p', fromMs: 0 }],
      ...{ isLogged: () => true, startsNew: false, knownFromMs: 0, findings: [] },
      ...over,
    },
    DATE,
    null,
  );
}
const found = (...of: Parameters<typeof judge>): unknown => [judge(...of).proof, judge(...of).findings];

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

describe('the programs of a date', () => {
  const strict = { q: programWith(commitmentOf('c1', { minPlays: 9 })) };
  /** What is asked for where the screen was given `q` after `p`. */
  const asked = (fromMs: number, programs = ['p']) =>
    judge(
      {
        timelines: [timelineOf(dayOf({ programs: new Set(programs) }))],
        assigned: [
          { program: 'p', fromMs: 0 },
          { program: 'q', fromMs },
        ],
      },
      strict,
    ).promises[0]?.required;

  test('[BV5] are those that the device followed, and those in force within the hours', () => {
    expect([asked(CLOSE_MS), asked(CLOSE_MS - 1), asked(OPEN_MS), asked(0)]).toEqual([2, 9, 9, 9]);
    expect(asked(CLOSE_MS, ['p', 'q'])).toBe(9);
    expect(judge({ timelines: [timelineOf(null)] }).promises).toMatchObject([{ required: 2, plays: 0 }]);
    expect(judge({ timelines: [timelineOf(null)], assigned: [{ program: 'p', fromMs: CLOSE_MS }] })).toMatchObject({
      ...{ timeZone: null, promises: [], findings: [{ kind: 'no-program' }] },
    });
  });

  test('[BV2] [BV5] leave it incomplete where one is not here, not in the log, or was never given to the screen', () => {
    const other = { timelines: [timelineOf(dayOf({ programs: new Set(['q']) }))] };
    const given = [{ program: 'q', fromMs: 0 }];
    expect(found({ ...other, assigned: given })).toEqual(['incomplete', [{ kind: 'program-missing', program: 'q' }]]);
    expect(found({ isLogged: (hash) => hash !== 'p' })).toEqual([
      ...['incomplete', [{ kind: 'program-not-logged', program: 'p' }]],
    ]);
    const late = [{ program: 'p', fromMs: CLOSE_MS }];
    expect(found({ ...other, assigned: late }, strict)).toEqual([
      ...['incomplete', [{ kind: 'program-not-assigned', program: 'q' }]],
    ]);
    expect(found({ timelines: [timelineOf(dayOf({ programs: new Set() }))], assigned: [] })).toEqual([
      ...['incomplete', [{ kind: 'no-program' }]],
    ]);
  });
});

test('[BV2] [BV5] a program that is not here may have been in force whenever the date was somewhere', () => {
  const HOUR_MS = 3_600_000;
  const from = Date.UTC(2026, 6, 1) - 14 * HOUR_MS;
  const to = Date.UTC(2026, 6, 3) + 12 * HOUR_MS;
  /** The screen was given it, and then the one that it followed. */
  const between = (fromMs: number, untilMs: number) =>
    judge({
      assigned: [
        ...[
          { program: 'p', fromMs: 0 },
          { program: 'hidden', fromMs },
        ],
        { program: 'p', fromMs: untilMs },
      ],
    }).findings;
  const missing = [{ kind: 'program-missing', program: 'hidden' }];
  expect([between(from - 9, from + 1), between(to - 1, to + 9)]).toEqual([missing, missing]);
  expect([between(from - 9, from), between(to, to + 9)]).toEqual([[], []]);
});

test('[BV2] [BV5] what the screen had been given has to be shown from the time on when the date, or the screen, began', () => {
  const OPEN_MS = minutes(0, 0).startMs;
  expect(found({ knownFromMs: OPEN_MS })).toEqual(['proved', []]);
  const late = judge({ knownFromMs: OPEN_MS + 1 });
  expect([late.proof, late.findings, late.promises[0]?.verdict]).toEqual([
    ...['incomplete', [{ kind: 'programs-unknown' }], 'unknown'],
  ]);
  const from = (minute: number, startsNew: boolean) =>
    judge({
      ...{ startsNew, knownFromMs: minutes(5, 5).startMs },
      timelines: [timelineOf(dayOf(), { covered: () => [minutes(minute, 30)] })],
    }).findings.some(({ kind }) => kind === 'programs-unknown');
  expect([from(5, true), from(4, true), from(5, false)]).toEqual([false, true, true]);
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

describe('a promise', () => {
  /** What becomes of `c1` of such a form, played so often beside so many fillers. */
  const verdictOf = (
    form: Partial<ProgramCommitment>,
    counts: DeviceDate['counts'] = counted(2),
    over: Partial<ScreenKnowledge> = {},
  ) =>
    judge({ timelines: [timelineOf(dayOf({ counts }))], ...over }, { p: programWith(commitmentOf('c1', form)) })
      .promises[0]?.verdict;

  test('[BV5] is the most that any program asks for, and the worst that came of it, in order of ids', () => {
    const [low, high] = [1, 4].map((minPlays) =>
      programWith(commitmentOf('c2', { minPlays: 0 }), commitmentOf('c1', { minPlays })),
    );
    if (!low || !high) throw new RangeError('two programs');
    for (const programs of [
      { p: low, q: high },
      { p: high, q: low },
    ]) {
      const day = dayOf({ programs: new Set(['p', 'q']) });
      const given = { assigned: ['p', 'q'].map((program) => ({ program, fromMs: 0 })) };
      expect(judge({ ...given, timelines: [timelineOf(day)] }, programs).promises).toMatchObject([
        { commitment: 'c1', required: 4, plays: 2, verdict: 'short' },
        { commitment: 'c2', required: 0, plays: 0, verdict: 'met' },
      ]);
    }
  });

  test('[BV1] is kept by the plays of all devices, and by make-good where it took those', () => {
    const two = [counted(1), counted(1, { makeGoods: 1 })].map((counts) => timelineOf(dayOf({ counts })));
    const promise = { required: 2, plays: 2, makeGoods: 1, verdict: 'met-by-make-good' };
    expect(judge({ timelines: two }).promises).toMatchObject([promise]);
    expect(verdictOf({ minPlays: 3 })).toBe('short');
    const never = [{ from: '05:00', to: '06:00' }];
    expect(verdictOf({ minPlays: 0, dayParts: never })).toBe('short');
  });

  test.each<[string, Partial<ProgramCommitment>, DeviceDate['counts'], DeviceDate['counts']]>([
    ['a share of plays', { minShare: 0.5 }, counted(2, {}, 2), counted(2, {}, 3)],
    ['a share of airtime', { minAirtimeShare: 0.5 }, counted(1, {}, 3), counted(1, {}, 4)],
    [
      'a longest gap',
      { maxGapMs: 900_000 },
      counted(1, { startsMs: [OPEN_MS + 900_000] }),
      counted(1, { startsMs: [OPEN_MS + 950_000] }),
    ],
  ])('[BV1] of %s is held against all plays of the date, once all are here', (_, form, kept, broken) => {
    expect([verdictOf(form, kept), verdictOf(form, broken)]).toEqual(['met', 'short']);
    const cut = (counts: DeviceDate['counts']) => ({
      timelines: [timelineOf(dayOf({ counts }), { covered: () => [minutes(0, 20)] })],
    });
    expect([kept, broken].map((counts) => verdictOf(form, counts, cut(counts)))).toEqual(['unknown', 'unknown']);
    const gaps = { findings: [LOG_ANEW] };
    expect(verdictOf(form, kept, gaps)).toBe('met');
  });

  test('[BV2] [BV4] is met by what is proved of an incomplete date, else unknown; nothing is met by a contradiction', () => {
    const incomplete = { findings: [{ kind: 'entry-unreadable', index: 1 }] as const };
    expect([
      verdictOf({ minPlays: 2 }, counted(2), incomplete),
      verdictOf({ minPlays: 3 }, counted(2), incomplete),
    ]).toEqual([...['met', 'unknown']]);
    const wrong = { findings: [{ kind: 'fork', epoch: 0, segment: 0 }] as const };
    expect([verdictOf({ minPlays: 2 }, counted(2), wrong), verdictOf({ minPlays: 3 }, counted(2), wrong)]).toEqual([
      ...['unknown', 'unknown'],
    ]);
  });
});
