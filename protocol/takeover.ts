/** Schemas of emergency takeovers: as they are started, kept and listed. */
import { z } from 'zod';
import { SLOGAN_THEMES } from '../domain/catalogue/content.ts';
import { MAX_TAKEOVER_TEXT, TAKEOVER_LENGTH_MS, type Takeover } from '../domain/catalogue/takeover.ts';
import { targetsSchema } from './catalogue.ts';
import { countSchema, idSchema } from './common.ts';

const TEXT = `a text of 1 to ${MAX_TAKEOVER_TEXT} characters`;
const LENGTH = `a length of ${TAKEOVER_LENGTH_MS.least} to ${TAKEOVER_LENGTH_MS.most} ms`;
const textSchema = z.string().trim().min(1, TEXT).max(MAX_TAKEOVER_TEXT, TEXT);

const messageShape = {
  text: textSchema,
  textEn: textSchema.nullable().default(null),
  theme: z.enum(SLOGAN_THEMES).default('red'),
};

/** What starts a takeover now: of the screens of `unitId` and below that `targets` names, for `forMs` milliseconds. */
export const startTakeoverSchema = z.strictObject({
  unitId: idSchema,
  ...messageShape,
  targets: targetsSchema,
  forMs: z.int().min(TAKEOVER_LENGTH_MS.least, LENGTH).max(TAKEOVER_LENGTH_MS.most, LENGTH),
});

const doerSchema = z.strictObject({ userId: idSchema, name: z.string().max(200) });

/** A takeover as the catalogue keeps it. */
export const takeoverEntitySchema = z.strictObject({
  id: idSchema,
  unitId: idSchema,
  ...messageShape,
  targets: targetsSchema,
  startedAtMs: countSchema,
  endsAtMs: countSchema,
  endedAtMs: countSchema.nullable(),
  by: doerSchema,
  endedBy: doerSchema.nullable(),
}) satisfies z.ZodType<Takeover>;

/** A takeover as it is listed. `screens` it means; of these `connected` now, and `showing` it by their own word. */
export const takeoverViewSchema = takeoverEntitySchema.extend({
  screens: countSchema,
  connected: countSchema,
  showing: countSchema,
});

/** A takeover as it is listed. */
export type TakeoverView = z.infer<typeof takeoverViewSchema>;

/** What starts one. */
export type StartTakeover = z.output<typeof startTakeoverSchema>;
