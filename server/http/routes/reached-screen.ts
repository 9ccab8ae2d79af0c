/** The screen that a path names, for people who may see it. */
import type { Screen, User } from '../../../domain/catalogue/organisation.ts';
import { reaches } from '../../../domain/catalogue/rights.ts';
import { Failure } from '../../failure.ts';
import type { CatalogueStore } from '../../stores/catalogue-store.ts';

/** The screen of this id; fails with `not-found` where there is none, or it is not the person's (null: nobody's) to see. */
export function reachedScreen(id: string, by: User | null, catalogue: CatalogueStore): Screen {
  const { screens, units } = catalogue.snapshot();
  const screen = screens.get(id);
  if (!screen || !by || !reaches(by, screen.unitId, units)) throw new Failure('not-found', `there is no screen ${id}`);
  return screen;
}
