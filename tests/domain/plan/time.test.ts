/** Days of 23 to 25 hours, skipped and repeated hours, zones off the hour: promises are kept in real time. */
import { describe, expect, test } from 'vitest';
import type { DayPlan, PlayedSlot } from '../../../domain/plan/day-plan.ts';
import { explainConflict } from '../../../domain/plan/explain-promise.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { NOTHING_SHOWN, outlineDay } from '../../../domain/plan/promise-outline.ts';
import { replanDay } from '../../../domain/plan/replan-day.ts';
import { totalMs } from '../../../domain/time/interval.ts';
import { openIntervals, serviceDate } from '../../../domain/time/opening-hours.ts';
import { addDays, daysBetween, isLocalDate, startOfDayMs } from '../../../domain/time/zone-time.ts';
import { planFaults } from '../../helpers/plan-checker.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

const HOUR_MS = 3_600_000;

/** A program in `zone`, open all day unless said otherwise. */
const zoned = (timeZone: string, commitments = [commitmentOf('a', { minPlays: 40 })], from = '00:00', to = '24:00') =>
  programOf(commitments, { timeZone, from, to });

/** A plan of the whole date that is found right from first principles. */
function planned(program: Program, date: string): DayPlan {
  const plan = planDay(program, date, {}, 0);
  expect(planFaults(plan, { program, date, nowMs: 0, tally: {} })).toEqual([]);
  return plan;
}

const openHours = (program: Program, date: string): number =>
  totalMs(openIntervals(program.openingHours, date, program.timeZone)) / HOUR_MS;

/** What clocks show at the start of each slot of `id`. */
const clocksOf = (plan: DayPlan, program: Program, id: string): string[] =>
  plan.slots
    .filter((slot) => slot.commitment === id)
    .map((slot) =>
      Temporal.Instant.fromEpochMilliseconds(slot.startMs)
        .toZonedDateTimeISO(program.timeZone)
        .toPlainTime()
        .toString()
        .slice(0, 5),
    );

describe('days of other lengths than 24 hours', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Pacific/Chatham', '2026-09-27', 23],
    ['Pacific/Chatham', '2026-04-05', 25],
    ['Asia/Kathmandu', '2026-03-29', 24],
    ['Asia/Kolkata', '2026-03-29', 24],
    ['Asia/Shanghai', '2028-02-29', 24],
  ])('[P21] %s on %s has %d hours, and its promise is kept in them', (zone, date, hours) => {
    const program = zoned(zone);
    expect(openHours(program, date)).toBe(hours);
    const plan = planned(program, date);
    expect(plan.feasible).toBe(true);
    expect(plan.slots[0]?.startMs).toBe(startOfDayMs(date, zone));
    const last = plan.slots.at(-1);
    const closing = startOfDayMs(addDays(date, 1), zone);
    // The day is full to its real end: what is left is less than the shortest item.
    expect(closing - (last ? last.startMs + last.durationMs : 0)).toBeLessThan(15_000);
  });

  test.each([
    ['Europe/Berlin', '2026-03-29', '01:00', '04:00', 2],
    ['Europe/Berlin', '2026-10-25', '01:00', '04:00', 4],
    ['Australia/Lord_Howe', '2026-10-04', '01:00', '04:00', 2.5],
    ['Australia/Lord_Howe', '2026-04-05', '01:00', '04:00', 3.5],
    ['America/New_York', '2026-03-08', '02:30', '05:00', 2],
    ['Europe/Berlin', '2026-03-28', '20:00', '28:00', 7],
    ['Europe/Berlin', '2026-10-24', '20:00', '28:00', 9],
    ['Pacific/Chatham', '2026-09-26', '22:00', '30:00', 7],
  ])('[P21] %s on %s: hours from %s to %s last %d hours through the change', (zone, date, from, to, hours) => {
    const program = zoned(zone, [commitmentOf('a', { minPlays: 12 })], from, to);
    expect(openHours(program, date)).toBe(hours);
    expect(planned(program, date).feasible).toBe(true);
  });

  test('[P21] a plan made again in the repeated hour keeps to real time, not to what clocks show', () => {
    const program = zoned('Europe/Berlin', [commitmentOf('a', { minPlays: 30, minGapMs: 600_000 })], '01:00', '06:00');
    const date = '2026-10-25';
    const whole = planned(program, date);
    // 02:30 for the second time.
    const nowMs = Date.parse('2026-10-25T02:30:00+01:00');
    const played: PlayedSlot[] = whole.slots
      .filter((slot) => slot.startMs + slot.durationMs <= nowMs)
      .map((slot) => ({ ...slot, counted: true }));
    const rest = replanDay(program, date, played, nowMs);
    expect(planFaults(rest, { program, date, nowMs, tally: {}, played })).toEqual([]);
    expect(rest.feasible).toBe(true);
  });
});

