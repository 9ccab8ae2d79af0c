/** Who may do what: roles include the lesser ones, and reach down the tree of units, never up. */
import { unitChain } from './campaign.ts';
import { ROLES, type Role, type Unit, type User } from './organisation.ts';

/** Whether `user` has at least `role`. */
export const hasRole = (user: User, role: Role): boolean => ROLES.indexOf(user.role) >= ROLES.indexOf(role);

/** Whether `unitId` is the user's own unit or below it: what a person may change, and whose screens they see. */
export const reaches = (user: User, unitId: string, units: ReadonlyMap<string, Unit>): boolean =>
  unitChain(unitId, units).includes(user.unitId);

/** Whether the user may see content of `unitId`: their own and below, and what units above share with all. */
export const sees = (user: User, unitId: string, units: ReadonlyMap<string, Unit>): boolean =>
  reaches(user, unitId, units) || unitChain(user.unitId, units).includes(unitId);
