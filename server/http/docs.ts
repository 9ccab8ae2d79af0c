/** OpenAPI of the route table at /api/docs. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

/** The page styles itself inline; nothing comes from elsewhere, and plain HTTP in a closed network stays possible. */
const DOCS_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="150" height="40"><text x="0" y="28" font-size="24" font-family="sans-serif" fill="#fff">循播 Xunbo</text></svg>`;

/** Serves the description (JSON) and a page to read it; register before the routes. */
export async function serveDocs(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Xunbo 循播',
        description:
          'Every answer that is not 2xx has the one error shape {error: {code, message, faults, retryable}}. Sign in with POST /api/session; the session is a cookie.',
        version,
      },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'xunbo_session' } } },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: DOCS_POLICY,
    logo: { type: 'image/svg+xml', content: Buffer.from(LOGO) },
    theme: { title: 'Xunbo 循播 API' },
  });
}
