/** Of ten thousand screens one program is made for each kind. */
import { expect, test } from 'vitest';
import { createFleetService } from '../../server/fleet/fleet-service.ts';
import { createPlanningService, type PlanningService } from '../../server/planning/planning-service.ts';
import { emptyCatalogue } from '../../server/stores/catalogue-core.ts';
import type { CatalogueSnapshot, CatalogueStore } from '../../server/stores/catalogue-store.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';
import { campaignOf, largeFleet, promiseOf } from '../helpers/large-fleet.ts';
import { createManualClock } from '../helpers/manual-clock.ts';

/** Ten thousand screens in 60 kinds, and how often a loop is looked up: once a program that is made. */
function planned(campaigns: CatalogueSnapshot['campaigns']): {
  planning: PlanningService;
  made(): number;
  hashes(): number;
} {
  let made = 0;
  const fleet = largeFleet(10_000, 3);
  const playlists = new Proxy(fleet.playlists, {
    get(map, name) {
      if (name === 'get') made += 1;
      const value: unknown = Reflect.get(map, name);
      return typeof value === 'function' ? value.bind(map) : value;
    },
  });
  const snapshot: CatalogueSnapshot = {
    ...emptyCatalogue(),
    ...fleet,
    playlists,
    campaigns: new Map([...fleet.campaigns, ...campaigns]),
  };
  const catalogue: CatalogueStore = {
    snapshot: () => snapshot,
    apply: () => Promise.resolve(),
    subscribe: () => () => undefined,
    close: () => Promise.resolve(),
  };
  const clock = createManualClock(Date.parse('2026-07-01T00:00:00Z'));
  const { documents, segments } = createMemoryLedger();
  const planning = createPlanningService({ catalogue, documents, segments, fleet: createFleetService(clock), clock });
  const hashes = (): number => new Set([...fleet.screens.keys()].map((id) => planning.programOf(id)?.hash)).size;
  return { planning, made: () => made, hashes };
}

test('[G9] of ten thousand screens one program is made for each kind', async () => {
  const { planning, made, hashes } = planned(new Map());
  await planning.recompute();
  expect([made(), hashes()]).toEqual([60, 60]);
});

test('[G9] a count for all of them makes at most two programs of a kind, and its parts add up', async () => {
  const commitments = [promiseOf('sum', 9999, { scope: 'target' })];
  const { planning, made, hashes } = planned(new Map([['all', campaignOf('all', 0, { commitments })]]));
  await planning.recompute();
  expect(made()).toBe(60);
  expect(hashes()).toBeLessThanOrEqual(120);
  let sum = 0;
  for (let k = 0; k < 10_000; k += 1) {
    const { program } = planning.programOf(`screen-${String(k).padStart(5, '0')}`) ?? {};
    sum += program?.commitments.find(({ id }) => id === 'all.sum.f')?.minPlays ?? 0;
  }
  expect(sum).toBe(9999);
});
