/** Calls one route of the HTTP API: typed by the route, checked against its schema, failing with {@link ApiFailure} only. */
import { faultsOf, wireErrorSchema } from '../../../protocol/errors.ts';
import { type Route, type RouteInput, type RouteOutput, routeUrl } from '../../../protocol/http/route.ts';
import { ApiFailure } from './api-failure.ts';

/** What has to be given to call `R`: nothing for a route without parameters, query and body. */
export type InputOf<R extends Route> = unknown extends RouteInput<R> ? undefined : RouteInput<R>;

/** Every part a route's input may have, as the wire needs it. */
type WireInput = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown };

/** Calls `route` and gives its parsed answer; throws {@link ApiFailure}. `signal` gives the call up. */
export async function callApi<R extends Route>(
  route: R,
  input: InputOf<R> | undefined,
  signal?: AbortSignal,
): Promise<RouteOutput<R>> {
  const given: WireInput = input ?? {};
  const answer = await send(route, given, signal);
  const body = await bodyOf(answer);
  if (!answer.ok) throw failureOf(answer, body);
  const parsed = route.response.safeParse(body);
  if (parsed.success) return parsed.data as RouteOutput<R>;
  throw new ApiFailure(
    'unintelligible',
    `${route.method} ${route.path} answered something this console does not know`,
    faultsOf(parsed.error, body),
  );
}

async function send(route: Route, given: WireInput, signal: AbortSignal | undefined): Promise<Response> {
  const withBody = given.body !== undefined;
  try {
    return await fetch(routeUrl(route.path, given.params, given.query), {
      method: route.method,
      credentials: 'same-origin',
      ...(withBody ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(given.body) } : {}),
      ...(signal ? { signal } : {}),
    });
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw new ApiFailure('unreachable', `${route.method} ${route.path}: ${String(thrown)}`);
  }
}

async function bodyOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function failureOf(answer: Response, body: unknown): ApiFailure {
  const parsed = wireErrorSchema.safeParse(body);
  if (parsed.success)
    return new ApiFailure(parsed.data.error.code, parsed.data.error.message, parsed.data.error.faults);
  if (answer.status === 401) return new ApiFailure('not-signed-in', 'HTTP 401');
  const behindProxy = answer.status === 502 || answer.status === 503 || answer.status === 504;
  return new ApiFailure(behindProxy ? 'unreachable' : 'unintelligible', `HTTP ${answer.status}`);
}
