/** A session with a controller, as a person who signs in. */
import { ok, type Result } from '../../domain/result.ts';
import { wireErrorSchema } from '../../protocol/errors.ts';
import { API } from '../../protocol/http/api.ts';
import { type Route, type RouteInput, type RouteOutput, routeUrl } from '../../protocol/http/route.ts';
import { badInput, failed, messageOf, type Stop } from './stop.ts';

/** The session: calls routes, and signs out at the end. */
export type ApiSession = {
  call<R extends Route>(route: R, input: RouteInput<R>): Promise<Result<RouteOutput<R>, Stop>>;
  close(): Promise<void>;
};

type WireInput = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown };

/** Signs in at `server` (its address, http or https). */
export async function openApiSession(
  server: string,
  { login, password }: { login: string; password: string },
): Promise<Result<ApiSession, Stop>> {
  let cookie = '';

  async function send(route: Route, { params, query, body }: WireInput): Promise<Result<unknown, Stop>> {
    try {
      const answer = await fetch(new URL(routeUrl(route.path, params, query), server), {
        method: route.method,
        // A password and a session go to the server that was named, and to no other.
        redirect: 'error',
        headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const given: unknown = await answer.json().catch(() => null);
      const [fresh] = answer.headers.getSetCookie();
      if (fresh !== undefined) cookie = fresh.split(';')[0] ?? '';
      if (answer.ok) return ok(given);
      const refusal = wireErrorSchema.safeParse(given).data?.error;
      return refusal ? badInput(`${server}: ${refusal.message}`) : failed(`${server}: HTTP ${answer.status}`);
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error);
      return failed(`${server}: ${cause}`);
    }
  }

  const call: ApiSession['call'] = async (route, input) => {
    const given: WireInput = input ?? {};
    const answer = await send(route, given);
    if (!answer.ok) return answer;
    const parsed = route.response.safeParse(answer.value);
    if (!parsed.success) return failed(`${server}: ${route.path} answered what this version does not know`);
    return ok(parsed.data as RouteOutput<typeof route>);
  };

  const signedIn = await call(API.signIn, { body: { login, password } });
  if (!signedIn.ok) return signedIn;
  return ok({
    call,
    async close() {
      await call(API.signOut, {});
    },
  });
}
