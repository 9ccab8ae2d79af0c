/** The download of plays: where it is, what may be asked for, and in which formats it comes. */
import { z } from 'zod';
import { isLocalDate } from '../../domain/time/zone-time.ts';
import { dateSchema, idSchema } from '../common.ts';

/** `csv`: a table for spreadsheets; `asmil`: play log of A-SMIL and POPAI, XML; `h782`: play log of ITU-T H.782, XML. */
export const PLAYS_FORMATS = ['csv', 'asmil', 'h782'] as const;

/** One of {@link PLAYS_FORMATS}. */
export type PlaysFormat = (typeof PLAYS_FORMATS)[number];

/** Plays of a span of dates as a file, for people who may see their screens; query: {@link playsExportQuerySchema}. */
export const PLAYS_EXPORT_PATH = '/api/plays/export';

/** Dates of service, both included, of one screen or of all. */
export const playsExportQuerySchema = z
  .object({
    from: dateSchema,
    to: dateSchema,
    screen: idSchema.optional(),
    format: z.enum(PLAYS_FORMATS).default('csv'),
  })
  .refine(({ from, to }) => from <= to || ![from, to].every(isLocalDate), {
    path: ['to'],
    error: 'a date not before from',
  });
