/** Whether a program means anything: every value in its range, named where it is not. */
import type { DayPart, OpeningHours } from '../time/opening-hours.ts';
import { WEEKDAYS } from '../time/weekday.ts';
import { isKnownZone, isLocalDate, minutesOfWallTime } from '../time/zone-time.ts';
import type { LoopItem, Program, ProgramCommitment, TimedItem } from './program.ts';

/** What can be wrong with a value of a program. */
export type ProgramFaultCode =
  | 'zone-unknown'
  | 'opening-hours-empty'
  | 'time-malformed'
  | 'day-part-empty'
  | 'date-malformed'
  | 'range-inverted'
  | 'weekday-missing'
  | 'duration'
  | 'weight'
  | 'items-missing'
  | 'too-many'
  | 'id-missing'
  | 'id-repeated'
  | 'count'
  | 'share'
  | 'gap'
  | 'limits-contradict'
  | 'exact-times'
  | 'separation'
  | 'front-load'
  | 'priority';

/** A value out of its range: where (`commitments[0].minPlays`), what it is as JSON, and what is allowed there. */
export type ProgramFault = { code: ProgramFaultCode; place: string; value: string; allowed: string };

/** Most commitments a program may have. */
export const MAX_COMMITMENTS = 10_000;

/** Most items a loop or a commitment may have. */
export const MAX_ITEMS = 10_000;

/** Largest minimum a day and largest count an hour: more than one start a second of a day of 25 hours means nothing. */
export const MAX_PLAYS = 100_000;

/** Longest item: a day. */
export const MAX_DURATION_MS = 86_400_000;

const DAY_MINUTES = 2_880;

type Report = (code: ProgramFaultCode, place: string, value: unknown, allowed: string) => void;

/** All faults of a program, in the order of its parts; none: it may be planned. */
export function validateProgram(program: Program): ProgramFault[] {
  const faults: ProgramFault[] = [];
  const report: Report = (code, place, value, allowed) => {
    faults.push({ code, place, value: textOf(value), allowed });
  };
  if (!isKnownZone(program.timeZone))
    report('zone-unknown', 'timeZone', program.timeZone, 'an IANA zone such as Asia/Shanghai');
  checkHours(program.openingHours, report);
  if (program.loop.length > MAX_ITEMS) report('too-many', 'loop', program.loop.length, `at most ${MAX_ITEMS} items`);
  program.loop.forEach((item, k) => {
    checkItem(item, `loop[${k}]`, report);
    checkLoopItem(item, `loop[${k}]`, report);
  });
  if (program.commitments.length > MAX_COMMITMENTS) {
    report('too-many', 'commitments', program.commitments.length, `at most ${MAX_COMMITMENTS} commitments`);
    return faults;
  }
  const ids = new Set<string>();
  program.commitments.forEach((commitment, k) => {
    const place = `commitments[${k}]`;
    if (ids.has(commitment.id))
      report('id-repeated', `${place}.id`, commitment.id, 'an id that no other commitment has');
    ids.add(commitment.id);
    checkCommitment(commitment, place, report);
    if (commitment.items.length === 0 && program.withdrawn === undefined)
      report('items-missing', `${place}.items`, commitment.items, 'at least one item');
  });
  return faults;
}

/** A value as JSON; numbers that JSON does not have, by their names. */
const textOf = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'undefined');

function checkHours(hours: readonly OpeningHours[], report: Report): void {
  if (hours.length === 0) report('opening-hours-empty', 'openingHours', hours, 'at least one span of open time');
  hours.forEach((span, k) => {
    checkPart(span, `openingHours[${k}]`, report);
    checkWeekdays(span.days, `openingHours[${k}].days`, report);
  });
}

function checkPart(part: DayPart, place: string, report: Report): void {
  const start = checkTime(part.from, `${place}.from`, report);
  const end = checkTime(part.to, `${place}.to`, report);
  if (start !== null && end !== null && end <= start) {
    report(
      'day-part-empty',
      `${place}.to`,
      part.to,
      `later than from (${part.from}); past midnight is written ${lateClock(end)}`,
    );
  }
}

/** How an end before its start is written when the next date is meant: 01:30 as 25:30. */
const lateClock = (minutes: number): string =>
  `${24 + (Math.floor(minutes / 60) % 24)}:${String(minutes % 60).padStart(2, '0')}`;

function checkTime(time: string, place: string, report: Report): number | null {
  const minutes = /^\d{2}:[0-5]\d$/.test(time) ? minutesOfWallTime(time) : DAY_MINUTES;
  if (minutes < DAY_MINUTES) return minutes;
  report('time-malformed', place, time, 'HH:MM from 00:00 to 47:59');
  return null;
}

function checkWeekdays(days: readonly string[], place: string, report: Report): void {
  const known: readonly string[] = WEEKDAYS;
  if (days.length === 0) report('weekday-missing', place, days, `at least one of ${WEEKDAYS.join(', ')}`);
  for (const day of days)
    if (!known.includes(day)) report('weekday-missing', place, day, `one of ${WEEKDAYS.join(', ')}`);
}

