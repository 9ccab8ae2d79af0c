/** Routes of what takes effect on screens at once: emergency takeovers, and content that is taken from them. */
import { z } from 'zod';
import { mediaSchema, sloganSchema } from '../catalogue.ts';
import { nameSchema } from '../common.ts';
import { startTakeoverSchema, takeoverViewSchema } from '../takeover.ts';
import { byId } from './answers.ts';
import { route } from './route.ts';

const withReasonBody = z.strictObject({ reason: nameSchema });

/** Routes that take effect at once. */
export const TAKEOVER_API = {
  takeovers: route({
    method: 'GET',
    path: '/api/takeovers',
    access: 'operator',
    summary: 'Emergency takeovers, running and past, the latest first',
    response: z.array(takeoverViewSchema),
  }),
  startTakeover: route({
    method: 'POST',
    path: '/api/takeovers',
    access: 'operator',
    summary: 'Put an emergency message over everything on the screens it means, at once',
    body: startTakeoverSchema,
    response: takeoverViewSchema,
  }),
  endTakeover: route({
    method: 'POST',
    path: '/api/takeovers/:id/end',
    access: 'operator',
    summary: 'End a takeover now; one that is over stays as it is',
    params: byId,
    response: takeoverViewSchema,
  }),
  withdrawMedia: route({
    method: 'POST',
    path: '/api/media/:id/withdraw',
    access: 'operator',
    summary: 'Take a film or image from every screen and out of every cache, at once',
    params: byId,
    body: withReasonBody,
    response: mediaSchema,
  }),
  restoreMedia: route({
    method: 'POST',
    path: '/api/media/:id/restore',
    access: 'operator',
    summary: 'Let a withdrawn film or image be shown again',
    params: byId,
    body: withReasonBody,
    response: mediaSchema,
  }),
  withdrawSlogan: route({
    method: 'POST',
    path: '/api/slogans/:id/withdraw',
    access: 'operator',
    summary: 'Take a slogan from every screen, at once',
    params: byId,
    body: withReasonBody,
    response: sloganSchema,
  }),
  restoreSlogan: route({
    method: 'POST',
    path: '/api/slogans/:id/restore',
    access: 'operator',
    summary: 'Let a withdrawn slogan be shown again',
    params: byId,
    body: withReasonBody,
    response: sloganSchema,
  }),
} as const;
