/** Media bytes and stills for signed-in people, and plays as CSV. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type {} from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Media } from '../../domain/catalogue/content.ts';
import { reaches, sees } from '../../domain/catalogue/rights.ts';
import { dateSchema, idSchema } from '../../protocol/common.ts';
import { faultsOf } from '../../protocol/errors.ts';
import { MEDIA_PATHS, PLAYS_CSV_PATH } from '../../protocol/http/api.ts';
import { playsCsv } from '../export/plays-csv.ts';
import { Failure } from '../failure.ts';
import type { Services } from '../services.ts';
import { authorise } from './serve-route.ts';

const csvQuery = z.object({ from: dateSchema, to: dateSchema, screen: idSchema.optional() });

/** Serves {@link MEDIA_PATHS} and {@link PLAYS_CSV_PATH}. */
export function serveContentFiles(app: FastifyInstance, services: Services): void {
  const { access, catalogue, folder } = services;

  function seen(request: FastifyRequest<{ Params: { id: string } }>): Media {
    const by = authorise(request, access, 'viewer');
    const { media, units } = catalogue.snapshot();
    const found = media.get(request.params.id);
    if (!by || !found || !sees(by, found.unitId, units))
      throw new Failure('not-found', `there is no media ${request.params.id}`);
    return found;
  }

  const hidden = { schema: { hide: true } } as const;
  app.get<{ Params: { id: string } }>(decodeURIComponent(MEDIA_PATHS.content(':id')), hidden, (request, reply) => {
    const media = seen(request);
    return reply.type(media.mime).sendFile(media.sha, folder.media, { contentType: false });
  });
  app.get<{ Params: { id: string } }>(decodeURIComponent(MEDIA_PATHS.still(':id')), hidden, (request, reply) => {
    const media = seen(request);
    const still = `${media.sha}.webp`;
    if (!existsSync(join(folder.stills, still))) throw new Failure('not-found', `media ${media.id} has no still`);
    return reply.type('image/webp').sendFile(still, folder.stills, { contentType: false });
  });
  app.get(PLAYS_CSV_PATH, { schema: { summary: 'Plays as CSV', tags: ['plays'] } }, (request, reply) => {
    const by = authorise(request, access, 'viewer');
    const query = csvQuery.safeParse(request.query);
    if (!query.success)
      throw new Failure('bad-request', 'from, to: dates; screen: an id', faultsOf(query.error, request.query, 'query'));
    const { from, to, screen } = query.data;
    const { screens, units } = catalogue.snapshot();
    const mayShow = (screenId: string): boolean =>
      by !== null &&
      reaches(
        by,
        screens.get(screenId)?.unitId ?? [...units.values()].find((u) => u.parentId === null)?.id ?? '',
        units,
      );
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="plays-${from}-${to}.csv"`)
      .send(Readable.from(playsCsv({ from, to, screen: screen ?? null }, services, mayShow)));
  });
}