function checkItem(item: TimedItem, place: string, report: Report): void {
  if (item.item === '') report('id-missing', `${place}.item`, item.item, 'the id of an item');
  checkWhole('duration', item.durationMs, 1, MAX_DURATION_MS, `${place}.durationMs`, 'milliseconds', report);
}

function checkLoopItem(item: LoopItem, place: string, report: Report): void {
  checkDates(item.from, item.to, place, report);
  if (item.weekdays !== undefined) checkWeekdays(item.weekdays, `${place}.weekdays`, report);
  item.dayParts?.forEach((part, k) => {
    checkPart(part, `${place}.dayParts[${k}]`, report);
  });
  if (item.separation === '') report('separation', `${place}.separation`, item.separation, 'a tag, or none');
}

function checkDates(from: string | undefined, to: string | undefined, place: string, report: Report): void {
  if (from !== undefined && !isLocalDate(from)) report('date-malformed', `${place}.from`, from, 'a date YYYY-MM-DD');
  if (to === undefined) return;
  if (!isLocalDate(to)) report('date-malformed', `${place}.to`, to, 'a date YYYY-MM-DD');
  else if (from !== undefined && to < from) report('range-inverted', `${place}.to`, to, `not before from (${from})`);
}

function checkWhole(
  code: ProgramFaultCode,
  value: number,
  least: number,
  most: number,
  place: string,
  unit: string,
  report: Report,
): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    report(code, place, value, `a whole number of ${unit} from ${least} to ${most}`);
  }
}

function checkCommitment(c: ProgramCommitment, place: string, report: Report): void {
  if (c.id === '') report('id-missing', `${place}.id`, c.id, 'an id');
  checkDates(c.from, c.to, place, report);
  checkWeekdays(c.weekdays, `${place}.weekdays`, report);
  c.dayParts.forEach((part, k) => {
    checkPart(part, `${place}.dayParts[${k}]`, report);
  });
  if (c.items.length > MAX_ITEMS) report('too-many', `${place}.items`, c.items.length, `at most ${MAX_ITEMS} items`);
  c.items.forEach((item, k) => {
    checkItem(item, `${place}.items[${k}]`, report);
    checkWhole('weight', item.weight, 1, 1000, `${place}.items[${k}].weight`, 'parts', report);
  });
  checkLimits(c, place, report);
  checkExactTimes(c, place, report);
  if (c.separation === '') report('separation', `${place}.separation`, c.separation, 'a tag, or null');
}

/** Exact times are a promise of their own: the count is theirs, and nothing else binds it. */
function checkExactTimes(c: ProgramCommitment, place: string, report: Report): void {
  const { exactTimes: times } = c;
  if (times.length === 0) return;
  times.forEach((time, k) => {
    checkTime(time, `${place}.exactTimes[${k}]`, report);
    if (times.indexOf(time) < k)
      report('exact-times', `${place}.exactTimes[${k}]`, time, 'a time that is not given before');
  });
  if (c.minPlays !== times.length) {
    report('exact-times', `${place}.minPlays`, c.minPlays, `${times.length}, one play for each exact time`);
  }
  const others = {
    minShare: c.minShare,
    minAirtimeShare: c.minAirtimeShare,
    maxGapMs: c.maxGapMs,
    minGapMs: c.minGapMs,
    maxPlaysPerHour: c.maxPlaysPerHour,
  };
  for (const [key, value] of Object.entries(others))
    if (value !== null)
      report(
        'exact-times',
        `${place}.${key}`,
        value,
        'null beside exact times; a commitment of its own can promise it',
      );
}

function checkLimits(c: ProgramCommitment, place: string, report: Report): void {
  checkWhole('count', c.minPlays, 0, MAX_PLAYS, `${place}.minPlays`, 'plays a day', report);
  if (c.maxPlaysPerHour !== null) {
    checkWhole('count', c.maxPlaysPerHour, 1, MAX_PLAYS, `${place}.maxPlaysPerHour`, 'plays an hour', report);
  }
  if (c.minGapMs !== null)
    checkWhole('gap', c.minGapMs, 0, MAX_DURATION_MS, `${place}.minGapMs`, 'milliseconds', report);
  if (c.maxGapMs !== null)
    checkWhole('gap', c.maxGapMs, 1, MAX_DURATION_MS, `${place}.maxGapMs`, 'milliseconds', report);
  if (c.minGapMs !== null && c.maxGapMs !== null && c.maxGapMs < c.minGapMs) {
    report('limits-contradict', `${place}.maxGapMs`, c.maxGapMs, `at least minGapMs (${c.minGapMs})`);
  }
  if (c.minShare !== null && !(c.minShare >= 0 && c.minShare <= 1)) {
    report('share', `${place}.minShare`, c.minShare, 'a share from 0 to 1');
  }
  if (c.minAirtimeShare !== null && !(c.minAirtimeShare >= 0 && c.minAirtimeShare <= 1)) {
    report('share', `${place}.minAirtimeShare`, c.minAirtimeShare, 'a share from 0 to 1');
  }
  if (!Number.isSafeInteger(c.priority)) report('priority', `${place}.priority`, c.priority, 'a whole number');
  if (!(c.frontLoad >= 0.1 && c.frontLoad <= 1))
    report('front-load', `${place}.frontLoad`, c.frontLoad, 'a share from 0.1 to 1');
}
