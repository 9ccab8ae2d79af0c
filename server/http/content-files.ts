/** Media bytes and stills for signed-in people. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type {} from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Media } from '../../domain/catalogue/content.ts';
import { sees } from '../../domain/catalogue/rights.ts';
import { MEDIA_PATHS } from '../../protocol/http/api.ts';
import { Failure } from '../failure.ts';
import type { Services } from '../services.ts';
import { authorise } from './serve-route.ts';

/** Serves {@link MEDIA_PATHS}. */
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
}
