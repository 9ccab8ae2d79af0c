/** What the HTTP API shows: computed views over catalogue, plan and ledger. Times are epoch milliseconds. */
import { z } from 'zod';
import { SCOPES } from '../../domain/catalogue/campaign.ts';
import { PROMISE_FORMS } from '../../domain/compliance/promise-forms.ts';
import { VERDICT_REASONS } from '../../domain/compliance/verdict.ts';
import { CONFLICT_KINDS } from '../../domain/plan/day-plan.ts';
import { screenSchema, userSchema } from '../catalogue.ts';
import { countSchema, dateSchema, idSchema, sha256Schema } from '../common.ts';
import { INCIDENT_KINDS, statusSchema } from '../player-link.ts';
import { conflictSchema, dayOutlineSchema } from './explanation-views.ts';

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
 * on-track, at-risk (the plan of the rest no longer makes it), short (certain: not even if the screen showed nothing else), unknown (nothing is
 * known of the screen today).
 */
export const VERDICTS = ['met', 'met-by-make-good', 'on-track', 'at-risk', 'short', 'unknown'] as const;

/**
 * One commitment on one screen and date. `proven` plays are in the ledger; `played` adds those the player reports and has not
 * sent yet; `expected` by closing = played + planned for the rest of the day; null where nothing can be said. `metByMs`: when the promise
 * will be met by the plan. `forms`: what is promised of the day; `broken`: those a closed day has not kept. `shortBy`: plays that are or will be
 * missing by closing, null where that cannot be said. `scope: 'target'`: `required` is this screen's part of a count promised for a whole target.
 */
export const commitmentDaySchema = z.object({
  date: dateSchema,
  screen: refSchema.extend({ kind: z.enum(['player', 'external']), unitId: idSchema, online: z.boolean() }),
  campaign: refSchema,
  commitment: idSchema,
  scope: z.enum(SCOPES),
  forms: z.array(z.enum(PROMISE_FORMS)),
  broken: z.array(z.enum(PROMISE_FORMS)),
  required: countSchema,
  played: countSchema,
  proven: countSchema,
  makeGoods: countSchema,
  expected: countSchema.nullable(),
  shortBy: countSchema.nullable(),
  metByMs: ms.nullable(),
  closesAtMs: ms.nullable(),
  closed: z.boolean(),
  verdict: z.enum(VERDICTS),
  reasons: z.array(z.enum(VERDICT_REASONS)),
});

/**
 * A count promised for all target screens together, on one date. `missingLogs`: target screens whose log of the date is not complete; `timeZone`: of one of them.
 * Other figures as in a commitment's day, summed over the screens.
 */
export const targetDaySchema = commitmentDaySchema
  .omit({ screen: true, scope: true, forms: true, broken: true, closed: true })
  .extend({ screens: countSchema, missingLogs: countSchema, timeZone: z.string() });

/** Where a promise of consecutive days stands; `on`: since when it is kept, or the earliest date on which it can be. */
export const flightVerdictSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('kept'), on: dateSchema }),
  z.object({ kind: z.literal('reachable'), on: dateSchema }),
  z.object({ kind: z.literal('extendable'), on: dateSchema }),
  z.object({ kind: z.literal('lost') }),
  z.object({ kind: z.literal('unknown'), missingLogs: countSchema }),
]);

/** Days of a flight on one screen: kept, short, unknown (log missing), and runs of kept days in a row. */
const flightDaysShape = {
  verdict: flightVerdictSchema.nullable(),
  kept: countSchema,
  short: countSchema,
  unknown: countSchema,
  longestRun: countSchema,
  run: countSchema,
};

/**
 * One commitment over one flight. `counts`: how many screens bear each verdict (of a target as a whole: one in all). `reachOn`: date by which the last of those
 * that still can will have kept it. `refused`: why the flight was not extended. `rows`, worst first, are at most 500 screens; of a target as a whole none.
 */
