/** What every catalogue keeps to; each adapter runs this suite. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CatalogueChange, type CatalogueStore, COLLECTIONS } from '../../server/stores/catalogue-store.ts';
import { faultyCatalogue } from '../helpers/faulty-stores.ts';
import { PUT_ALL, putUnit, SAMPLE } from '../helpers/sample-entities.ts';

/** Gives an empty catalogue; the suite closes it. */
export type OpenCatalogue = () => Promise<CatalogueStore>;

const SEED = Number(process.env.XUNBO_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Makes the tests of one adapter. */
export function catalogueContract(adapter: string, open: OpenCatalogue): void {
  const withStore = (name: string, body: (store: CatalogueStore) => Promise<void>): void => {
    test(name, async () => {
      const store = await open();
      try {
        await body(store);
      } finally {
        await store.close();
      }
    });
  };
  const unitIds = (store: CatalogueStore): string[] => [...store.snapshot().units.keys()];

  describe(`${adapter}: changes`, () => {
    withStore('[S1] every collection takes puts and gives them back', async (store) => {
      expect(COLLECTIONS.every((name) => store.snapshot()[name].size === 0)).toBe(true);
      await store.apply(PUT_ALL);
      const snapshot = store.snapshot();
      for (const name of COLLECTIONS) expect([...snapshot[name].entries()]).toEqual([[SAMPLE[name].id, SAMPLE[name]]]);
    });

    withStore('[S1] a put replaces, a remove removes, within one list in its order', async (store) => {
      await store.apply([
        putUnit('u1'),
        putUnit('u2'),
        putUnit('u1', '新名'),
        { op: 'remove', collection: 'units', id: 'u2' },
      ]);
      expect(unitIds(store)).toEqual(['u1']);
      expect(store.snapshot().units.get('u1')?.name).toBe('新名');
      await store.apply([{ op: 'remove', collection: 'units', id: 'nobody' }]);
      expect(unitIds(store)).toEqual(['u1']);
      await store.apply([]);
    });

    withStore('[S3] a snapshot never changes, and untouched collections stay the same', async (store) => {
      await store.apply(PUT_ALL);
      const before = store.snapshot();
      await store.apply([putUnit('u2')]);
      expect([...before.units.keys()]).toEqual(['unit-1']);
      expect(store.snapshot().units).not.toBe(before.units);
      expect(store.snapshot().screens).toBe(before.screens);
      expect(store.snapshot().units.get('unit-1')).toBe(before.units.get('unit-1'));
    });

    withStore('[S3] the store keeps a copy of its own, which nobody can change', async (store) => {
      const screen = structuredClone(SAMPLE.screens);
      await store.apply([{ op: 'put', collection: 'screens', entity: screen }]);
      screen.tags.push('south');
      const stored = store.snapshot().screens.get(screen.id);
      expect(stored?.tags).toEqual(['north']);
      expect(() => stored?.tags.push('west')).toThrow(TypeError);
    });

    withStore('[S9] an entity that its schema refuses is not stored, nor anything else of its list', async (store) => {
      const faulty: CatalogueChange = {
        op: 'put',
        collection: 'units',
        entity: { id: 'u 1', name: '', nameEn: null, parentId: null },
      };
      const applying = store.apply([putUnit('u2'), faulty]);
      await expect(applying).rejects.toMatchObject({
        kind: 'faulty',
        faults: [
          { place: 'units.u 1.id', value: '"u 1"', allowed: expect.stringContaining('an id') },
          { place: 'units.u 1.name', value: '""', allowed: 'a name of 1 to 200 characters' },
        ],
      });
      expect(unitIds(store)).toEqual([]);
    });

    withStore('[S4] lists applied at the same time take effect in order; a bad one fails alone', async (store) => {
      const settled = await Promise.allSettled([
        store.apply([putUnit('u1', '一')]),
        store.apply([putUnit('bad id')]),
        store.apply([putUnit('u1', '二'), putUnit('u2')]),
        store.apply([{ op: 'remove', collection: 'units', id: 'u2' }]),
      ]);
      expect(settled.map((s) => s.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
      expect(unitIds(store)).toEqual(['u1']);
      expect(store.snapshot().units.get('u1')?.name).toBe('二');
    });

    withStore('[S4] random lists applied at the same time give what they give one after the other', async (store) => {
      console.info(`${adapter}: seed ${SEED} (repeat with XUNBO_TEST_SEED=${SEED})`);
      const id = fc.constantFrom('u1', 'u2', 'u3', 'u4');
      const change: fc.Arbitrary<CatalogueChange> = fc.oneof(
        fc.tuple(id, fc.constantFrom('甲', '乙', '丙')).map(([unit, name]) => putUnit(unit, name)),
        id.map((unit): CatalogueChange => ({ op: 'remove', collection: 'units', id: unit })),
      );
      const lists = fc.array(fc.array(change, { maxLength: 4 }), { minLength: 1, maxLength: 8 });
      const model = new Map(store.snapshot().units);
      await fc.assert(
        fc.asyncProperty(lists, async (all) => {
          for (const c of all.flat()) {
            if (c.op === 'remove') model.delete(c.id);
            else if (c.collection === 'units') model.set(c.entity.id, c.entity);
          }
          await Promise.all(all.map((changes) => store.apply(changes)));
          expect(Object.fromEntries(store.snapshot().units)).toEqual(Object.fromEntries(model));
        }),
        { seed: SEED, numRuns: 30, endOnFailure: true },
      );
    });
  });

  describe(`${adapter}: listeners and close`, () => {
    withStore('[S5] listeners hear of each list before its promise resolves, until they are ended', async (store) => {
      const heard: string[] = [];
      const end = store.subscribe((changes) => {
        heard.push(changes.map((c) => `${c.op} ${c.collection}`).join(', '));
        expect(store.snapshot().units.has('u1')).toBe(true);
      });
      await store.apply([putUnit('u1'), putUnit('u2')]);
      expect(heard).toEqual(['put units, put units']);
      await expect(store.apply([putUnit('bad id')])).rejects.toThrow();
      end();
      await store.apply([putUnit('u3')]);
      expect(heard).toHaveLength(1);
    });

    withStore('[S5] a listener that throws harms neither the change nor the other listeners', async (store) => {
      const heard: number[] = [];
      store.subscribe(() => {
        throw new Error('broken listener');
      });
      store.subscribe((changes) => heard.push(changes.length));
      await store.apply([putUnit('u1')]);
      expect(heard).toEqual([1]);
      expect(unitIds(store)).toEqual(['u1']);
    });

    for (const twin of ['applied', 'not-applied'] as const) {
      withStore(`[S1] a change whose answer was lost (${twin}) can be made again`, async (store) => {
        const faulty = faultyCatalogue(store);
        faulty.failNext(twin);
        await expect(faulty.store.apply([putUnit('u1')])).rejects.toMatchObject({ kind: 'disk-full' });
        expect(store.snapshot().units.has('u1')).toBe(twin === 'applied');
        await faulty.store.apply([putUnit('u1')]);
        expect(unitIds(store)).toEqual(['u1']);
      });
    }

    test('[S1] what was applied before close is kept; later changes reject', async () => {
      const store = await open();
      const pending = store.apply([putUnit('u1')]);
      await store.close();
      await expect(pending).resolves.toBeUndefined();
      expect(unitIds(store)).toEqual(['u1']);
      await expect(store.apply([putUnit('u2')])).rejects.toMatchObject({ kind: 'closed' });
    });
  });
}
