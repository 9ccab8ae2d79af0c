/** The verifier's page, for everybody: one file, the same that may be kept and opened from a disk. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type {} from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Failure } from '../failure.ts';

const PAGE = 'xunbo-verify.html';

/** What the page says of itself is stricter than this, which says what a page cannot: that it stands in no other. */
const POLICY = "frame-ancestors 'none'";

/** Serves /verify from the folder that the page was built into. */
export function serveVerifier(app: FastifyInstance, folder: string): void {
  app.get('/verify', { schema: { hide: true } }, (_request, reply) => {
    if (!existsSync(join(folder, PAGE))) throw new Failure('unavailable', 'the page is not built; run: npm run build');
    return reply
      .header('content-security-policy', POLICY)
      .header('cache-control', 'no-cache')
      .sendFile(PAGE, folder, { cacheControl: false });
  });
}
