/** Days with one key plan alike, whatever their date; all that could make them plan otherwise tells them apart. */
import { describe, expect, test } from 'vitest';
import { type DayKeys, dayKeys } from '../../../domain/plan/day-keys.ts';
import { fittingSets } from '../../../domain/plan/fitting-sets.ts';
import type { LoopItem, Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

// 1 July 2026 is a Wednesday.
const keyOn = (keys: DayKeys, program: Program, date: string): string => {
  const [day] = keys.days(date, date);
  if (!day) throw new RangeError(date);
  return keys.keyOf(program, day);
};

/** Whether a date of one program and a date of another plan alike. */
function areAlike(one: Program, other: Program, date = '2026-07-01', otherDate = date): boolean {
  const keys = dayKeys();
  return keyOn(keys, one, date) === keyOn(keys, other, otherDate);
}

const a = commitmentOf('a', { minPlays: 3 });
const plain = programOf([a]);

describe('days that plan alike', () => {
  test('[P24] dates from one to another, both included, each with its weekday', () => {
    const keys = dayKeys();
    expect(keys.days('2026-07-04', '2026-07-06')).toEqual([
      { date: '2026-07-04', weekday: 'sat' },
      { date: '2026-07-05', weekday: 'sun' },
      { date: '2026-07-06', weekday: 'mon' },
    ]);
    expect(keys.days('2026-07-04', '2026-07-03')).toEqual([]);
    expect(keys.days('2026-07-05', '2026-07-05')[0]).toBe(keys.days('2026-07-05', '2026-07-06')[0]);
  });

  test('[P24] equal programs are alike on dates of the same hours, of whatever program and date', () => {
    expect(areAlike(plain, programOf([commitmentOf('a', { minPlays: 3 })]), '2026-07-01', '2026-07-02')).toBe(true);
    expect(areAlike(plain, { ...plain, timeZone: 'Asia/Urumqi' })).toBe(true);
  });

  test.each<[string, Partial<ProgramCommitment>]>([
    ['count', { minPlays: 4 }],
    ['hours', { dayParts: [{ from: '08:00', to: '09:00' }] }],
    ['id', { id: 'b' }],
    ['priority', { priority: 1 }],
  ])('[P24] another %s of a commitment is another day', (_, over) => {
    expect(areAlike(plain, programOf([{ ...a, ...over }]))).toBe(false);
  });

  test('[P24] when a commitment runs decides only whether it is of the day', () => {
    const bound = (from: string, to: string): Program =>
      programOf([{ ...a, from, to, weekdays: ['wed', 'fri'], minConsecutiveDays: 2 }]);
    expect(areAlike(plain, bound('2026-07-01', '2026-07-03'), '2026-07-01')).toBe(true);
    expect(areAlike(plain, bound('2026-07-01', '2026-07-03'), '2026-07-03')).toBe(true);
    expect(areAlike(plain, bound('2026-07-01', '2026-07-03'), '2026-07-02')).toBe(false);
    expect(areAlike(programOf([]), bound('2026-07-01', '2026-07-02'), '2026-07-03')).toBe(true);
    expect(areAlike(programOf([]), bound('2026-07-02', '2026-07-03'), '2026-07-01')).toBe(true);
  });

  test('[P24] the hours of the weekday tell days apart', () => {
    const hours: Program = {
      ...plain,
      openingHours: [
        { days: ['wed', 'thu'], from: '08:00', to: '12:00' },
        { days: ['wed'], from: '14:00', to: '18:00' },
        { days: ['fri'], from: '08:00', to: '12:00' },
      ],
    };
    expect(areAlike(hours, hours, '2026-07-01', '2026-07-02')).toBe(false);
    expect(areAlike(hours, hours, '2026-07-02', '2026-07-03')).toBe(true);
    expect(areAlike(hours, hours, '2026-07-01', '2026-07-08')).toBe(true);
    const whole = [{ days: ['wed' as const], from: '08:00', to: '18:00' }];
    expect(areAlike(hours, { ...plain, openingHours: whole })).toBe(false);
  });

  test('[P24] [P21] a date of the change of clocks is alike to no other', () => {
    const berlin = { ...plain, timeZone: 'Europe/Berlin' };
    const paris = { ...plain, timeZone: 'Europe/Paris' };
    expect(areAlike(berlin, berlin, '2026-03-27', '2026-03-26')).toBe(true);
    // The 28th reaches into the 29th, on which the clocks change.
    expect(areAlike(berlin, berlin, '2026-03-28', '2026-03-27')).toBe(false);
    expect(areAlike(berlin, berlin, '2026-03-29', '2026-03-28')).toBe(false);
    expect(areAlike(berlin, berlin, '2026-03-30', '2026-03-27')).toBe(true);
    expect(areAlike(berlin, paris, '2026-03-29')).toBe(false);
  });
});

describe('the loop', () => {
  const loop = (...items: Partial<LoopItem>[]): LoopItem[] =>
    items.map((over, k) => ({ item: `loop-${k}`, durationMs: 10_000, ...over }));
  const withLoop = (over: Partial<ProgramCommitment>, ...items: Partial<LoopItem>[]): Program =>
    programOf([{ ...a, ...over }], { loop: loop(...items) });

  test('[P24] it gives way to every count, so that it is no part of the day', () => {
    expect(areAlike(withLoop({}, {}), withLoop({}, {}, {}))).toBe(true);
    expect(areAlike(withLoop({}, { from: '2026-07-02' }), withLoop({}, {}), '2026-07-01')).toBe(true);
  });

  test.each<[string, Partial<ProgramCommitment>]>([
    ['a share of plays', { minShare: 0.1 }],
    ['a share of airtime', { minAirtimeShare: 0.1 }],
    ['a separation tag', { separation: 'bank' }],
  ])('[P24] beside %s it is part of the day', (_, over) => {
    expect(areAlike(withLoop(over, {}), withLoop(over, {}))).toBe(true);
    expect(areAlike(withLoop(over, {}), withLoop(over, {}, {}))).toBe(false);
  });

  test('[P24] with a tag of its own it is part of the day', () => {
    expect(areAlike(withLoop({}, { separation: 'x' }), withLoop({}, { separation: 'x' }, {}))).toBe(false);
    expect(areAlike(withLoop({}, { separation: 'x' }), withLoop({}, {}))).toBe(false);
  });

  test.each<[string, Partial<LoopItem>, string, string]>([
    ['its first date', { from: '2026-07-02' }, '2026-07-01', '2026-07-02'],
    ['its last date', { to: '2026-07-02' }, '2026-07-03', '2026-07-02'],
    ['its weekdays', { weekdays: ['thu'] }, '2026-07-01', '2026-07-02'],
  ])('[P24] [P32] an item is of the day by %s', (_, bound, off, on) => {
    const program = withLoop({ minShare: 0.1 }, {}, bound, bound);
    expect(areAlike(program, program, off, on)).toBe(false);
    expect(areAlike(program, program, on, on)).toBe(true);
    const one = withLoop({ minShare: 0.1 }, bound, { ...bound, weekdays: ['thu', 'fri', 'sat'] });
    const keys = dayKeys();
    expect(keyOn(keys, one, on)).not.toBe(keyOn(keys, one, off));
  });

  test('[P24] [P32] which item is off tells days apart, not only how many are', () => {
    const program = withLoop({ minShare: 0.1 }, { weekdays: ['wed'] }, { weekdays: ['thu'] });
    expect(areAlike(program, program, '2026-07-01', '2026-07-02')).toBe(false);
    expect(areAlike(program, program, '2026-07-01', '2026-07-08')).toBe(true);
    expect(areAlike(program, program, '2026-07-03', '2026-07-04')).toBe(true);
  });
});

describe('days known to fit', () => {
  test('[K1] a day that asks for less on the same ground fits as well', () => {
    const sets = fittingSets();
    expect(sets.isWithin('x,1')).toBe(false);
    sets.add('x,1,2');
    expect(['x,1', 'x,2', 'x,2,1', 'x'].map((key) => sets.isWithin(key))).toEqual([true, true, true, true]);
    expect(['x,3', 'x,1,3', 'y,1', 'y'].map((key) => sets.isWithin(key))).toEqual([false, false, false, false]);
    sets.add('x,3');
    expect(sets.isWithin('x,3')).toBe(true);
    // Two that fit by themselves need not fit together.
    expect(sets.isWithin('x,1,3')).toBe(false);
    expect(sets.isWithin('x,1,2')).toBe(true);
  });
});
