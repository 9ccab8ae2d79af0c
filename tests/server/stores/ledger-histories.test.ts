/** Random histories against both ledgers; the embedded one is left at random as a crash leaves it. */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ledger } from '../../../server/stores/ledger-store.ts';
import { createMemoryLedger } from '../../../server/stores/memory-ledger.ts';
import { openSqliteLedger } from '../../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../../server/stores/store-log.ts';
import { type CrashingLedger, ledgerProperties } from '../../contracts/ledger-properties.ts';

/** A crash: the files as they lie there are copied while the ledger is open, so without any clearing up, and opened elsewhere. */
async function openCrashing(): Promise<CrashingLedger> {
  const root = await mkdtemp(join(tmpdir(), 'xunbo-history-'));
  let generation = 0;
  const fileOf = (n: number): string => join(root, `${n}`, 'ledger.sqlite');
  const openAt = async (n: number): Promise<Ledger> => openSqliteLedger({ file: fileOf(n), log: silentLog });
  await mkdir(join(root, '0'));
  let ledger = await openAt(0);
  return {
    ledger: () => ledger,
    async crash() {
      await cp(join(root, `${generation}`), join(root, `${generation + 1}`), { recursive: true });
      await ledger.close();
      generation += 1;
      ledger = await openAt(generation);
    },
    async close() {
      await ledger.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function openInMemory(): Promise<CrashingLedger> {
  const ledger = createMemoryLedger();
  return { ledger: () => ledger, crash: async () => {}, close: () => ledger.close() };
}

ledgerProperties('embedded ledger', openCrashing, 30);
ledgerProperties('memory ledger', openInMemory, 200);
