/** Who is signed in, and what they may do. */
import { createContext, use } from 'react';
import { ROLES, type Role } from '../../../domain/catalogue/organisation.ts';
import type { API } from '../../../protocol/http/api.ts';
import type { RouteOutput } from '../../../protocol/http/route.ts';

/** A signed-in person. */
export type SessionUser = RouteOutput<typeof API.session>['user'];

/** The signed-in person below the gate. */
export const SessionContext = createContext<SessionUser | null>(null);

/** The signed-in person; only below the gate. */
export function useSession(): SessionUser {
  const user = use(SessionContext);
  if (!user) throw new Error('useSession is used outside the gate');
  return user;
}

/** Whether `role` may do what needs `needed`; each role includes the ones before it. */
export const roleAllows = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** Whether the signed-in person may do what needs `needed`: hide what they may not. The server decides. */
export const useMay = (needed: Role): boolean => roleAllows(useSession().role, needed);
