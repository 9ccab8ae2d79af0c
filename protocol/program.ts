/** Schema of a program as a player fetches it. */
import { z } from 'zod';
import { SCOPES } from '../domain/catalogue/campaign.ts';
import { SLOGAN_THEMES } from '../domain/catalogue/content.ts';
import { PROGRAM_FORMAT, type Program } from '../domain/plan/program.ts';
import {
  countSchema,
  dateSchema,
  dayPartSchema,
  idSchema,
  openingHoursSchema,
  sha256Schema,
  soundSchema,
  streamUrlSchema,
  timeZoneSchema,
  wallTimeSchema,
  weekdaySchema,
} from './common.ts';

const durationSchema = z.int().min(1);
const timedItemSchema = z.strictObject({ item: idSchema, durationMs: durationSchema });
const loopItemSchema = timedItemSchema.extend({
  from: dateSchema.optional(),
  to: dateSchema.optional(),
  weekdays: z.array(weekdaySchema).min(1).optional(),
  dayParts: z.array(dayPartSchema).min(1).optional(),
  separation: z.string().min(1).max(64).optional(),
});
const described = { sha: sha256Schema, name: z.string().max(200) };
const worded = { text: z.string().max(5000), textEn: z.string().max(5000).nullable(), theme: z.enum(SLOGAN_THEMES) };
const stored = { bytes: countSchema, mime: z.string().max(100), durationMs: durationSchema.nullable() };

/** A program. Promises that came later have a default, so that programs logged before stay readable. */
export const programSchema = z.strictObject({
  format: z.literal(PROGRAM_FORMAT),
  timeZone: timeZoneSchema,
  openingHours: z.array(openingHoursSchema),
  loop: z.array(loopItemSchema),
  ticker: z.array(idSchema),
  commitments: z.array(
    z.strictObject({
      id: idSchema,
      campaign: idSchema,
      scope: z.enum(SCOPES).default('screen'),
      from: dateSchema,
      to: dateSchema,
      weekdays: z.array(weekdaySchema),
      dayParts: z.array(dayPartSchema),
      items: z.array(timedItemSchema.extend({ weight: z.int().min(1) })),
      minPlays: countSchema,
      maxPlaysPerHour: z.int().min(1).nullable(),
      minGapMs: z.int().min(1).nullable(),
      maxGapMs: z.int().min(1).nullable(),
      minShare: z.number().gt(0).max(1).nullable(),
      minAirtimeShare: z.number().gt(0).max(1).nullable().default(null),
      exactTimes: z.array(wallTimeSchema).default([]),
      separation: z.string().min(1).max(64).nullable().default(null),
      minConsecutiveDays: z.int().min(1).nullable(),
      priority: z.int(),
      frontLoad: z.number().gt(0).max(1),
    }),
  ),
  manifest: z.record(
    idSchema,
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('video'), ...described, ...stored }),
      z.strictObject({
        type: z.literal('image'),
        ...described,
        ...stored,
        fit: z.literal('cover').optional(),
        pan: z.literal(true).optional(),
      }),
      z.strictObject({ type: z.literal('live'), ...described, url: streamUrlSchema }),
      z.strictObject({ type: z.literal('card'), ...described, ...worded }),
      z.strictObject({ type: z.literal('ticker'), ...described, ...worded }),
    ]),
  ),
  display: z
    .strictObject({
      rotation: z.union([z.literal(90), z.literal(180), z.literal(270)]).optional(),
      sound: soundSchema.optional(),
    })
    .optional(),
  inStep: z.literal(true).optional(),
  withdrawn: z.record(idSchema, sha256Schema).optional(),
}) satisfies z.ZodType<Program>;
