/** The days of the week as they are written in files and programs. */

/** Monday first, as ISO 8601 numbers them. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** One day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];
