/** The HTTP API: every route with its schemas. The server serves this table, the console calls it, OpenAPI is made from it. */
import { z } from 'zod';
import {
  campaignSchema,
  mediaChangeSchema,
  mediaSchema,
  passwordSchema,
  playlistSchema,
  screenSchema,
  siteSchema,
  sloganSchema,
  unitSchema,
  userSchema,
} from '../catalogue.ts';
import { dateSchema, idSchema } from '../common.ts';
import { route } from './route.ts';
import {
  bookingSchema,
  commitmentDaySchema,
  incidentSchema,
  jobSchema,
  playSchema,
  screenDaySchema,
  screenViewSchema,
  serverInfoSchema,
  sessionSchema,
} from './views.ts';

const byId = z.object({ id: idSchema });
const done = z.object({ ok: z.literal(true) });
const login = z.string().min(1).max(32);
const range = z.object({ from: dateSchema, to: dateSchema, screen: idSchema.optional() });

/** Where uploads go (tus 1.0); metadata: `filename`, `name`, `unitId`. The last answer's body is a media or an error. */
export const UPLOAD_PATH = '/api/uploads';

/** Original bytes of a media, and a small still of it (WebP, 480 px wide), for signed-in people. */
export const MEDIA_PATHS = {
  content: (id: string): string => `/api/media/${encodeURIComponent(id)}/content`,
  still: (id: string): string => `/api/media/${encodeURIComponent(id)}/still`,
} as const;

/** Plays of a span of dates as CSV (UTF-8 with BOM); query as `plays`. */
export const PLAYS_CSV_PATH = '/api/plays.csv';

