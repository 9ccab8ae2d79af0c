/** The stage's own scheme, `xunbo://stage/…`: the built page and checked media, with ranges, under a strict policy. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { protocol, type Session } from 'electron';
import { STAGE_PATHS } from '../../protocol/stage.ts';
import type { LiveAnswer, LiveProxy } from '../live/live-proxy.ts';
import { byteRange, type FindStageFile, STAGE_HEADERS } from '../stage/stage-files.ts';

const SCHEME = 'xunbo';

/** Where the page is. */
export const STAGE_ORIGIN = `${SCHEME}://stage`;

/** Address of the page. */
export const STAGE_URL = `${STAGE_ORIGIN}/index.html`;

/** Makes the scheme a standard, secure one; to be called before the app is ready. */
export function declareStageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves the scheme in `session`. */
export function serveStageScheme(session: Session, find: FindStageFile, live: LiveProxy): void {
  session.protocol.handle(SCHEME, (request) => answer(request, find, live));
}

async function answer(request: Request, find: FindStageFile, live: LiveProxy): Promise<Response> {
  const url = new URL(request.url);
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (request.method === 'GET' && url.host === 'stage' && url.pathname.startsWith(`/${STAGE_PATHS.live}`))
    return answerLive(await live(url.pathname.slice(1)));
  const file = isRead && url.host === 'stage' ? await find(url.pathname.slice(1) || 'index.html') : null;
  if (!file) return new Response(null, { status: 404, headers: STAGE_HEADERS });
  const range = byteRange(request.headers.get('range'), file.size);
  const headers = new Headers({ ...STAGE_HEADERS, 'content-type': file.mime, 'accept-ranges': 'bytes' });
  if (range.kind === 'unsatisfiable') {
    headers.set('content-range', `bytes */${file.size}`);
    return new Response(null, { status: 416, headers });
  }
  const [from, to] = range.kind === 'part' ? [range.from, range.to] : [0, file.size - 1];
  if (range.kind === 'part') headers.set('content-range', `bytes ${from}-${to}/${file.size}`);
  headers.set('content-length', String(to - from + 1));
  const status = range.kind === 'part' ? 206 : 200;
  if (request.method === 'HEAD' || file.size === 0) return new Response(null, { status, headers });
  return new Response(Readable.toWeb(createReadStream(file.path, { start: from, end: to })), { status, headers });
}

function answerLive(found: LiveAnswer | null): Response {
  if (!found) return new Response(null, { status: 404, headers: STAGE_HEADERS });
  return new Response(Buffer.from(found.body), { headers: { ...STAGE_HEADERS, 'content-type': found.mime } });
}
