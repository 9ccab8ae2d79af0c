/** A moment of a plan without a slot has a reason: closed, past, or idle. */
import { describe, expect, test } from 'vitest';
import type { Slot } from '../../../domain/plan/day-plan.ts';
import { explainMoment } from '../../../domain/plan/explain-moment.ts';
import { WEEKDAYS } from '../../../domain/time/weekday.ts';

const DATE = '2026-07-01';
const DAY_MS = 86_400_000;
const at = (time: string): number => Date.parse(`${DATE}T${time}:00+08:00`);
const minutes = (time: string): Slot => ({
  startMs: at(time),
  durationMs: 60_000,
  item: 'film',
  commitment: 'a',
  reason: 'scheduled',
});

/** Open from 08:00 to 12:00 and from 14:00 to 20:00, with plays of a minute at 10:00, 11:00 and 15:00; planned at `from`. */
const moment = (time: string, from = '08:00', commitment: string | null = null) =>
  explainMoment(
    {
      openingHours: [
        { days: [...WEEKDAYS], from: '08:00', to: '12:00' },
        { days: ['wed'], from: '14:00', to: '20:00' },
      ],
      timeZone: 'Asia/Shanghai',
    },
    { date: DATE, slots: ['10:00', '11:00', '15:00'].map(minutes) },
    at(from),
    at(time),
    commitment,
  );

describe('a moment without a slot', () => {
  test.each([
    ['08:00', '08:00', '08:00', '10:00', 'from opening to the first slot'],
    ['09:30', '09:30', '09:30', '10:00', 'from where the plan begins'],
    ['10:30', '08:00', '10:01', '11:00', 'from the slot before to the next'],
    ['11:30', '08:00', '11:01', '12:00', 'to closing where the next slot is later'],
    ['14:30', '08:00', '14:00', '15:00', 'from the opening after a break'],
    ['19:59', '08:00', '15:01', '20:00', 'to closing where no slot is left'],
  ])('[EX1] %s, planned at %s, is idle from %s to %s: %s', (time, from, fromTime, toTime) => {
    expect(moment(time, from)).toEqual({ kind: 'idle', atMs: at(time), fromMs: at(fromTime), toMs: at(toTime) });
  });

  test('[EX1] the end of opening hours is closed, their start is not', () => {
    expect(moment('07:59')).toEqual({ kind: 'closed', atMs: at('07:59'), opensMs: at('08:00') });
    expect(moment('12:00')).toEqual({ kind: 'closed', atMs: at('12:00'), opensMs: at('14:00') });
    expect(moment('14:00')).toMatchObject({ kind: 'idle' });
    expect(moment('20:00')).toEqual({ kind: 'closed', atMs: at('20:00'), opensMs: at('08:00') + DAY_MS });
  });

  test('[EX1] what lies before the plan begins is past, and closed where it was closed', () => {
    expect(moment('09:29', '09:30')).toEqual({ kind: 'past', atMs: at('09:29'), fromMs: at('09:30') });
    expect(moment('07:00', '09:30')).toMatchObject({ kind: 'closed' });
  });
});

describe('a play asked for', () => {
  test('[EX1] it is the one that shows then, else the first after', () => {
    expect(moment('10:00', '08:00', 'a')).toEqual({ kind: 'slot', index: 0 });
    expect(moment('10:01', '08:00', 'a')).toEqual({ kind: 'slot', index: 1 });
    expect(moment('15:01', '08:00', 'a')).toEqual({ kind: 'none-left', atMs: at('15:01'), commitment: 'a' });
    expect(moment('10:00', '08:00', 'b')).toEqual({ kind: 'none-left', atMs: at('10:00'), commitment: 'b' });
  });
});
