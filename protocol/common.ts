/** Schemas of the small things that every contract is made of: ids, dates, times, hashes. */
import { z } from 'zod';
import { VENUES } from '../domain/catalogue/organisation.ts';
import { WEEKDAYS } from '../domain/time/weekday.ts';
import { isKnownZone, isLocalDate, minutesOfWallTime } from '../domain/time/zone-time.ts';

/** An id in programs and records: ASCII letters, digits, `.`, `_`, `-`; 1 to 128 characters, since records hold ASCII ids only. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'an id: 1 to 128 of A-Z a-z 0-9 . _ -, starting with a letter or digit');

/** An id somebody gives to an entity: at most 40 characters, so that campaign, commitment and flight together make an id too. */
export const entityIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'an id: 1 to 40 of A-Z a-z 0-9 . _ -, starting with a letter or digit');

/** SHA-256 in lower-case hexadecimal. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256: 64 hexadecimal digits in lower case');

/** A calendar date `YYYY-MM-DD`. */
export const dateSchema = z.string().refine(isLocalDate, 'a calendar date YYYY-MM-DD');

/** A wall-clock time `HH:MM` up to `47:59`, past 24:00 on the following date. */
export const wallTimeSchema = z.string().regex(/^([0-3]\d|4[0-7]):[0-5]\d$/, 'a time HH:MM from 00:00 to 47:59');

/** An IANA time zone this runtime knows. */
export const timeZoneSchema = z.string().refine(isKnownZone, 'an IANA time zone such as Asia/Shanghai');

/** A weekday. */
export const weekdaySchema = z.enum(WEEKDAYS);

/** A kind of place. */
export const venueSchema = z.enum(VENUES);

/** A non-negative integer below 2⁵³. */
export const countSchema = z.int().min(0);

/** A name a person reads: 1 to 200 characters. */
export const nameSchema = z.string().trim().min(1, 'a name of 1 to 200 characters').max(200);

/** Name in Chinese, and in English or null. */
export const namedShape = { name: nameSchema, nameEn: nameSchema.nullable().default(null) };

const ordered = (span: { from: string; to: string }): boolean =>
  minutesOfWallTime(span.from) < minutesOfWallTime(span.to);

/** A span of wall-clock time in a day of service; `from` below 24:00, `to` after it and at most 24 hours later. */
export const dayPartSchema = z
  .strictObject({ from: wallTimeSchema, to: wallTimeSchema })
  .refine(ordered, 'a span whose end is after its start (past midnight: write 25:30)')
  .refine((p) => minutesOfWallTime(p.from) < 1440, 'a span that starts before 24:00')
  .refine((p) => minutesOfWallTime(p.to) - minutesOfWallTime(p.from) <= 1440, 'a span of at most 24 hours');

/** Address of a live source: an HLS playlist over HTTP, without a name and password in it. */
export const streamUrlSchema = z
  .string()
  .trim()
  .max(1000, 'an address of at most 1000 characters')
  .regex(/^https?:\/\/[^\s/@?#]+\/[^\s?#]*\.m3u8(\?[^\s#]*)?$/i, 'an address http(s)://…/….m3u8');

/** Sound of a screen. */
export const soundSchema = z.strictObject({
  volume: z.int().min(1, 'a volume of 1 to 100 percent').max(100, 'a volume of 1 to 100 percent'),
  dayParts: z.array(dayPartSchema).max(24).default([]),
});

/** Opening hours of some weekdays. */
export const openingHoursSchema = z
  .strictObject({
    days: z.array(weekdaySchema).min(1, 'at least one weekday'),
    from: wallTimeSchema,
    to: wallTimeSchema,
  })
  .refine(ordered, 'opening hours that end after they start (past midnight: write 25:30)')
  .refine((p) => minutesOfWallTime(p.from) < 1440, 'opening hours that start before 24:00')
  .refine((p) => minutesOfWallTime(p.to) - minutesOfWallTime(p.from) <= 1440, 'opening hours of at most 24 hours');
