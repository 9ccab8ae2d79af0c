/** Routes of people: first administrator, sign-in, sessions, users. */
import type { User } from '../../../domain/catalogue/organisation.ts';
import { reaches } from '../../../domain/catalogue/rights.ts';
import { API } from '../../../protocol/http/api.ts';
import { hashPassword } from '../../access/passwords.ts';
import { Failure } from '../../failure.ts';
import type { Services } from '../../services.ts';
import { DONE, type ServeRoute } from '../serve-route.ts';
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from '../session-cookie.ts';

/** Tries at a password or setup link from one address in a minute. */
const TRIES_PER_MINUTE = 10;

/** A person without the hash of their password. */
const shown = ({ passwordHash: _, ...user }: User): Omit<User, 'passwordHash'> => user;

/** Serves the routes. */
export function serveAccess(serve: ServeRoute, { access, catalogue, edit }: Services): void {
  serve(
    API.setup,
    async ({ body, request, reply }) => {
      const { user, token } = await access.setUp(body);
      setSessionCookie(request, reply, token);
      return { user: shown(user) };
    },
    { perMinute: TRIES_PER_MINUTE },
  );
  serve(
    API.signIn,
    async ({ body, request, reply }) => {
      const { user, token } = await access.signIn(body.login, body.password);
      setSessionCookie(request, reply, token);
      return { user: shown(user) };
    },
    { perMinute: TRIES_PER_MINUTE },
  );
  serve(API.session, ({ by }) => ({ user: shown(by) }));
  serve(API.signOut, async ({ request, reply }) => {
    await access.signOut(sessionTokenOf(request) ?? '');
    clearSessionCookie(reply);
    return DONE;
  });
  serve(API.users, ({ by }) => {
    const { users, units } = catalogue.snapshot();
    return [...users.values()].filter((user) => reaches(by, user.unitId, units)).map(shown);
  });
  serve(API.putUser, async ({ params, body: { password, ...given }, by }) => {
    if (given.id !== params.id) throw new Failure('bad-request', 'the id in the path and in the body differ');
    const { users } = catalogue.snapshot();
    const before = users.get(given.id);
    if ([...users.values()].some((u) => u.login === given.login && u.id !== given.id)) {
      throw new Failure('conflict', `the sign-in name ${given.login} is taken`);
    }
    if (before?.role === 'admin' && given.role !== 'admin') demandAnotherAdmin(users, given.id);
    if (!before && password === null) throw new Failure('bad-request', 'a new person needs a password');
    const passwordHash = password === null ? (before?.passwordHash ?? '') : await hashPassword(password);
    return shown(await edit.put('users', { ...given, passwordHash }, by));
  });
  serve(API.deleteUser, async ({ params, by }) => {
    demandAnotherAdmin(catalogue.snapshot().users, params.id);
    await edit.remove('users', params.id, by);
    return DONE;
  });
}

function demandAnotherAdmin(users: ReadonlyMap<string, User>, id: string): void {
  if (![...users.values()].some((u) => u.role === 'admin' && u.id !== id)) {
    throw new Failure('conflict', 'the last administrator stays one');
  }
}
