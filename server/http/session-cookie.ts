/** The session cookie: not readable by scripts, never sent from other sites. */
import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_LIFE_MS } from '../access/access-service.ts';

const NAME = 'xunbo_session';

/** Gives the browser its session. */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(NAME, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: SESSION_LIFE_MS / 1000,
  });
}

/** Takes the session from the browser. */
export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(NAME, { path: '/' });
}

/** The session token of a request, if it bears one. */
export const sessionTokenOf = (request: FastifyRequest): string | undefined => request.cookies[NAME];

/** The session token in a raw cookie header, as a socket's handshake has it. */
export function sessionTokenIn(header: string | undefined): string | undefined {
  return header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${NAME}=`))
    ?.slice(NAME.length + 1);
}
