/** Routes of units, sites and screens. */
import { z } from 'zod';
import { screenSchema, siteSchema, unitSchema } from '../catalogue.ts';
import { dateSchema } from '../common.ts';
import { playerCommandAnswerSchema, playerCommandSchema } from '../player-link.ts';
import { byId, done } from './answers.ts';
import { withReason } from './change-api.ts';
import { route } from './route.ts';
import { screenDaySchema, screenViewSchema } from './views.ts';

/** Routes of units, sites and screens. */
export const SCREEN_API = {
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
    query: withReason,
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
    summary:
      'Create or change a screen; refused with does-not-fit where promises would break, unless an overrideReason is given',
    params: byId,
    query: withReason,
    body: screenSchema,
    response: screenViewSchema,
  }),
  deleteScreen: route({
    method: 'DELETE',
    path: '/api/screens/:id',
    access: 'operator',
    summary: 'Remove a screen; its proofs stay',
    params: byId,
    query: withReason,
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
  commandScreen: route({
    method: 'POST',
    path: '/api/screens/:id/command',
    access: 'operator',
    summary: 'Ask the player of a screen for something; fails with player-offline or player-silent',
    params: byId,
    body: playerCommandSchema,
    response: playerCommandAnswerSchema,
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
} as const;
