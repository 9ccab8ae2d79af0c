/** Routes of what is promised and what came of it: campaigns, verdicts, plays, incidents, jobs. */
import { z } from 'zod';
import { campaignSchema } from '../catalogue.ts';
import { dateSchema, idSchema } from '../common.ts';
import { byId, done } from './answers.ts';
import { route } from './route.ts';
import {
  bookingSchema,
  commitmentDaySchema,
  flightSchema,
  incidentSchema,
  jobSchema,
  playSchema,
  targetDaySchema,
} from './views.ts';

const range = z.object({ from: dateSchema, to: dateSchema, screen: idSchema.optional() });

/** Routes of what is promised and what came of it. */
export const PROMISE_API = {
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
  targetDays: route({
    method: 'GET',
    path: '/api/targets',
    access: 'viewer',
    summary:
      'Counts promised for whole targets: on the day of service now, or on a span of dates (at most 100 days), worst first',
    query: z.object({ from: dateSchema.optional(), to: dateSchema.optional() }),
    response: z.array(targetDaySchema),
  }),
  flights: route({
    method: 'GET',
    path: '/api/flights',
    access: 'viewer',
    summary: 'Promises over their flights: days kept in a row, and what can still be reached by when',
    query: z.object({ campaign: idSchema.optional() }),
    response: z.array(flightSchema),
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