/** Every JSON route. A PUT creates or replaces the entity of its id. */
export const API = {
  info: route({
    method: 'GET',
    path: '/api/info',
    access: 'public',
    summary: 'What this server is',
    response: serverInfoSchema,
  }),
  setup: route({
    method: 'POST',
    path: '/api/setup',
    access: 'public',
    summary: 'Create the first administrator with the one-time link; signs in',
    body: z.strictObject({
      token: z.string().max(200),
      login: userSchema.shape.login,
      name: userSchema.shape.name,
      password: passwordSchema,
    }),
    response: sessionSchema,
  }),
  signIn: route({
    method: 'POST',
    path: '/api/session',
    access: 'public',
    summary: 'Sign in; sets the session cookie',
    body: z.strictObject({ login, password: z.string().max(200) }),
    response: sessionSchema,
  }),
  session: route({
    method: 'GET',
    path: '/api/session',
    access: 'viewer',
    summary: 'Who is signed in',
    response: sessionSchema,
  }),
  signOut: route({ method: 'DELETE', path: '/api/session', access: 'viewer', summary: 'Sign out', response: done }),

  users: route({
    method: 'GET',
    path: '/api/users',
    access: 'admin',
    summary: 'People',
    response: z.array(userSchema),
  }),
  putUser: route({
    method: 'PUT',
    path: '/api/users/:id',
    access: 'admin',
    summary: 'Create or change a person; the password is kept where none is given',
    params: byId,
    body: userSchema.extend({ password: passwordSchema.nullable().default(null) }),
    response: userSchema,
  }),
  deleteUser: route({
    method: 'DELETE',
    path: '/api/users/:id',
    access: 'admin',
    summary: 'Remove a person',
    params: byId,
    response: done,
  }),

  units: route({
    method: 'GET',
    path: '/api/units',
    access: 'viewer',
    summary: 'Units',
    response: z.array(unitSchema),
  }),
  putUnit: route({
    method: 'PUT',
    path: '/api/units/:id',
    access: 'admin',
    summary: 'Create or change a unit',
    params: byId,
    body: unitSchema,
    response: unitSchema,
  }),
  deleteUnit: route({
    method: 'DELETE',
    path: '/api/units/:id',
    access: 'admin',
    summary: 'Remove a unit',
    params: byId,
    response: done,
  }),
  sites: route({
    method: 'GET',
    path: '/api/sites',
    access: 'viewer',
    summary: 'Sites',
    response: z.array(siteSchema),
  }),
  putSite: route({
    method: 'PUT',
    path: '/api/sites/:id',
    access: 'operator',
    summary: 'Create or change a site',
    params: byId,
    body: siteSchema,
    response: siteSchema,
  }),
  deleteSite: route({
    method: 'DELETE',
    path: '/api/sites/:id',
    access: 'operator',
    summary: 'Remove a site',
    params: byId,
    response: done,
  }),

  screens: route({
    method: 'GET',
    path: '/api/screens',
    access: 'viewer',
    summary: 'Screens and what they do now',
    response: z.array(screenViewSchema),
  }),
  putScreen: route({
    method: 'PUT',
    path: '/api/screens/:id',
    access: 'operator',
    summary: 'Create or change a screen',
    params: byId,
    body: screenSchema,
    response: screenViewSchema,
  }),
  deleteScreen: route({
    method: 'DELETE',
    path: '/api/screens/:id',
    access: 'operator',
    summary: 'Remove a screen; its proofs stay',
    params: byId,
    response: done,
  }),
  pairScreen: route({
    method: 'POST',
    path: '/api/screens/:id/pair',
    access: 'operator',
    summary: 'Bind the player that shows this code to the screen',
    params: byId,
    body: z.strictObject({ code: z.string().min(1).max(20) }),
    response: screenViewSchema,
  }),
  retireDevice: route({
    method: 'DELETE',
    path: '/api/screens/:id/device',
    access: 'operator',
    summary: 'Release the player of a screen',
    params: byId,
    response: screenViewSchema,
  }),
  screenDay: route({
    method: 'GET',
    path: '/api/screens/:id/day',
    access: 'viewer',
    summary: 'One day of a screen: plan, plays, promises; without a date the day of service now',
    params: byId,
    query: z.object({ date: dateSchema.optional() }),
    response: screenDaySchema,
  }),

  playlists: route({
    method: 'GET',
    path: '/api/playlists',
    access: 'viewer',
    summary: 'Loops',
    response: z.array(playlistSchema),
  }),
  putPlaylist: route({
    method: 'PUT',
    path: '/api/playlists/:id',
    access: 'editor',
    summary: 'Create or change a loop',
    params: byId,
    body: playlistSchema,
    response: playlistSchema,
  }),
  deletePlaylist: route({
    method: 'DELETE',
    path: '/api/playlists/:id',
    access: 'editor',
    summary: 'Remove a loop no screen uses',
    params: byId,
    response: done,
  }),

  media: route({
    method: 'GET',
    path: '/api/media',
    access: 'viewer',
    summary: 'Films and images',
    response: z.array(mediaSchema),
  }),
  patchMedia: route({
    method: 'PATCH',
    path: '/api/media/:id',
    access: 'editor',
    summary: 'Rename a media',
    params: byId,
    body: mediaChangeSchema,
    response: mediaSchema,
  }),
  deleteMedia: route({
    method: 'DELETE',
    path: '/api/media/:id',
    access: 'editor',
    summary: 'Remove a media nothing uses',
    params: byId,
    response: done,
  }),
  slogans: route({
    method: 'GET',
    path: '/api/slogans',
    access: 'viewer',
    summary: 'Slogans',
    response: z.array(sloganSchema),
  }),
  putSlogan: route({
    method: 'PUT',
    path: '/api/slogans/:id',
    access: 'editor',
    summary: 'Create or change a slogan',
    params: byId,
    body: sloganSchema,
    response: sloganSchema,
  }),
  deleteSlogan: route({
    method: 'DELETE',
    path: '/api/slogans/:id',
    access: 'editor',
    summary: 'Remove a slogan nothing uses',
    params: byId,
    response: done,
  }),

  campaigns: route({
    method: 'GET',
    path: '/api/campaigns',
    access: 'viewer',
    summary: 'Campaigns',
    response: z.array(campaignSchema),
  }),
  putCampaign: route({
    method: 'PUT',
    path: '/api/campaigns/:id',
    access: 'editor',
    summary: 'Create or change a campaign; refused with does-not-fit unless an overrideReason is given',
    params: byId,
    body: campaignSchema,
    response: campaignSchema,
  }),
  deleteCampaign: route({
    method: 'DELETE',
    path: '/api/campaigns/:id',
    access: 'editor',
    summary: 'Remove a draft; a live campaign is ended, never removed',
    params: byId,
    response: done,
  }),
  checkCampaign: route({
    method: 'POST',
    path: '/api/campaigns/check',
    access: 'editor',
    summary: 'Whether a campaign fits every target screen on every day, without saving it',
    body: campaignSchema,
    response: bookingSchema,
  }),

  today: route({
    method: 'GET',
    path: '/api/today',
    access: 'viewer',
    summary: 'Every promise of the day of service now, worst first',
    response: z.array(commitmentDaySchema),
  }),
  verdicts: route({
    method: 'GET',
    path: '/api/verdicts',
    access: 'viewer',
    summary: 'Every promise of a span of dates, at most 100 days',
    query: range,
    response: z.array(commitmentDaySchema),
  }),
  plays: route({
    method: 'GET',
    path: '/api/plays',
    access: 'viewer',
    summary: 'Plays in the ledger, oldest first, at most `limit` after `cursor`',
    query: range.extend({
      limit: z.coerce.number().int().min(1).max(1000).default(200),
      cursor: z.string().max(200).optional(),
    }),
    response: z.object({ plays: z.array(playSchema), next: z.string().nullable() }),
  }),
  incidents: route({
    method: 'GET',
    path: '/api/incidents',
    access: 'viewer',
    summary: 'Incidents, newest first',
    response: z.array(incidentSchema),
  }),
  jobs: route({
    method: 'GET',
    path: '/api/jobs',
    access: 'viewer',
    summary: 'Jobs with their last and next runs',
    response: z.array(jobSchema),
  }),
  runJob: route({
    method: 'POST',
    path: '/api/jobs/:name/run',
    access: 'admin',
    summary: 'Run a job now',
    params: z.object({ name: z.string() }),
    response: jobSchema,
  }),
} as const;