describe('day parts around a change of the clocks', () => {
  const parts = (from: string, to: string) => [commitmentOf('a', { minPlays: 4, dayParts: [{ from, to }] })];

  test.each([
    ['Europe/Berlin', '2026-03-29', '02:00', '03:00'],
    ['America/New_York', '2026-03-08', '02:00', '03:00'],
    ['Australia/Lord_Howe', '2026-10-04', '02:00', '02:30'],
  ])('[P21] %s on %s: a part from %s to %s is gone, and the conflict says so', (zone, date, from, to) => {
    const program = zoned(zone, parts(from, to));
    const plan = planned(program, date);
    expect(plan.conflicts).toMatchObject([{ kind: 'no-window', commitments: ['a'], fits: 0 }]);
    const [conflict] = plan.conflicts;
    const outline = outlineDay(program, plan, 0, NOTHING_SHOWN);
    expect(conflict && explainConflict(conflict, outline)).toMatchObject({ kind: 'no-window', isPast: false });
    expect(planned(program, addDays(date, 1)).feasible).toBe(true);
  });

  test('[P21] a part inside the missing hour has no time: none of it may be moved to another hour', () => {
    const plan = planned(zoned('Europe/Berlin', parts('02:15', '02:45')), '2026-03-29');
    expect(plan.conflicts).toMatchObject([{ kind: 'no-window', commitments: ['a'] }]);
  });

  test('[P21] a part that begins or ends inside the missing hour is cut there', () => {
    const before = zoned('Europe/Berlin', parts('01:30', '02:30'));
    expect(clocksOf(planned(before, '2026-03-29'), before, 'a').every((time) => time < '02:00')).toBe(true);
    const after = zoned('Europe/Berlin', parts('02:30', '03:30'));
    const clocks = clocksOf(planned(after, '2026-03-29'), after, 'a');
    expect(clocks.length).toBeGreaterThanOrEqual(4);
    expect(clocks.every((time) => time >= '03:00' && time < '03:30')).toBe(true);
  });

  test('[P21] a part of the repeated hour lasts through both, and its promise is counted once', () => {
    const program = zoned('Europe/Berlin', parts('02:00', '03:00'));
    const plan = planned(program, '2026-10-25');
    expect(plan.feasible).toBe(true);
    const own = plan.slots.filter((slot) => slot.commitment === 'a');
    const window = { from: Date.parse('2026-10-25T02:00:00+02:00'), to: Date.parse('2026-10-25T03:00:00+01:00') };
    expect(window.to - window.from).toBe(2 * HOUR_MS);
    expect(own.every((slot) => window.from <= slot.startMs && slot.startMs < window.to)).toBe(true);
    expect(own.filter((slot) => slot.reason !== 'bonus')).toHaveLength(4);
  });

  test('[P21] hours past midnight belong to the date they started on, on the night of the change too', () => {
    const program = zoned('Europe/Berlin', parts('25:00', '27:30'), '20:00', '28:00');
    const plan = planned(program, '2026-03-28');
    // 01:00 to 03:30 on the 29th, without the hour from 02:00 to 03:00.
    const clocks = clocksOf(plan, program, 'a');
    expect(clocks.every((time) => (time >= '01:00' && time < '02:00') || (time >= '03:00' && time < '03:30'))).toBe(
      true,
    );
    const hours = program.openingHours;
    const at = (instant: string): string => serviceDate(hours, 'Europe/Berlin', Date.parse(instant));
    expect(at('2026-03-29T01:30:00+01:00')).toBe('2026-03-28');
    expect(at('2026-03-29T03:59:00+02:00')).toBe('2026-03-28');
    expect(at('2026-03-29T04:00:00+02:00')).toBe('2026-03-29');
  });

  test('[P21] an exact time in the missing hour is had at the jump, one in the repeated hour once', () => {
    const exact = (time: string) => [commitmentOf('e', { minPlays: 1, exactTimes: [time] })];
    const missing = planned(zoned('Europe/Berlin', exact('02:30')), '2026-03-29');
    expect(missing.slots.filter((slot) => slot.commitment === 'e').map((slot) => slot.startMs)).toEqual([
      Date.parse('2026-03-29T03:00:00+02:00'),
    ]);
    const repeated = planned(zoned('Europe/Berlin', exact('02:30')), '2026-10-25');
    expect(repeated.slots.filter((slot) => slot.commitment === 'e').map((slot) => slot.startMs)).toEqual([
      Date.parse('2026-10-25T02:30:00+02:00'),
    ]);
  });

  test('[P21] [P29] of two exact times in the missing hour one is had at the jump, the other made up for after it', () => {
    const exact = commitmentOf('e', { minPlays: 3, exactTimes: ['01:15', '02:30', '02:45'] });
    const { slots } = planned(zoned('Europe/Berlin', [exact]), '2026-03-29');
    const jumpMs = Date.parse('2026-03-29T03:00:00+02:00');
    const own = slots.filter((slot) => slot.commitment === 'e');
    expect(own.map(({ reason }) => reason)).toEqual(['scheduled', 'scheduled', 'make-good']);
    expect(own[1]?.startMs).toBe(jumpMs);
    expect(own[2]?.startMs).toBeGreaterThan(jumpMs);
  });
});

