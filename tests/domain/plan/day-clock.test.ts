/** Times of a date as instants: the zone's own clock decides, also in the hour that it skips or repeats. */
import { expect, test } from 'vitest';
import { dayClock, partIntervals } from '../../../domain/plan/day-clock.ts';

const at = (instant: string): number => Date.parse(instant);

test.each([
  ['2026-07-01', 'Asia/Shanghai', '00:00', '2026-07-01T00:00:00+08:00'],
  ['2026-07-01', 'Asia/Shanghai', '08:30', '2026-07-01T08:30:00+08:00'],
  ['2026-07-01', 'Asia/Shanghai', '47:59', '2026-07-02T23:59:00+08:00'],
  ['2026-03-29', 'Europe/Berlin', '01:59', '2026-03-29T01:59:00+01:00'],
  ['2026-03-29', 'Europe/Berlin', '03:00', '2026-03-29T03:00:00+02:00'],
  ['2026-03-29', 'Europe/Berlin', '24:00', '2026-03-30T00:00:00+02:00'],
  ['2026-10-25', 'Europe/Berlin', '12:00', '2026-10-25T12:00:00+01:00'],
  // The change comes on the date after, into which this date's hours may run.
  ['2026-03-28', 'Europe/Berlin', '25:30', '2026-03-29T01:30:00+01:00'],
  ['2026-03-28', 'Europe/Berlin', '30:00', '2026-03-29T06:00:00+02:00'],
])('[P21] %s in %s at %s is %s', (date, zone, time, instant) => {
  expect(dayClock(date, zone)(time)).toBe(at(instant));
});

test('[P21] parts are joined, and one that daylight saving swallows is gone', () => {
  const clock = dayClock('2026-03-29', 'Europe/Berlin');
  const parts = [
    { from: '05:00', to: '06:00' },
    { from: '02:00', to: '03:00' },
    { from: '04:00', to: '05:00' },
    { from: '08:00', to: '09:00' },
  ];
  expect(partIntervals(parts, clock)).toEqual([
    { startMs: at('2026-03-29T04:00:00+02:00'), endMs: at('2026-03-29T06:00:00+02:00') },
    { startMs: at('2026-03-29T08:00:00+02:00'), endMs: at('2026-03-29T09:00:00+02:00') },
  ]);
});
