/** Reads the simple schedules of jobs, so that they can be said in words. */

/** A schedule: every so many seconds or minutes, at a second of every minute, at a minute of every hour, once a day; null for any other. */
export type ScheduleWords =
  | { every: 'seconds'; seconds: number }
  | { every: 'minute' }
  | { every: 'minutes'; minutes: number }
  | { every: 'hour'; minute: string }
  | { every: 'day'; time: string };

const two = (text: string): string => text.padStart(2, '0');
const isNumber = (text: string): boolean => /^\d{1,2}$/.test(text);

/** `schedule` as cron writes it, with or without a field of seconds in front. */
export function scheduleWords(schedule: string): ScheduleWords | null {
  const fields = schedule.trim().split(/\s+/);
  const [second = '', minute = '', hour = '', ...days] = fields.length === 5 ? ['0', ...fields] : fields;
  if (days.join(' ') !== '* * *') return null;
  if (minute === '*' && hour === '*') {
    const seconds = stepOf(second);
    if (seconds !== null) return { every: 'seconds', seconds };
    return isNumber(second) ? { every: 'minute' } : null;
  }
  const minutes = stepOf(minute);
  if (minutes !== null && hour === '*' && isNumber(second)) return { every: 'minutes', minutes };
  if (!isNumber(second) || !isNumber(minute)) return null;
  if (hour === '*') return { every: 'hour', minute: two(minute) };
  return isNumber(hour) ? { every: 'day', time: `${two(hour)}:${two(minute)}` } : null;
}

/** How far apart the times of a field of seconds or minutes are, where they are all as far apart; null where it names one time or uneven ones. */
function stepOf(field: string): number | null {
  if (field === '*') return 1;
  const [, step] = /^\*\/(\d{1,2})$/.exec(field) ?? [];
  if (step !== undefined) return Number(step);
  const times = field.split(',').map(Number);
  const apart = 60 / times.length;
  const isEven = times.every((time, k) => time === (times[0] ?? 0) + k * apart);
  return times.length > 1 && isEven ? apart : null;
}
