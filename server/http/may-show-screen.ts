/** Whether a person may see what a screen did, also where the screen is gone. */
import type { User } from '../../domain/catalogue/organisation.ts';
import { reaches } from '../../domain/catalogue/rights.ts';
import type { CatalogueSnapshot } from '../stores/catalogue-store.ts';

/** Whether the screen's unit is the person's own or below it. Proofs of a removed screen stay visible to those who run the whole. */
export function mayShowScreen(by: User, screenId: string, { screens, units }: CatalogueSnapshot): boolean {
  const unitId = screens.get(screenId)?.unitId ?? units.values().find((unit) => unit.parentId === null)?.id ?? '';
  return reaches(by, unitId, units);
}
