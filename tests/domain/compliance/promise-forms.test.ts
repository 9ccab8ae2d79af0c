/** Shares, longest gaps and exact times held against the plays of a day, to the play and to the second. */
import { describe, expect, test } from 'vitest';
import {
  type DayFacts,
  formsOf,
  hasOtherForms,
  judgeForms,
  needsStarts,
  type PromiseDay,
} from '../../../domain/compliance/promise-forms.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const promised = (
  promise: Partial<PromiseDay['promise']>,
  day: Partial<Pick<PromiseDay, 'windows' | 'exactMs'>> = {},
): PromiseDay => ({
  promise: { minPlays: 0, minShare: null, minAirtimeShare: null, maxGapMs: null, exactTimes: [], ...promise },
  windows: [{ startMs: 0, endMs: 10 * HOUR }],
  exactMs: [],
  ...day,
});
const facts = (known: Partial<DayFacts>): DayFacts => ({
  plays: 0,
  allPlays: 0,
  airtimeMs: 0,
  allAirtimeMs: 0,
  startsMs: null,
  ...known,
});
const broken = (day: PromiseDay, known: Partial<DayFacts>) => judgeForms(day, facts(known)).broken;

test.each([
  [{ minPlays: 1 }, ['count'], false, false],
  [{}, [], false, false],
  [{ minPlays: 2, minShare: 0 }, ['count', 'share'], true, false],
  [{ minAirtimeShare: 0.1 }, ['airtime'], true, false],
  [{ minPlays: 1, maxGapMs: HOUR }, ['count', 'gap'], true, true],
  [{ minPlays: 1, exactTimes: ['08:00'] }, ['exact-times'], true, true],
  [{ minPlays: 1, minShare: 0.1, minAirtimeShare: 0.1, maxGapMs: 1 }, ['count', 'share', 'airtime', 'gap'], true, true],
])('[V7] [V10] [V11] the forms of %j are %j', (over, forms, areMore, areOfStarts) => {
  const { promise } = promised(over);
  expect(formsOf(promise)).toEqual(forms);
  expect([hasOtherForms(promise), needsStarts(promise)]).toEqual([areMore, areOfStarts]);
});

describe('[V7] shares', () => {
  test('[V7] a share is of all counted plays of the day, to the play', () => {
    const third = promised({ minShare: 0.34 });
    expect(broken(third, { plays: 33, allPlays: 100 })).toEqual(['share']);
    expect(broken(third, { plays: 34, allPlays: 100 })).toEqual([]);
    expect(broken(promised({ minShare: 0.1 }), { plays: 3, allPlays: 30 })).toEqual([]);
  });

  test('[V7] a share of airtime is of the time of all counted plays, and a day that showed nothing has kept none', () => {
    const tenth = promised({ minAirtimeShare: 0.1 });
    expect(broken(tenth, { airtimeMs: 59_999, allAirtimeMs: 600_000 })).toEqual(['airtime']);
    expect(broken(tenth, { airtimeMs: 60_000, allAirtimeMs: 600_000 })).toEqual([]);
    expect(broken(tenth, {})).toEqual(['airtime']);
  });
});

