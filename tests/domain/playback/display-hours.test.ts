/** A display is on from shortly before opening to shortly after closing, and off on days without hours. */
import { expect, test } from 'vitest';
import { isDisplayTime } from '../../../domain/playback/display-hours.ts';
import { WEEKDAYS } from '../../../domain/time/weekday.ts';

const ZONE = 'Asia/Shanghai';
const hours = (from: string, to: string) => [{ days: [...WEEKDAYS], from, to }];
const at = (local: string): number => Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE).epochMilliseconds;

test('[UK8] a display is on from 30 seconds before opening to a minute after closing', () => {
  const open = hours('08:00', '22:00');
  const isOn = (local: string): boolean => isDisplayTime(open, ZONE, at(local));
  expect(isOn('2026-07-01T07:59:29.999')).toBe(false);
  expect(isOn('2026-07-01T07:59:30')).toBe(true);
  expect(isOn('2026-07-01T22:00:59.999')).toBe(true);
  expect(isOn('2026-07-01T22:01:00')).toBe(false);
});

test('[UK8] hours that end or begin at midnight have their minute after and half minute before it', () => {
  const late = hours('18:00', '24:00');
  expect(isDisplayTime(late, ZONE, at('2026-07-02T00:00:59'))).toBe(true);
  expect(isDisplayTime(late, ZONE, at('2026-07-02T00:01:00'))).toBe(false);
  const early = hours('00:00', '06:00');
  expect(isDisplayTime(early, ZONE, at('2026-07-01T23:59:29'))).toBe(false);
  expect(isDisplayTime(early, ZONE, at('2026-07-01T23:59:30'))).toBe(true);
  const past = hours('20:00', '25:30');
  expect(isDisplayTime(past, ZONE, at('2026-07-02T01:30:59'))).toBe(true);
  expect(isDisplayTime(past, ZONE, at('2026-07-02T01:31:00'))).toBe(false);
});

test('[UK8] on a weekday without hours a display stays off', () => {
  const wednesdays = [{ days: ['wed' as const], from: '08:00', to: '22:00' }];
  expect(isDisplayTime(wednesdays, ZONE, at('2026-07-02T12:00:00'))).toBe(false);
});
