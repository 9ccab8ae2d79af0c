/** Schema of the record of a promise that was booked although it does not fit. */
import { z } from 'zod';
import { OVERRIDDEN_CHANGES } from '../domain/catalogue/override.ts';
import { CONFLICT_KINDS } from '../domain/plan/day-plan.ts';
import { countSchema, dateSchema, idSchema, nameSchema } from './common.ts';

/** One record. */
export const overrideSchema = z.strictObject({
  reason: nameSchema,
  byUserId: idSchema,
  byName: z.string().max(200),
  atMs: countSchema,
  change: z.enum(OVERRIDDEN_CHANGES),
  changedId: idSchema,
  problems: z
    .array(
      z.strictObject({
        kind: z.enum(CONFLICT_KINDS),
        commitments: z.array(z.string().max(500)).max(50),
        screens: z.array(idSchema).max(50),
        screenCount: countSchema,
        from: dateSchema,
        to: dateSchema,
        days: countSchema,
        overflowMs: countSchema,
        fits: countSchema,
      }),
    )
    .max(50),
});
