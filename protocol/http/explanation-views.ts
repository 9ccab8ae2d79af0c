/** What explanations of a screen's day are made from: the outline of a plan, and its conflicts. Times are epoch milliseconds. */
import { z } from 'zod';
import { SCOPES } from '../../domain/catalogue/campaign.ts';
import { CONFLICT_KINDS, type Conflict } from '../../domain/plan/day-plan.ts';
import type { DayOutline } from '../../domain/plan/promise-outline.ts';
import { countSchema, idSchema } from '../common.ts';

const ms = z.number();

/** Promises that cannot all be kept: see the domain's `Conflict`. */
export const conflictSchema = z.object({
  kind: z.enum(CONFLICT_KINDS),
  commitments: z.array(idSchema),
  startMs: ms,
  endMs: ms,
  overflowMs: ms,
  fits: countSchema,
  limit: z.enum(['hour', 'min-gap']).optional(),
}) satisfies z.ZodType<Conflict>;

/** The promises of one plan, which begins at `fromMs`: see the domain's `PromiseOutline`. */
export const dayOutlineSchema = z.object({
  fromMs: ms,
  openFromMs: ms,
  promises: z.array(
    z.object({
      id: idSchema,
      scope: z.enum(SCOPES),
      required: countSchema,
      tally: countSchema,
      shortBy: countSchema,
      windows: z.array(z.object({ startMs: ms, endMs: ms })),
      promised: countSchema,
      makeGoods: countSchema,
      bonus: countSchema,
      firstMs: ms.nullable(),
      lastMs: ms.nullable(),
      doneByMs: ms.nullable(),
      bonusUntilMs: ms.nullable(),
      everyMs: ms.nullable(),
      exactMs: z.array(ms),
      minGapMs: ms.nullable(),
      maxGapMs: ms.nullable(),
      maxPlaysPerHour: countSchema.nullable(),
      minShare: z.number().nullable(),
      minAirtimeShare: z.number().nullable(),
      reached: z.object({ plays: z.number(), airtime: z.number().nullable() }),
      longestMs: ms,
    }),
  ),
}) satisfies z.ZodType<DayOutline>;
