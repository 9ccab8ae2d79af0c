/** Routes of what can be shown: loops, media, slogans, live sources. */
import { z } from 'zod';
import { mediaChangeSchema, mediaSchema, playlistSchema, sloganSchema, streamSchema } from '../catalogue.ts';
import { byId, done } from './answers.ts';
import { withReason } from './change-api.ts';
import { route } from './route.ts';

/** Routes of what can be shown. */
export const CONTENT_API = {
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
    summary:
      'Create or change a loop; refused with does-not-fit where promises would break, unless an overrideReason is given',
    params: byId,
    query: withReason,
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
    summary: 'Rename a media, or change how an image is shown',
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
    query: withReason,
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
  streams: route({
    method: 'GET',
    path: '/api/streams',
    access: 'viewer',
    summary: 'Live sources',
    response: z.array(streamSchema),
  }),
  putStream: route({
    method: 'PUT',
    path: '/api/streams/:id',
    access: 'editor',
    summary: 'Create or change a live source',
    params: byId,
    body: streamSchema,
    response: streamSchema,
  }),
  deleteStream: route({
    method: 'DELETE',
    path: '/api/streams/:id',
    access: 'editor',
    summary: 'Remove a live source no loop uses',
    params: byId,
    response: done,
  }),
} as const;
