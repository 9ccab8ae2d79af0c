/** Changes to the catalogue as people ask for them: rights, references and rules are checked before anything is written. */
import type { User } from '../../domain/catalogue/organisation.ts';
import { reaches } from '../../domain/catalogue/rights.ts';
import { Failure } from '../failure.ts';
import type { CatalogueChange, CatalogueEntities, CatalogueStore, CollectionName } from '../stores/catalogue-store.ts';
import { danglingReferences, usesOf } from './references.ts';

/** Collections people edit by id. */
export type EditableCollection = Exclude<CollectionName, 'sessions' | 'devices' | 'takeovers'>;

/** Gives the changes to make in place of one that is allowed, or throws what refuses it. Those that are asked are asked one after another. */
export type Settle = (change: CatalogueChange) => CatalogueChange[];

/** What the service offers. */
export type CatalogueService = {
  /**
   * Creates or replaces; fails with `not-allowed` outside the person's units or `bad-request` for references that lead nowhere.
   * Gives the entity as it is stored.
   */
  put<C extends EditableCollection>(
    collection: C,
    entity: CatalogueEntities[C],
    by: User,
    settle?: Settle,
  ): Promise<CatalogueEntities[C]>;
  /** Removes; fails with `not-found`, `not-allowed`, or `in-use` naming what refers to it. */
  remove(collection: EditableCollection, id: string, by: User, settle?: Settle): Promise<void>;
  /** Makes the changes that `make` gives, or throws, when those settled before are written; whether the person may is for the caller to check. */
  inTurn(make: () => CatalogueChange[]): Promise<void>;
};

/** Makes the service over `catalogue`. */
export function createCatalogueService(catalogue: CatalogueStore): CatalogueService {
  function demandReach(unitId: string, by: User): void {
    if (!reaches(by, unitId, catalogue.snapshot().units)) {
      throw new Failure('not-allowed', `${by.login} may not change what belongs to unit ${unitId}`);
    }
  }

  let turn: Promise<void> = Promise.resolve();

  /** Two changes that fit one by one may not fit together: each is settled when those before it are written. */
  function inTurn(make: () => CatalogueChange[]): Promise<void> {
    const own = turn.then(() => catalogue.apply(make()));
    turn = own.catch(() => undefined);
    return own;
  }

  const apply = (change: CatalogueChange, settle: Settle | undefined): Promise<void> =>
    settle ? inTurn(() => settle(change)) : catalogue.apply([change]);

  return {
    async put(collection, entity, by, settle) {
      const snapshot = catalogue.snapshot();
      const before = snapshot[collection].get(entity.id);
      if (before) demandReach(owner(before), by);
      const faults = danglingReferences(collection, entity, snapshot);
      if (faults.length > 0) throw new Failure('bad-request', `${collection}: references that lead nowhere`, faults);
      if ('parentId' in entity) checkTree(entity, snapshot.units, by);
      else demandReach(owner(entity), by);
      await apply({ op: 'put', collection, entity } as CatalogueChange, settle);
      return settle ? (catalogue.snapshot()[collection].get(entity.id) ?? entity) : entity;
    },
    async remove(collection, id, by, settle) {
      const snapshot = catalogue.snapshot();
      const entity = snapshot[collection].get(id);
      if (!entity) throw new Failure('not-found', `there is no ${id} in ${collection}`);
      demandReach(owner(entity), by);
      const uses = usesOf(collection, id, snapshot);
      if (uses.length > 0) throw new Failure('in-use', `${id} is in use by ${uses.join('; ')}`, inUse(id, uses));
      await apply({ op: 'remove', collection, id }, settle);
    },
    inTurn,
  };
}

const inUse = (id: string, uses: readonly string[]): { place: string; value: string; allowed: string }[] =>
  uses.map((use) => ({ place: use, value: id, allowed: 'nothing that refers to it' }));

/** The unit an entity belongs to; a unit belongs to itself. */
function owner(entity: CatalogueEntities[EditableCollection]): string {
  return 'unitId' in entity ? entity.unitId : entity.id;
}

/** A unit hangs below one that the person reaches, and never below itself. */
function checkTree(
  unit: CatalogueEntities['units'],
  units: ReadonlyMap<string, CatalogueEntities['units']>,
  by: User,
): void {
  if (unit.parentId === null) {
    const root = [...units.values()].find((u) => u.parentId === null);
    if (root?.id !== unit.id) throw new Failure('bad-request', 'there is one root unit; give this one a parentId');
    if (!reaches(by, unit.id, units)) throw new Failure('not-allowed', `${by.login} may not change the root unit`);
    return;
  }
  if (!reaches(by, unit.parentId, units))
    throw new Failure('not-allowed', `${by.login} may not put units below ${unit.parentId}`);
  const seen = new Set<string>([unit.id]);
  for (let at = units.get(unit.parentId); at; at = at.parentId === null ? undefined : units.get(at.parentId)) {
    if (seen.has(at.id)) throw new Failure('bad-request', `unit ${unit.id} would hang below itself`);
    seen.add(at.id);
  }
}
