/** Schemas of what the catalogue holds, as created and changed over HTTP and read from files. */
import { z } from 'zod';
import { SCOPES } from '../domain/catalogue/campaign.ts';
import { FITS, SLOGAN_THEMES } from '../domain/catalogue/content.ts';
import { ROLES, ROTATIONS } from '../domain/catalogue/organisation.ts';
import { WEEKDAYS } from '../domain/time/weekday.ts';
import { COMMITMENT_JSON_RULES, refineCommitment } from './commitment-rules.ts';
import {
  countSchema,
  dateSchema,
  dayPartSchema,
  entityIdSchema as idSchema,
  namedShape,
  nameSchema,
  openingHoursSchema,
  sha256Schema,
  soundSchema,
  streamUrlSchema,
  timeZoneSchema,
  venueSchema,
  wallTimeSchema,
  weekdaySchema,
} from './common.ts';
import { overrideSchema } from './override.ts';

const tagSchema = z.string().trim().min(1).max(64);
const unique = (ids: readonly { id: string }[]): boolean => new Set(ids.map((i) => i.id)).size === ids.length;

/** Public half of a unit's key: a C2SP vkey of an Ed25519 key, in ASCII. That its id is right is for the server to check. */
export const vkeySchema = z
  .string()
  .trim()
  .regex(
    /^[\x21-\x2a\x2c-\x7e]{1,200}\+[0-9a-f]{8}\+A[Q-f][A-Za-z0-9+/]{42}$/,
    'a key NAME+ID+BASE64, as xunbo unit-key new prints it',
  );

/** A unit; its key is set by a route of its own. */
export const unitSchema = z.strictObject({
  id: idSchema,
  ...namedShape,
  parentId: idSchema.nullable().default(null),
  vkey: vkeySchema.optional(),
});

/** A site. */
export const siteSchema = z.strictObject({ id: idSchema, ...namedShape, unitId: idSchema });

/** A screen or an external channel. */
export const screenSchema = z.strictObject({
  id: idSchema,
  ...namedShape,
  kind: z.enum(['player', 'external']).default('player'),
  unitId: idSchema,
  siteId: idSchema,
  venue: venueSchema,
  tags: z.array(tagSchema).max(50).default([]),
  timeZone: timeZoneSchema.default('Asia/Shanghai'),
  openingHours: z.array(openingHoursSchema).min(1, 'at least one span of opening hours').max(50),
  orientation: z.enum(['landscape', 'portrait']).default('landscape'),
  rotation: z
    .union(
      ROTATIONS.map((degrees) => z.literal(degrees)),
      'a rotation of 0, 90, 180 or 270 degrees',
    )
    .default(0),
  sound: soundSchema.nullable().default(null),
  syncGroup: tagSchema.nullable().default(null),
  loopId: idSchema.nullable().default(null),
});

/** Longest showing of a live source. */
export const MOST_LIVE_MS = 6 * 3_600_000;

/** An item placed in a list; images need a duration of 1 s to 10 min. */
export const itemPlacementSchema = z.strictObject({
  item: idSchema,
  durationMs: z
    .int()
    .min(1000, 'a duration of 1000 to 600000 ms')
    .max(600_000, 'a duration of 1000 to 600000 ms')
    .nullable()
    .default(null),
});

/** Two plays with the same tag never follow each other. */
const separationSchema = z.string().trim().min(1, 'a tag of 1 to 64 characters').max(64, 'a tag of 1 to 64 characters');

/** An item of a loop and when it is shown; a live source stands for 10 s to 6 h. */
export const loopPlacementSchema = itemPlacementSchema
  .extend({
    durationMs: z
      .int()
      .min(1000, 'a duration of 1000 to 21600000 ms')
      .max(MOST_LIVE_MS, 'a duration of 1000 to 21600000 ms')
      .nullable()
      .default(null),
    from: dateSchema.nullable().default(null),
    to: dateSchema.nullable().default(null),
    weekdays: z.array(weekdaySchema).default([]),
    dayParts: z.array(dayPartSchema).max(24).default([]),
    separation: separationSchema.nullable().default(null),
  })
  .refine((p) => p.from === null || p.to === null || p.from <= p.to, {
    error: 'a last day on or after the first',
    path: ['to'],
  });

/** A loop. */
export const playlistSchema = z.strictObject({
  id: idSchema,
  ...namedShape,
  unitId: idSchema,
  items: z.array(loopPlacementSchema).max(1000),
  ticker: z.array(idSchema).max(50).default([]),
});

/** Most decisions on withdrawal that a content keeps. */
export const MAX_WITHDRAWALS = 50;

/** Whether a content may be shown, and who decided so; the server alone writes it. */
const withdrawableShape = {
  withdrawnAtMs: countSchema.nullable().default(null),
  withdrawals: z
    .array(
      z.strictObject({
        act: z.enum(['withdrawn', 'restored']),
        reason: nameSchema,
        byUserId: idSchema,
        byName: z.string().max(200),
        atMs: countSchema,
      }),
    )
    .max(MAX_WITHDRAWALS)
    .optional(),
};

/** A slogan; a card stands and a ticker passes for 3 s to 5 min. */
export const sloganSchema = z.strictObject({
  id: idSchema,
  ...namedShape,
  unitId: idSchema,
  text: z.string().trim().min(1, 'a text of 1 to 5000 characters').max(5000),
  textEn: z.string().trim().min(1).max(5000).nullable().default(null),
  shape: z.enum(['card', 'ticker']),
  theme: z.enum(SLOGAN_THEMES).default('red'),
  durationMs: z.int().min(3000, 'a duration of 3000 to 300000 ms').max(300_000, 'a duration of 3000 to 300000 ms'),
  ...withdrawableShape,
});