describe('[V10] longest gap', () => {
  const threeHours = promised({ maxGapMs: HOUR }, { windows: [{ startMs: 0, endMs: 3 * HOUR }] });
  const gap = (startsMs: number[], day = threeHours) => broken(day, { startsMs });

  test('[V10] plays of a window may be a second further apart than promised, and no more', () => {
    expect(gap([0, HOUR + 1000, 2 * HOUR])).toEqual([]);
    expect(gap([0, HOUR + 1001, 2 * HOUR])).toEqual(['gap']);
    expect(gap([2 * HOUR, 0, HOUR])).toEqual([]);
  });

  test('[V10] a play at opening counts for its window, one at closing does not', () => {
    const windows = [
      { startMs: HOUR, endMs: 2 * HOUR },
      { startMs: 4 * HOUR, endMs: 5 * HOUR },
    ];
    const halfHours = promised({ maxGapMs: HOUR / 2 }, { windows });
    expect(gap([1.5 * HOUR, 4.5 * HOUR], halfHours)).toEqual([]);
    expect(gap([HOUR, 1.5 * HOUR, 2 * HOUR, 4 * HOUR, 4.5 * HOUR], halfHours)).toEqual([]);
    expect(gap([HOUR, 2 * HOUR, 4.5 * HOUR], halfHours)).toEqual(['gap']);
  });

  test('[V10] the time from opening to the first play and from the last to closing counts too', () => {
    expect(gap([HOUR + 1000, 2 * HOUR])).toEqual([]);
    expect(gap([HOUR + 1001, 2 * HOUR])).toEqual(['gap']);
    expect(gap([HOUR, 2 * HOUR - 1000])).toEqual([]);
    expect(gap([HOUR, 2 * HOUR - 1001])).toEqual(['gap']);
    expect(gap([])).toEqual(['gap']);
  });

  test('[V10] time in which the windows are closed does not count, and a play there serves none', () => {
    const windows = [
      { startMs: 0, endMs: 2 * HOUR },
      { startMs: 6 * HOUR, endMs: 8 * HOUR },
    ];
    const split = promised({ maxGapMs: HOUR }, { windows });
    expect(gap([HOUR, 7 * HOUR], split)).toEqual([]);
    expect(gap([HOUR, 4 * HOUR, 7.5 * HOUR], split)).toEqual(['gap']);
  });

  test('[V7] what needs starts stays open where they are not known', () => {
    expect(judgeForms(threeHours, facts({})).open).toBe(true);
    expect(judgeForms(promised({ minShare: 0.1 }), facts({ plays: 1, allPlays: 1 }))).toEqual({
      broken: [],
      open: false,
      byMakeGood: false,
    });
    expect(judgeForms(threeHours, facts({})).byMakeGood).toBe(false);
  });
});

describe('[V11] exact times', () => {
  const exactMs = [8 * HOUR, HOUR];
  const day = promised({ minPlays: 2, exactTimes: ['01:00', '08:00'] }, { exactMs });
  const judge = (startsMs: number[]) => judgeForms(day, facts({ plays: startsMs.length, startsMs }));

  test('[V11] a play within a second of its time is on time', () => {
    expect(judge([HOUR + 1000, 8 * HOUR - 1000])).toEqual({ broken: [], open: false, byMakeGood: false });
  });

  test('[V11] each play stands for one time, and times are gone through in order', () => {
    const twice = promised({ minPlays: 2, exactTimes: ['01:00', '01:00'] }, { exactMs: [HOUR + 1500, HOUR] });
    const of = (startsMs: number[]) => judgeForms(twice, facts({ startsMs }));
    expect(of([HOUR, HOUR + 2000])).toEqual({ broken: [], open: false, byMakeGood: false });
    // The one play between them is that of the first time; the second has none.
    expect(of([HOUR + 800])).toEqual({ broken: ['exact-times'], open: false, byMakeGood: true });
    expect(of([HOUR + 800, HOUR + 1200])).toEqual({ broken: [], open: false, byMakeGood: false });
  });

  test('[V11] a play makes up for one missed time only, and only from a second after it', () => {
    expect(judge([9 * HOUR]).broken).toEqual(['exact-times']);
    expect(judge([9 * HOUR, 9.5 * HOUR])).toEqual({ broken: [], open: false, byMakeGood: true });
    expect(judge([HOUR + 1001, 8 * HOUR])).toEqual({ broken: [], open: false, byMakeGood: true });
    expect(judge([HOUR - 1001, 8 * HOUR]).broken).toEqual(['exact-times']);
  });

  test('[V11] a missed time is made up for by a play later that day, never by an earlier one', () => {
    expect(judge([3 * HOUR, 8 * HOUR])).toEqual({ broken: [], open: false, byMakeGood: true });
    expect(judge([HOUR, 3 * HOUR]).broken).toEqual(['exact-times']);
    expect(judge([HOUR, 8 * HOUR + 1001])).toEqual({ broken: [], open: false, byMakeGood: true });
  });

  test('[V11] one play stands for one time only', () => {
    expect(judge([9 * HOUR]).broken).toEqual(['exact-times']);
    expect(judge([9 * HOUR, 9 * HOUR + MINUTE])).toEqual({ broken: [], open: false, byMakeGood: true });
    expect(judge([HOUR - 500, HOUR + 500]).broken).toEqual(['exact-times']);
  });
});
