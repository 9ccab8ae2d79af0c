/** Checking a change of screens, loops, slogans or units before it is made, and giving the reason to make it although promises break. */
import { z } from 'zod';
import { playlistSchema, screenSchema, sloganSchema, unitSchema } from '../catalogue.ts';
import { nameSchema } from '../common.ts';
import { route } from './route.ts';
import { bookingSchema } from './views.ts';

/** Query of changes that may break promises: why they are made all the same. */
export const withReason = z.object({ overrideReason: nameSchema.optional() });

/** A change as it would be sent: the entity in its new form. */
export const catalogueChangeSchema = z.discriminatedUnion('collection', [
  z.strictObject({ collection: z.literal('screens'), entity: screenSchema }),
  z.strictObject({ collection: z.literal('playlists'), entity: playlistSchema }),
  z.strictObject({ collection: z.literal('slogans'), entity: sloganSchema }),
  z.strictObject({ collection: z.literal('units'), entity: unitSchema }),
]);

/** Routes of changes. */
export const CHANGE_API = {
  checkChange: route({
    method: 'POST',
    path: '/api/changes/check',
    access: 'editor',
    summary: 'Which promises of live campaigns a change would break, without making it',
    body: catalogueChangeSchema,
    response: bookingSchema,
  }),
} as const;