describe('zones off the hour', () => {
  test.each([
    ['Asia/Kathmandu', '+05:45'],
    ['Asia/Kolkata', '+05:30'],
    ['Pacific/Chatham', '+12:45'],
  ])('[P21] %s: opening hours and day parts begin on its own clock', (zone, offset) => {
    const program = zoned(
      zone,
      [commitmentOf('a', { minPlays: 6, dayParts: [{ from: '08:15', to: '09:00' }] })],
      '08:00',
    );
    const plan = planned(program, '2026-07-01');
    expect(plan.slots[0]?.startMs).toBe(Date.parse(`2026-07-01T08:00:00${offset}`));
    const own = plan.slots.filter((slot) => slot.commitment === 'a');
    expect(own.length).toBeGreaterThanOrEqual(6);
    expect(own.every((slot) => slot.startMs >= Date.parse(`2026-07-01T08:15:00${offset}`))).toBe(true);
  });
});

describe('dates', () => {
  test('[P21] the leap day is a day of its own, and flights run over it', () => {
    const flight = commitmentOf('a', { minPlays: 40, from: '2028-02-28', to: '2028-03-01' });
    const program = zoned('Asia/Shanghai', [flight]);
    for (const date of ['2028-02-28', '2028-02-29', '2028-03-01']) {
      expect(planned(program, date).commitments).toMatchObject([{ id: 'a', required: 40, shortBy: 0 }]);
    }
    expect(planned(program, '2028-03-02').commitments).toEqual([]);
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect([isLocalDate('2028-02-29'), isLocalDate('2027-02-29'), isLocalDate('2100-02-29')]).toEqual([
      true,
      false,
      false,
    ]);
    const endsOnIt = zoned('Asia/Shanghai', [commitmentOf('b', { minPlays: 3, from: '2028-02-01', to: '2028-02-29' })]);
    expect(planned(endsOnIt, '2028-02-29').commitments).toHaveLength(1);
  });

  test('[P21] a date that the zone skipped has no time: nothing is open, and what is promised has no window', () => {
    const program = zoned('Pacific/Apia', [commitmentOf('a', { minPlays: 3 })]);
    expect(openHours(program, '2011-12-30')).toBe(0);
    const plan = planned(program, '2011-12-30');
    expect(plan.slots).toEqual([]);
    expect(plan.conflicts).toMatchObject([{ kind: 'no-window', commitments: ['a'], fits: 0 }]);
    expect([openHours(program, '2011-12-29'), openHours(program, '2011-12-31')]).toEqual([24, 24]);
    const before = planned(program, '2011-12-29').slots.at(-1);
    const after = planned(program, '2011-12-31').slots[0];
    // The 31st follows the 29th at once.
    expect((after?.startMs ?? 0) - (before ? before.startMs + before.durationMs : 0)).toBeLessThan(15_000);
    const hours = program.openingHours;
    expect(serviceDate(hours, 'Pacific/Apia', (after?.startMs ?? 0) - 1)).toBe('2011-12-29');
    expect(serviceDate(hours, 'Pacific/Apia', after?.startMs ?? 0)).toBe('2011-12-31');
  });

  test('[P21] hours past midnight before the skipped date end with it, and are not shown twice', () => {
    const program = zoned('Pacific/Apia', [commitmentOf('a', { minPlays: 3 })], '20:00', '26:00');
    const late = openIntervals(program.openingHours, '2011-12-29', 'Pacific/Apia');
    const next = openIntervals(program.openingHours, '2011-12-31', 'Pacific/Apia');
    expect(late.at(-1)?.endMs).toBeLessThanOrEqual(next[0]?.startMs ?? 0);
    planned(program, '2011-12-29');
  });
});
