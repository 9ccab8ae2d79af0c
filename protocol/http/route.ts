/** What an HTTP route is: method, path, schemas and who may call it. */
import type { z } from 'zod';
import type { Role } from '../../domain/catalogue/organisation.ts';

/** Who may call a route: anybody, anybody with a signed-in session, or somebody of at least this role. */
export type Access = 'public' | Role;

/** A route of the HTTP API; `params` in the path are written `:name`. Requests and answers are JSON. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  access: Access;
  summary: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  response: z.ZodType;
};

/** Keeps the exact types of a route's schemas. */
export const route = <const R extends Route>(given: R): R => given;

/** What a caller gives to call `R`. */
export type RouteInput<R extends Route> = (R extends { params: infer P extends z.ZodType }
  ? { params: z.input<P> }
  : unknown) &
  (R extends { query: infer Q extends z.ZodType } ? { query: z.input<Q> } : unknown) &
  (R extends { body: infer B extends z.ZodType } ? { body: z.input<B> } : unknown);

/** What `R` answers. */
export type RouteOutput<R extends Route> = z.output<R['response']>;

/** The path of a route with its parameters filled in and its query attached. */
export function routeUrl(
  path: string,
  params: Record<string, string> = {},
  query: Record<string, unknown> = {},
): string {
  const filled = path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`);
  return pairs.length > 0 ? `${filled}?${pairs.join('&')}` : filled;
}
