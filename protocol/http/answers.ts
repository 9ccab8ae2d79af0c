/** Schemas that many routes share. */
import { z } from 'zod';
import { idSchema } from '../common.ts';

/** Path parameter of routes of one entity. */
export const byId = z.object({ id: idSchema });

/** Answer of a route that only does something. */
export const done = z.object({ ok: z.literal(true) });
