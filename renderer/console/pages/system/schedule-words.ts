/** Reads the simple schedules of jobs, so that they can be said in words. */

/** A schedule: every so many seconds, at a second of every minute, at a minute of every hour, once a day; null for any other. */
export type ScheduleWords =
  | { every: 'seconds'; seconds: number }
  | { every: 'minute' }
  | { every: 'hour'; minute: string }
  | { every: 'day'; time: string };

const two = (text: string): string => text.padStart(2, '0');
const isNumber = (text: string): boolean => /^\d{1,2}$/.test(text);

/** `schedule` as cron writes it, with or without a field of seconds in front. */
export function scheduleWords(schedule: string): ScheduleWords | null {
  const fields = schedule.trim().split(/\s+/);
  const [second = '', minute = '', hour = '', ...days] = fields.length === 5 ? ['0', ...fields] : fields;
  if (days.join(' ') !== '* * *') return null;
  const step = /^\*\/(\d{1,2})$/.exec(second);
  if (minute === '*' && hour === '*') {
    if (step) return { every: 'seconds', seconds: Number(step[1]) };
    return isNumber(second) ? { every: 'minute' } : null;
  }
  if (!isNumber(second) || !isNumber(minute)) return null;
  if (hour === '*') return { every: 'hour', minute: two(minute) };
  return isNumber(hour) ? { every: 'day', time: `${two(hour)}:${two(minute)}` } : null;
}
