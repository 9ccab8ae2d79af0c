/** Serves one route of the API table: who may call it, what it takes, what it gives. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { User } from '../../domain/catalogue/organisation.ts';
import { hasRole } from '../../domain/catalogue/rights.ts';
import { type Fault, faultsOf } from '../../protocol/errors.ts';
import type { Route, RouteOutput } from '../../protocol/http/route.ts';
import type { AccessService } from '../access/access-service.ts';
import { Failure } from '../failure.ts';
import { sessionTokenOf } from './session-cookie.ts';

/** What a handler is given; `params`, `query` and `body` have passed the route's schemas. `by` is null on public routes only. */
export type RouteCall<R extends Route> = {
  params: R extends { params: infer P extends z.ZodType } ? z.output<P> : undefined;
  query: R extends { query: infer Q extends z.ZodType } ? z.output<Q> : undefined;
  body: R extends { body: infer B extends z.ZodType } ? z.output<B> : undefined;
  by: R['access'] extends 'public' ? User | null : User;
  request: FastifyRequest;
  reply: FastifyReply;
};

/** Answer of a route that only does something. */
export const DONE = { ok: true } as const;

/** Serves routes of the table one by one. */
export type ServeRoute = <const R extends Route>(
  route: R,
  handle: (call: RouteCall<R>) => Promise<RouteOutput<R>> | RouteOutput<R>,
  options?: { perMinute?: number },
) => void;

/** The person a request comes from; fails with `not-signed-in` or `not-allowed`. */
export function authorise(request: FastifyRequest, access: AccessService, required: Route['access']): User | null {
  const token = sessionTokenOf(request);
  const user = token === undefined ? undefined : access.userOf(token);
  if (required === 'public') return user ?? null;
  if (!user) throw new Failure('not-signed-in', 'sign in first');
  if (!hasRole(user, required))
    throw new Failure('not-allowed', `this needs the role ${required}; ${user.login} is ${user.role}`);
  return user;
}

/** Makes the function that serves routes on `app`. */
export function routeServer(app: FastifyInstance, access: AccessService): ServeRoute {
  return (route, handle, options = {}) => {
    const { params, query, body, response, summary } = route;
    app.route({
      method: route.method,
      url: route.path,
      schema: {
        summary,
        tags: [route.path.split('/')[2]?.replace(/\..*/, '') ?? 'api'],
        ...(params && { params }),
        ...(query && { querystring: query }),
        ...(body && { body }),
        response: { 200: response },
      },
      ...(options.perMinute !== undefined && {
        config: { rateLimit: { max: options.perMinute, timeWindow: 60_000 } },
      }),
      handler: async (request, reply) => {
        const by = authorise(request, access, route.access);
        const call = {
          params: checked(params, request.params, 'path'),
          query: checked(query, request.query, 'query'),
          body: checked(body, request.body, ''),
          by,
          request,
          reply,
        };
        // The schemas of this very route made the values; the table's generic type cannot say so.
        return await handle(call as RouteCall<typeof route>);
      },
    });
  };
}

function checked(schema: z.ZodType | undefined, given: unknown, root: string): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults: Fault[] = faultsOf(parsed.error, given, root);
  const summary = faults.slice(0, 3).map((f) => `${f.place} is ${f.value}, allowed: ${f.allowed}`);
  throw new Failure('bad-request', summary.join('; '), faults);
}
