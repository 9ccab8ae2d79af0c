/** The HTTP server: security headers, the route table, files, docs. */
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { API } from '../../protocol/http/api.ts';
import { Failure } from '../failure.ts';
import { VIDEO_CODECS } from '../media/media-faults.ts';
import type { Services } from '../services.ts';
import { serveConsole } from './console-files.ts';
import { serveContentFiles } from './content-files.ts';
import { serveDocs } from './docs.ts';
import { setErrorAnswers } from './error-answers.ts';
import { serveExports } from './export-files.ts';
import { serveHealth } from './health-routes.ts';
import { serveLog } from './log-files.ts';
import { serveAccess } from './routes/access-routes.ts';
import { serveCampaigns } from './routes/campaign-routes.ts';
import { serveCatalogue } from './routes/catalogue-routes.ts';
import { serveEnrolments } from './routes/enrolment-routes.ts';
import { serveReports } from './routes/report-routes.ts';
import { serveScreens } from './routes/screen-routes.ts';
import { serveTakeovers } from './routes/takeover-routes.ts';
import { routeServer } from './serve-route.ts';
import { serveUploads } from './uploads.ts';
import { serveVerifier } from './verify-files.ts';

/** Largest JSON body: a campaign may name 100,000 screens. */
const BODY_LIMIT = 8 * 1024 * 1024;

const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'media-src': ["'self'"],
    'connect-src': ["'self'", 'ws:', 'wss:'],
    'font-src': ["'self'", 'data:'],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  },
};

/** Builds the app; it does not listen yet. Player files are added by the caller, who has the players' registry. */
export async function buildApp(
  services: Services,
  options: { version: string; consoleFolder: string; verifyFolder: string },
): Promise<FastifyInstance> {
  const { log, access, clock } = services;
  const loggerInstance: FastifyBaseLogger = log;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
  });
  // Every route parses its own input; the schemas given to Fastify are for the description only.
  app.setValidatorCompiler(() => (value) => ({ value }));
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  setErrorAnswers(app, log);
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  await app.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY_POLICY, strictTransportSecurity: false });
  await app.register(fastifyStatic, { root: options.consoleFolder, serve: false, preCompressed: true });
  app.addHook('onRequest', async (request) => refuseOtherOrigins(request.method, request.headers.origin, request.host));
  await serveDocs(app, options.version);
  const serve = routeServer(app, access);
  serve(API.info, () => ({
    name: 'xunbo' as const,
    version: options.version,
    needsSetup: access.needsSetup(),
    videoCodecs: Object.values(VIDEO_CODECS),
    nowMs: clock.nowMs(),
  }));
  serveAccess(serve, services);
  serveCatalogue(serve, services);
  serveScreens(serve, services);
  serveEnrolments(serve, services);
  serveCampaigns(serve, services);
  serveReports(serve, services);
  serveTakeovers(serve, services);
  serveContentFiles(app, services);
  serveExports(app, services);
  serveUploads(app, services);
  serveHealth(app, services);
  serveLog(app, services);
  serveVerifier(app, options.verifyFolder);
  serveConsole(app, options.consoleFolder);
  return app;
}

/** A change may come from this server's own pages only; programs send no Origin and pass. */
function refuseOtherOrigins(method: string, origin: string | undefined, host: string): void {
  if (origin === undefined || ['GET', 'HEAD', 'OPTIONS'].includes(method)) return;
  if (!URL.canParse(origin) || new URL(origin).host !== host) {
    throw new Failure('not-allowed', `requests from ${origin} are refused`);
  }
}
