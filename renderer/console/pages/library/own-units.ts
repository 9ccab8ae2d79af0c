/** The units a person may act for: their own and those below it. */

import { unitChain } from '../../../../domain/catalogue/campaign.ts';
import type { Unit } from '../../../../domain/catalogue/organisation.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useSession } from '../../app/session.ts';

/** Units at or below `unitId`, that one first, the others as they come. */
export function unitsBelow(units: readonly Unit[], unitId: string): Unit[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  return units
    .filter(({ id }) => unitChain(id, byId).includes(unitId))
    .sort((a, b) => Number(b.id === unitId) - Number(a.id === unitId));
}

/** Every unit there is, those the signed-in person acts for, and their own. */
export function useOwnUnits(): { all: Unit[]; own: Unit[]; home: string } {
  const { unitId } = useSession();
  const all = useApi(API.units).data ?? [];
  return { all, own: unitsBelow(all, unitId), home: unitId };
}
