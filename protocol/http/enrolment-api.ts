/** Routes of what units vouch for: their keys, the enrolments of their screens, and the signatures under them. */
import { z } from 'zod';
import { unitSchema, vkeySchema } from '../catalogue.ts';
import { idSchema } from '../common.ts';
import { byId } from './answers.ts';
import { route } from './route.ts';

const noteSchema = z.string().min(1).max(4000);

/**
 * An enrolment that the log holds. `entry` is its exact text, which is what a unit signs; names are of today, for whoever reads it, null where the screen was
 * removed. `signedBy`: names and ids of the keys that signed it.
 */
export const enrolmentViewSchema = z.strictObject({
  entry: z.string().max(1000),
  unitId: idSchema,
  screenName: z.string().nullable(),
  siteName: z.string().nullable(),
  signedBy: z.array(z.strictObject({ name: z.string(), id: z.string() })),
});

/** An enrolment as its unit sees it. */
export type EnrolmentView = z.infer<typeof enrolmentViewSchema>;

/** Some enrolments, and what to name to get those after them; null: there are no more. */
export const enrolmentPageSchema = z.strictObject({
  enrolments: z.array(enrolmentViewSchema),
  next: z.string().nullable(),
});

/** Signed enrolments: C2SP signed notes. */
export const endorsementNotesSchema = z.strictObject({ notes: z.array(noteSchema).min(1).max(200) });

/**
 * What stands under the enrolment of a screen's player. `none`: there is no player, or no unit above the screen has a key; else the unit that signed it, or
 * the nearest one that might.
 */
export const endorsementStatusSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('unsigned'), unitId: idSchema }),
  z.strictObject({ kind: z.literal('signed'), unitId: idSchema }),
]);

/** What stands under the enrolment of a screen's player. */
export type EndorsementStatus = z.infer<typeof endorsementStatusSchema>;

/** Routes of what units vouch for. */
export const ENROLMENT_API = {
  putUnitKey: route({
    method: 'PUT',
    path: '/api/units/:id/key',
    access: 'admin',
    summary: 'Register the public half of the key that a unit signs enrolments with, or take it away (null)',
    params: byId,
    body: z.strictObject({ vkey: vkeySchema.nullable() }),
    response: unitSchema,
  }),
  enrolments: route({
    method: 'GET',
    path: '/api/enrolments',
    access: 'admin',
    summary: 'Enrolments of the screens of a unit and of all below it, those of former players too, page by page',
    query: z.object({
      unit: idSchema.optional(),
      screen: idSchema.optional(),
      after: z.string().max(1000).optional(),
    }),
    response: enrolmentPageSchema,
  }),
  endorse: route({
    method: 'POST',
    path: '/api/enrolments/signatures',
    access: 'admin',
    summary: 'Enter signatures of units under enrolments into the log; all of them or none',
    body: endorsementNotesSchema,
    response: z.strictObject({ entered: z.int().min(0) }),
  }),
  screenEndorsement: route({
    method: 'GET',
    path: '/api/screens/:id/endorsement',
    access: 'viewer',
    summary: 'Whether the enrolment of a screen’s player is signed by its unit',
    params: byId,
    response: endorsementStatusSchema,
  }),
} as const;
