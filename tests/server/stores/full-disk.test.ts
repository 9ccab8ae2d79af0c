/** A disk that is really full: typed rejections, nothing acknowledged lost, and everything goes on once there is room. */
import { join } from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import type { VerifiedSegment } from '../../../server/stores/ledger-store.ts';
import { openLowdbCatalogue } from '../../../server/stores/lowdb-catalogue.ts';
import { rowOf } from '../../../server/stores/memory-segments.ts';
import { recountScreenDays } from '../../../server/stores/recount.ts';
import { openSqliteLedger } from '../../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../../server/stores/store-log.ts';
import { storedSegments } from '../../contracts/with-ledger.ts';
import { chainStart, nextSegment, PLAY, putChainProgram, shaOf } from '../../helpers/chain-builder.ts';
import { mountSmallDisk, type SmallDisk } from '../../helpers/small-disk.ts';

const log = silentLog;

async function smallDisk(context: TestContext, megabytes: number): Promise<SmallDisk> {
  const disk = await mountSmallDisk(megabytes);
  if ('reason' in disk) {
    console.warn(`skipped: ${context.task.name}: ${disk.reason}`);
    return context.skip(disk.reason);
  }
  return disk;
}

test('[S21] [I1] a full disk under the ledger is a typed rejection; what was acknowledged stays, and ingest goes on later', async (context) => {
  const disk = await smallDisk(context, 4);
  const file = join(disk.folder, 'ledger.sqlite');
  const ledger = await openSqliteLedger({ file, log });
  try {
    await putChainProgram(ledger);
    const acknowledged: VerifiedSegment[] = [];
    let at = chainStart();
    const push = async (): Promise<unknown> => {
      const { segment, end } = nextSegment(
        at,
        Array.from({ length: 60 }, () => PLAY),
      );
      const [first, second] = await Promise.allSettled([
        ledger.segments.ingest([segment]),
        ledger.documents.put(shaOf(segment.hash), 'program', segment.hash),
      ]);
      if (first.status === 'rejected') {
        expect(second.status, 'the whole transaction is undone').toBe('rejected');
        return first.reason;
      }
      expect(first.value).toEqual([{ kind: 'stored', again: false }]);
      acknowledged.push(segment);
      at = end;
      return null;
    };
    for (let i = 0; i < 5; i += 1) expect(await push()).toBeNull();
    disk.fill();
    let refusal: unknown = null;
    for (let i = 0; i < 500 && refusal === null; i += 1) refusal = await push();
    expect(refusal).toMatchObject({ kind: 'disk-full', message: expect.stringContaining(file) });
    expect(await push(), 'refused again while there is no room').toMatchObject({ kind: 'disk-full' });
    expect(await storedSegments(ledger)).toEqual(acknowledged.map(rowOf));
    expect(await recountScreenDays(ledger)).toEqual([]);
    disk.free();
    expect(await push(), 'goes on once there is room').toBeNull();
    await ledger.close();
    const again = await openSqliteLedger({ file, log });
    expect(await storedSegments(again)).toEqual(acknowledged.map(rowOf));
    expect(await recountScreenDays(again)).toEqual([]);
    await again.close();
  } finally {
    await ledger.close();
    await disk.unmount();
  }
});

test('[S2] a full disk under the catalogue is a typed rejection that changes nothing, and changes go on later', async (context) => {
  const disk = await smallDisk(context, 1);
  const unit = (id: string, name: string) =>
    ({ op: 'put', collection: 'units', entity: { id, name, nameEn: null, parentId: null } }) as const;
  try {
    const store = await openLowdbCatalogue({ folder: disk.folder, log });
    await store.apply([unit('u1', '中心')]);
    const before = store.snapshot();
    disk.fill();
    const many = Array.from({ length: 200 }, (_, i) => unit(`n${i}`, 'x'.repeat(180)));
    await expect(store.apply(many)).rejects.toMatchObject({ kind: 'disk-full' });
    expect(store.snapshot()).toBe(before);
    const whileFull = await openLowdbCatalogue({ folder: disk.folder, log });
    expect(whileFull.snapshot().units).toEqual(before.units);
    await whileFull.close();
    disk.free();
    await store.apply([unit('u2', '街道')]);
    await store.close();
    const again = await openLowdbCatalogue({ folder: disk.folder, log });
    expect([...again.snapshot().units.keys()]).toEqual(['u1', 'u2']);
    await again.close();
  } finally {
    await disk.unmount();
  }
});
