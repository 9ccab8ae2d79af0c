/** Resumable uploads (tus 1.0); a finished one becomes a media, or an error that says what is wrong with the file. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server as TusServer } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { reaches } from '../../domain/catalogue/rights.ts';
import { ERROR_CODES, wireError } from '../../protocol/errors.ts';
import { UPLOAD_PATH } from '../../protocol/http/api.ts';
import { asFailure } from '../as-failure.ts';
import { Failure } from '../failure.ts';
import { addMedia } from '../media/add-media.ts';
import type { Services } from '../services.ts';
import { authorise } from './serve-route.ts';

/** Largest upload: an hour of 1080p. */
const MAX_UPLOAD_BYTES = 8 * 1024 ** 3;

/** Serves {@link UPLOAD_PATH}. */
export function serveUploads(app: FastifyInstance, services: Services): void {
  const { access, catalogue, folder, log } = services;
  const tus = new TusServer({
    path: UPLOAD_PATH,
    datastore: new FileStore({ directory: folder.uploads }),
    maxSize: MAX_UPLOAD_BYTES,
    relativeLocation: true,
    respectForwardedHeaders: false,
    async onUploadFinish(_request, upload) {
      const file = join(folder.uploads, upload.id);
      try {
        const media = await addMedia(
          {
            file,
            filename: upload.metadata?.filename ?? '',
            name: upload.metadata?.name ?? '',
            unitId: upload.metadata?.unitId ?? '',
          },
          services,
        );
        return { status_code: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(media) };
      } catch (error) {
        const failure = asFailure(error);
        if (failure.code === 'internal') log.error({ err: error }, 'upload failed');
        throw {
          status_code: ERROR_CODES[failure.code].status,
          body: JSON.stringify(wireError(failure.code, failure.message, failure.faults)),
        };
      } finally {
        await rm(file, { force: true });
        await rm(`${file}.json`, { force: true });
      }
    },
  });

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const by = authorise(request, access, 'editor');
    if (request.method === 'POST') {
      const unitId = metadataOf(request.headers['upload-metadata']).unitId ?? '';
      const { units } = catalogue.snapshot();
      if (!by || !units.has(unitId)) throw new Failure('bad-request', 'Upload-Metadata names no unitId that exists');
      if (!reaches(by, unitId, units))
        throw new Failure('not-allowed', `${by.login} may not add media to unit ${unitId}`);
    }
    reply.hijack();
    await tus.handle(request.raw, reply.raw);
  }

  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
  app.route({ method: ['POST', 'OPTIONS'], url: UPLOAD_PATH, schema: { hide: true }, handler: handle });
  app.route({
    method: ['HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
    url: `${UPLOAD_PATH}/:id`,
    schema: { hide: true },
    handler: handle,
  });
}

/** Decodes `Upload-Metadata`: pairs of a key and base64 text. */
function metadataOf(header: string | string[] | undefined): Record<string, string> {
  const pairs = String(header ?? '')
    .split(',')
    .map((pair) => pair.trim().split(' '));
  return Object.fromEntries(
    pairs.map(([key = '', value = '']) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  );
}
