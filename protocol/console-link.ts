/** The socket protocol between server and console: namespace `/console`, joined with the session cookie. */
import { z } from 'zod';
import { idSchema } from './common.ts';
import { statusSchema } from './player-link.ts';

/** Namespace of consoles. */
export const CONSOLE_NAMESPACE = '/console';

/** What may have changed; the console fetches anew what it shows of it. `today` covers counts, verdicts and plays. */
export const CHANGE_TOPICS = [
  'units',
  'sites',
  'screens',
  'media',
  'slogans',
  'streams',
  'playlists',
  'campaigns',
  'takeovers',
  'users',
  'today',
  'incidents',
  'jobs',
] as const;

/** One of {@link CHANGE_TOPICS}. */
export type ChangeTopic = (typeof CHANGE_TOPICS)[number];

/** Event names, server to console, none acknowledged. */
export const CONSOLE_EVENTS = { changed: 'changed', status: 'status' } as const;

/** Body of `changed`, sent at most once a second. */
export const changedSchema = z.object({ topics: z.array(z.enum(CHANGE_TOPICS)) });

/** Body of `status`: screens whose player spoke, at most once a second. */
export const screenStatusSchema = z.object({
  screens: z.array(
    z.object({
      screenId: idSchema,
      online: z.boolean(),
      lastSeenMs: z.number().nullable(),
      status: statusSchema.nullable(),
    }),
  ),
});