export const flightSchema = z.object({
  campaign: refSchema,
  flight: refSchema.extend({ from: dateSchema, to: dateSchema, extendedTo: dateSchema.nullable(), latest: dateSchema }),
  commitment: idSchema,
  scope: z.enum(SCOPES),
  minConsecutiveDays: countSchema.nullable(),
  screens: countSchema,
  counts: z.object({
    kept: countSchema,
    reachable: countSchema,
    extendable: countSchema,
    lost: countSchema,
    unknown: countSchema,
  }),
  days: z.object({ kept: countSchema, short: countSchema, unknown: countSchema }),
  longestRun: countSchema,
  shortestRun: countSchema,
  reachOn: dateSchema.nullable(),
  refused: z.object({ to: dateSchema, dates: z.array(dateSchema) }).nullable(),
  rows: z.array(z.object({ screen: refSchema, ...flightDaysShape })).max(500),
});

/** A showing in the ledger. `shot`: SHA-256 of a picture of the screen taken meanwhile, null where none was. */
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
  shot: sha256Schema.nullable(),
});

/** A planned showing. */
export const slotSchema = z.object({
  startMs: ms,
  durationMs: ms,
  item: idSchema,
  commitment: idSchema.nullable(),
  reason: z.enum(['scheduled', 'make-good', 'bonus', 'filler']),
});

/**
 * One screen's day: when it is open, what is planned, what was played, and where each promise stands. `outlines`: of the plan of the whole day
 * (from the first enrolment on) and, where the rest was planned anew, of that; `conflicts` are those of the last. `enrolledAtMs`: when the screen first got a player, where
 * that was after the opening of this day.
 */
export const screenDaySchema = z.object({
  date: dateSchema,
  timeZone: z.string(),
  nowMs: ms,
  open: z.array(z.object({ startMs: ms, endMs: ms })),
  planHash: sha256Schema,
  plan: z.array(slotSchema),
  outlines: z.array(dayOutlineSchema),
  conflicts: z.array(conflictSchema),
  enrolledAtMs: ms.nullable(),
  plays: z.array(playSchema),
  /** False once plays of the day are not kept singly any more: then only its counts tell what was shown, and no plan is held against it. */
  playsKept: z.boolean(),
  commitments: z.array(commitmentDaySchema),
  itemNames: z.record(z.string(), z.object({ name, nameEn: name.nullable(), type: z.string() })),
});

/**
 * Why a booking does not fit, for the screens and dates that share the cause. `fits`: largest count of the first commitment that would fit;
 * `limit`: which of its own limits binds, or null. Instants are those of the first date on the first screen.
 */
export const bookingProblemSchema = z.object({
  screens: z.array(idSchema),
  dates: z.array(dateSchema),
  conflicts: z.array(
    z.object({
      kind: z.enum(CONFLICT_KINDS),
      limit: z.enum(['hour', 'min-gap', 'max-gap']).nullable(),
      commitments: z.array(z.string()),
      startMs: ms,
      endMs: ms,
      overflowMs: ms,
      fits: countSchema,
    }),
  ),
});

/** Dates that fit but are tight: `load` is the largest share of open time promised on any of them. */
export const bookingWarningSchema = z.object({
  screens: z.array(idSchema),
  dates: z.array(dateSchema),
  load: z.number(),
});

/**
 * Answer of the booking check: what a campaign, or a change, makes worse. `load`: the largest share of a day's open time that promised plays take on
 * any day that it changes. `counts`: for commitments of the campaign that have to be lowered, the largest count that fits beside everything else;
 * `isEnough`: with these all of it fits.
 */
export const bookingSchema = z.object({
  fits: z.boolean(),
  targetScreens: countSchema,
  load: z.number(),
  problems: z.array(bookingProblemSchema),
  warnings: z.array(bookingWarningSchema),
  counts: z.array(z.object({ commitment: idSchema, fits: countSchema, isEnough: z.boolean() })),
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
export type TargetDay = z.infer<typeof targetDaySchema>;
export type FlightView = z.infer<typeof flightSchema>;
export type Play = z.infer<typeof playSchema>;
export type ScreenDay = z.infer<typeof screenDaySchema>;
export type Booking = z.infer<typeof bookingSchema>;
export type Job = z.infer<typeof jobSchema>;
export type Verdict = (typeof VERDICTS)[number];