/** A live source. */
export const streamSchema = z.strictObject({ id: idSchema, ...namedShape, unitId: idSchema, url: streamUrlSchema });

/** A media as the catalogue lists it; made by an upload, never by hand. */
export const mediaSchema = z.strictObject({
  id: idSchema,
  ...namedShape,
  unitId: idSchema,
  type: z.enum(['video', 'image']),
  sha: sha256Schema,
  bytes: countSchema,
  mime: z.string().max(100),
  codec: z.string().max(60).nullable(),
  width: z.int().min(1),
  height: z.int().min(1),
  durationMs: z.int().min(1).nullable(),
  addedAtMs: countSchema,
  fit: z.enum(FITS).default('contain'),
  pan: z.boolean().default(false),
  ...withdrawableShape,
});

/** What of a media may be changed: its names, and how an image is shown; what is left out of the latter stays. */
export const mediaChangeSchema = z.strictObject({
  ...namedShape,
  fit: z.enum(FITS).optional(),
  pan: z.boolean().optional(),
});

/** A flight. */
export const flightSchema = z
  .strictObject({
    id: idSchema,
    ...namedShape,
    from: dateSchema,
    to: dateSchema,
    extendedTo: dateSchema.nullable().default(null),
  })
  .refine((f) => f.from <= f.to, { error: 'a flight that ends on or after the day it starts', path: ['to'] })
  .refine((f) => f.extendedTo === null || f.extendedTo > f.to, {
    error: 'an extension that ends after the flight',
    path: ['extendedTo'],
  });

/** A creative. */
export const creativeSchema = itemPlacementSchema.extend({
  weight: z.int().min(1, 'a weight of 1 to 100').max(100, 'a weight of 1 to 100').default(1),
  flights: z.array(idSchema).max(100).default([]),
});

/** A commitment; limits that no day could keep are refused by the planner's own checks. */
export const commitmentSchema = z
  .strictObject({
    id: idSchema,
    scope: z.enum(SCOPES).default('screen'),
    minPlays: z
      .int()
      .min(0, 'a whole number of plays from 0 to 10000')
      .max(10_000, 'a whole number of plays from 0 to 10000'),
    minShare: z
      .number()
      .gt(0, 'a share above 0 and at most 1')
      .max(1, 'a share above 0 and at most 1')
      .nullable()
      .default(null),
    minAirtimeShare: z
      .number()
      .gt(0, 'a share above 0 and at most 1')
      .max(1, 'a share above 0 and at most 1')
      .nullable()
      .default(null),
    exactTimes: z
      .array(wallTimeSchema)
      .max(96, 'at most 96 exact times')
      .refine((times) => new Set(times).size === times.length, 'different times')
      .default([]),
    maxGapMin: z.int().min(1).max(1440).nullable().default(null),
    minConsecutiveDays: z.int().min(1).max(3660).nullable().default(null),
    maxPlaysPerHour: z.int().min(1).max(3600).nullable().default(null),
    minGapMin: z.int().min(1).max(1440).nullable().default(null),
    dayParts: z.array(dayPartSchema).max(24).default([]),
    priority: z.int().min(-100).max(100).default(0),
  })
  .superRefine(refineCommitment)
  .meta(COMMITMENT_JSON_RULES);

/** Which screens a campaign means. */
export const targetsSchema = z.strictObject({
  units: z.array(idSchema).max(1000).default([]),
  venues: z.array(venueSchema).max(20).default([]),
  tags: z.array(tagSchema).max(100).default([]),
  screens: z.array(idSchema).max(100_000).default([]),
});

/** Most records of overrides that a campaign keeps: the latest. */
export const MAX_OVERRIDES = 50;

/** A campaign. */
export const campaignSchema = z.strictObject({
  id: idSchema,
  ...namedShape,
  unitId: idSchema,
  state: z.enum(['draft', 'live', 'ended']).default('live'),
  flights: z.array(flightSchema).min(1, 'at least one flight').max(100).refine(unique, 'flights with different ids'),
  weekdays: z
    .array(weekdaySchema)
    .min(1, 'at least one weekday')
    .default([...WEEKDAYS]),
  dayParts: z.array(dayPartSchema).max(24).default([]),
  creatives: z.array(creativeSchema).min(1, 'at least one creative').max(200),
  targets: targetsSchema,
  commitments: z
    .array(commitmentSchema)
    .min(1, 'at least one commitment')
    .max(50)
    .refine(unique, 'commitments with different ids'),
  frontLoad: z.number().min(0.1, 'a share of 0.1 to 1').max(1, 'a share of 0.1 to 1').default(0.75),
  separation: separationSchema.nullable().default(null),
  extendDays: z
    .int()
    .min(0, 'a whole number of days from 0 to 366')
    .max(366, 'a whole number of days from 0 to 366')
    .default(0),
  overrideReason: nameSchema.nullable().default(null),
  overrides: z.array(overrideSchema).max(MAX_OVERRIDES).optional(),
});

/** A person as the console sees them. */
export const userSchema = z.strictObject({
  id: idSchema,
  unitId: idSchema,
  login: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,31}$/, 'a sign-in name: 2 to 32 of a-z 0-9 . _ -'),
  name: nameSchema,
  role: z.enum(ROLES),
});

/** A new password. */
export const passwordSchema = z.string().min(10, 'a password of 10 to 200 characters').max(200);
