/** People: the first administrator's one-time link, sign-in, sessions. */
import { createHash } from 'node:crypto';
import type { User } from '../../domain/catalogue/organisation.ts';
import { type Clock, newId, newSecret } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import { checkPassword, hashPassword } from './passwords.ts';

/** How long a session lasts from sign-in. */
export const SESSION_LIFE_MS = 12 * 3_600_000;

/** What the access service offers. Tokens are secrets: they go to a cookie, never to a log. */
export type AccessService = {
  /** Whether no administrator exists yet. */
  needsSetup(): boolean;
  /** The token of the one-time link; the same until it is used. Undefined once an administrator exists. */
  setupToken(): string | undefined;
  /** Creates the first administrator and signs them in. Fails with `setup-link-invalid`. */
  setUp(given: {
    token: string;
    login: string;
    name: string;
    password: string;
  }): Promise<{ user: User; token: string }>;
  /** Signs in. Fails with `wrong-credentials`, in the same time whether the name exists or not. */
  signIn(login: string, password: string): Promise<{ user: User; token: string }>;
  /** The person of a session token, or undefined. */
  userOf(token: string): User | undefined;
  /** Ends a session. */
  signOut(token: string): Promise<void>;
};

/** Makes the service. */
export function createAccessService(deps: { catalogue: CatalogueStore; clock: Clock }): AccessService {
  const { catalogue, clock } = deps;
  const setupSecret = newSecret();
  let decoy: Promise<string> | null = null;
  let settingUp = false;
  const needsSetup = (): boolean => ![...catalogue.snapshot().users.values()].some((u) => u.role === 'admin');

  async function openSession(user: User): Promise<{ user: User; token: string }> {
    const token = newSecret();
    const expired = [...catalogue.snapshot().sessions.values()].filter((s) => s.expiresAtMs <= clock.nowMs());
    await catalogue.apply([
      ...expired.map(({ id }) => ({ op: 'remove' as const, collection: 'sessions' as const, id })),
      {
        op: 'put',
        collection: 'sessions',
        entity: { id: sessionId(token), userId: user.id, expiresAtMs: clock.nowMs() + SESSION_LIFE_MS },
      },
    ]);
    return { user, token };
  }

  return {
    needsSetup,
    setupToken: () => (needsSetup() ? setupSecret : undefined),
    async setUp({ token, login, name, password }) {
      if (settingUp || !needsSetup() || sessionId(token) !== sessionId(setupSecret)) {
        throw new Failure(
          'setup-link-invalid',
          'this link is not (any more) valid; the server prints a new one at start',
        );
      }
      settingUp = true;
      try {
        const passwordHash = await hashPassword(password);
        const user: User = { id: newId(), unitId: rootUnit(catalogue), login, name, role: 'admin', passwordHash };
        await catalogue.apply([{ op: 'put', collection: 'users', entity: user }]);
        return await openSession(user);
      } finally {
        settingUp = false;
      }
    },
    async signIn(login, password) {
      const user = [...catalogue.snapshot().users.values()].find((u) => u.login === login);
      // A name nobody has costs as much as a wrong password, so that names cannot be found out by the clock.
      decoy ??= hashPassword(newSecret());
      const matches = await checkPassword(password, user?.passwordHash ?? (await decoy));
      if (!user || !matches) throw new Failure('wrong-credentials', 'name or password is wrong');
      return await openSession(user);
    },
    userOf(token) {
      const { sessions, users } = catalogue.snapshot();
      const session = sessions.get(sessionId(token));
      return session && session.expiresAtMs > clock.nowMs() ? users.get(session.userId) : undefined;
    },
    async signOut(token) {
      await catalogue.apply([{ op: 'remove', collection: 'sessions', id: sessionId(token) }]);
    },
  };
}

const sessionId = (token: string): string => createHash('sha256').update(token).digest('hex');

function rootUnit(catalogue: CatalogueStore): string {
  const root = [...catalogue.snapshot().units.values()].find((u) => u.parentId === null);
  if (!root) throw new Error('the catalogue has no root unit');
  return root.id;
}
