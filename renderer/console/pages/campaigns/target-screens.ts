/** Which screens a draft means, counted as its targets are picked. */
import { type Campaign, isTargeted, type Targets } from '../../../../domain/catalogue/campaign.ts';
import type { Screen, Unit, Venue } from '../../../../domain/catalogue/organisation.ts';

/** Screens that any of the four lists names, in the given order. */
export function screensOf<S extends Screen>(targets: Targets, screens: readonly S[], units: readonly Unit[]): S[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const asked = { ...ANYTHING, targets };
  return screens.filter((screen) => isTargeted(asked, screen, byId));
}

/** How many screens stand at each kind of place, most first. */
export function countByVenue(screens: readonly Screen[]): [Venue, number][] {
  const counts = new Map<Venue, number>();
  for (const { venue } of screens) counts.set(venue, (counts.get(venue) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** All tags in use with the number of screens that bear them, in alphabetical order. */
export function tagsInUse(screens: readonly Screen[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { tags } of screens) for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a.localeCompare(b, 'zh'));
}

/** Anything that has targets: what {@link isTargeted} asks of a campaign beyond them is of no matter here. */
const ANYTHING: Campaign = {
  id: 'anything',
  name: 'anything',
  nameEn: null,
  unitId: 'anything',
  state: 'draft',
  flights: [],
  weekdays: [],
  dayParts: [],
  creatives: [],
  targets: { units: [], venues: [], tags: [], screens: [] },
  commitments: [],
  frontLoad: 1,
  separation: null,
  extendDays: 0,
  overrideReason: null,
};
