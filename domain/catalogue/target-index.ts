/** Which campaigns, or whatever else has targets, mean a screen, asked for thousands of screens at once. */
import { type Targets, unitChain } from './campaign.ts';
import type { Screen, Unit } from './organisation.ts';

/** What means screens. */
type Targeting = { readonly id: string; readonly targets: Targets };

/** Gives those that mean a screen, by id; screens meant alike are given the same list. */
type TargetIndex<T> = (screen: Screen) => readonly T[];

/**
 * Answers {@link isTargeted} for all of `many` at a time. Units, venues and tags are looked at once for all screens that have the same;
 * only those that name screens one by one are looked at for each.
 */
export function targetIndex<T extends Targeting>(many: Iterable<T>, units: ReadonlyMap<string, Unit>): TargetIndex<T> {
  const sorted = [...many].sort((a, b) => (a.id < b.id ? -1 : 1));
  const meant = sorted.map(({ targets }) => ({
    units: new Set(targets.units),
    venues: new Set<string>(targets.venues),
    tags: new Set(targets.tags),
  }));
  const named = namedScreens(sorted);
  const lists = new Map<string, readonly T[]>();
  return (screen) => {
    const ownNames = named.get(screen.id) ?? '';
    const key = `${ownNames}|${screen.venue}|${screen.unitId}|${screen.tags.join('\n')}`;
    const known = lists.get(key);
    if (known) return known;
    const chain = unitChain(screen.unitId, units);
    const isNamed = new Set(ownNames.split(','));
    const list = sorted.filter((_, k) => {
      const target = meant[k];
      return (
        isNamed.has(String(k)) ||
        (target !== undefined &&
          (target.venues.has(screen.venue) ||
            screen.tags.some((tag) => target.tags.has(tag)) ||
            chain.some((id) => target.units.has(id))))
      );
    });
    lists.set(key, list);
    return list;
  };
}

/** For every screen named by itself the places in `many` of those that name it, joined by commas. */
function namedScreens(many: readonly Targeting[]): Map<string, string> {
  const named = new Map<string, string>();
  many.forEach(({ targets }, k) => {
    for (const id of new Set(targets.screens)) {
      const before = named.get(id);
      named.set(id, before === undefined ? String(k) : `${before},${k}`);
    }
  });
  return named;
}
