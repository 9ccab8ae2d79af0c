/** What a promise comes to on a screen's date: by counts, shares and gaps, and by how much of the date is proved. */
import { describe, expect, test } from 'vitest';
import type { DeviceDate } from '../../../domain/bundle/device-timeline.ts';
import type { ScreenKnowledge } from '../../../domain/bundle/judge-screen-date.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { commitmentOf } from '../../helpers/random-program.ts';
import { counted, dayOf, judge, LOG_ANEW, minutes, OPEN_MS, programWith, timelineOf } from './support/judging-rig.ts';

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
