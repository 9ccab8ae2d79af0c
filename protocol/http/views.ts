/** What the HTTP API shows: computed views over catalogue, plan and ledger. Times are epoch milliseconds. */
import { z } from 'zod';
import { SHORTFALL_REASONS } from '../../domain/proof/record.ts';
import { screenSchema, userSchema } from '../catalogue.ts';
import { countSchema, dateSchema, idSchema, sha256Schema } from '../common.ts';
import { INCIDENT_KINDS, statusSchema } from '../player-link.ts';

const name = z.string();
const ms = z.number();

/** A name with the id it belongs to. */
export const refSchema = z.object({ id: idSchema, name, nameEn: name.nullable() });

/** An open or closed trouble of a screen. */
export const incidentSchema = z.object({
  id: z.string(),
  screenId: idSchema,
  kind: z.enum(INCIDENT_KINDS),
  detail: z.string(),
  openedAtMs: ms,
  closedAtMs: ms.nullable(),
});

/** A screen with its player and what it is doing now; `status` is the player's own last word. */
export const screenViewSchema = screenSchema.extend({
  device: z.object({ id: sha256Schema, enrolledAtMs: ms, assurance: z.enum(['A', 'B', 'C']) }).nullable(),
  online: z.boolean(),
  lastSeenMs: ms.nullable(),
  program: sha256Schema.nullable(),
  status: statusSchema.nullable(),
  incidents: z.array(incidentSchema),
});

/**
 * State of a promise on a day. Past days: met, met-by-make-good, short, unknown (log missing). The day under way: met, met-by-make-good,
 * on-track, at-risk (the plan of the rest no longer makes it), short (certain), unknown (nothing is known of the screen today).
 */
export const VERDICTS = ['met', 'met-by-make-good', 'on-track', 'at-risk', 'short', 'unknown'] as const;

/**
 * One commitment on one screen and date. `proven` plays are in the ledger; `played` adds those the player reports and has not
 * sent yet; `expected` by closing = played + planned for the rest of the day; null where nothing can be said.
 */
export const commitmentDaySchema = z.object({
  date: dateSchema,
  screen: refSchema.extend({ kind: z.enum(['player', 'external']), unitId: idSchema, online: z.boolean() }),
  campaign: refSchema,
  commitment: idSchema,
  required: countSchema,
  played: countSchema,
  proven: countSchema,
  makeGoods: countSchema,
  expected: countSchema.nullable(),
  metByMs: ms.nullable(),
  closesAtMs: ms.nullable(),
  verdict: z.enum(VERDICTS),
  reasons: z.array(z.enum(SHORTFALL_REASONS)),
});

/** A showing in the ledger. */
export const playSchema = z.object({
  screenId: idSchema,
  device: sha256Schema,
  epoch: countSchema,
  seq: countSchema,
  date: dateSchema,
  startMs: ms,
  endMs: ms,
  item: idSchema,
  itemName: z.string(),
  sha: sha256Schema,
  campaign: idSchema.nullable(),
  commitment: idSchema.nullable(),
  outcome: z.enum(['complete', 'cut', 'failed']),
  reason: z.enum(['scheduled', 'make-good', 'bonus', 'filler']),
  counted: z.boolean(),
});

/** A planned showing. */
export const slotSchema = z.object({
  startMs: ms,
  durationMs: ms,
  item: idSchema,
  commitment: idSchema.nullable(),
  reason: z.enum(['scheduled', 'make-good', 'bonus', 'filler']),
});

/** One screen's day: when it is open, what is planned, what was played, and where each promise stands. */
export const screenDaySchema = z.object({
  date: dateSchema,
  timeZone: z.string(),
  nowMs: ms,
  open: z.array(z.object({ startMs: ms, endMs: ms })),
  planHash: sha256Schema,
  plan: z.array(slotSchema),
  plays: z.array(playSchema),
  commitments: z.array(commitmentDaySchema),
  itemNames: z.record(z.string(), z.object({ name, nameEn: name.nullable(), type: z.string() })),
});

/** Why a booking does not fit, for the screens and dates that share the cause. `fits`: largest count that would fit. */
export const bookingProblemSchema = z.object({
  screens: z.array(idSchema),
  dates: z.array(dateSchema),
  conflicts: z.array(
    z.object({
      kind: z.string(),
      commitments: z.array(idSchema),
      startMs: ms,
      endMs: ms,
      overflowMs: ms,
      fits: countSchema,
    }),
  ),
});

/** Answer of the booking check. `load`: the largest share of a day's open time that promised plays take on any target screen. */
export const bookingSchema = z.object({
  fits: z.boolean(),
  targetScreens: countSchema,
  load: z.number(),
  problems: z.array(bookingProblemSchema),
});

/** A job: when it ran last, with what outcome, and when it runs next. */
export const jobSchema = z.object({
  name: z.string(),
  schedule: z.string(),
  lastRunMs: ms.nullable(),
  lastOutcome: z.enum(['ok', 'failed']).nullable(),
  lastDetail: z.string().nullable(),
  nextRunMs: ms.nullable(),
});

/** Who is signed in. */
export const sessionSchema = z.object({ user: userSchema });

/** Whether the first administrator exists yet, and what the server is. */
export const serverInfoSchema = z.object({
  name: z.literal('xunbo'),
  version: z.string(),
  needsSetup: z.boolean(),
  videoCodecs: z.array(z.string()),
  nowMs: ms,
});

export type ScreenView = z.infer<typeof screenViewSchema>;
export type CommitmentDay = z.infer<typeof commitmentDaySchema>;
export type Play = z.infer<typeof playSchema>;
export type ScreenDay = z.infer<typeof screenDaySchema>;
export type Booking = z.infer<typeof bookingSchema>;
export type Job = z.infer<typeof jobSchema>;
export type Verdict = (typeof VERDICTS)[number];
