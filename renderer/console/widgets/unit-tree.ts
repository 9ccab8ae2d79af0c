/** The tree of units, for pickers and filters. */
import type { Unit } from '../../../domain/catalogue/organisation.ts';

/** A node of a tree picker. */
export type UnitNode = { value: string; title: string; children: UnitNode[] };

/** Units as a tree; one whose parent is not there (or stands below itself) is a root. */
export function unitTree(units: readonly Unit[], nameOf: (unit: Unit) => string): UnitNode[] {
  const below = new Map<string | null, Unit[]>();
  const ids = new Set(units.map((unit) => unit.id));
  for (const unit of units) {
    const parent = unit.parentId !== null && ids.has(unit.parentId) ? unit.parentId : null;
    below.set(parent, [...(below.get(parent) ?? []), unit]);
  }
  const nodesOf = (parent: string | null): UnitNode[] =>
    (below.get(parent) ?? []).map((unit) => ({ value: unit.id, title: nameOf(unit), children: nodesOf(unit.id) }));
  return nodesOf(null);
}

/** Ids of `unitId` and of every unit below it. */
export function unitAndBelow(units: readonly Unit[], unitId: string): Set<string> {
  const found = new Set([unitId]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const { id, parentId } of units) if (parentId !== null && found.has(parentId)) found.add(id);
  }
  return found;
}
