/** A log that follows a lost one: what is known of the old, and that nothing is signed before it is whole. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leafHash, merkleRoot } from '../../../domain/proof/merkle.ts';
import { hex } from '../../../domain/proof/segment.ts';
import { followSuccessions } from '../../../domain/proof/succession.ts';
import { parseCheckpoint } from '../../../domain/tlog/checkpoint.ts';
import { parseVkey } from '../../../domain/tlog/signed-note.ts';
import { isIncluded } from '../../../domain/tlog/tlog-proof.ts';
import { readEntryOf } from '../../../protocol/log-entry.ts';
import { silentLog } from '../../../server/log.ts';
import { sha256 } from '../../../server/sha256.ts';
import { type DataPaths, dataPaths } from '../../../server/stores/data-folder.ts';
import type { Ledger } from '../../../server/stores/ledger-store.ts';
import { createMemoryLedger } from '../../../server/stores/memory-ledger.ts';
import { type LogService, openLogService } from '../../../server/tlog/log-service.ts';
import { beginNewLog, finishNewLog, type NewLog, nameOfNext } from '../../../server/tlog/new-log.ts';
import { examineOldLog, type OldLog } from '../../../server/tlog/old-log.ts';
import { verifyByNode } from '../../../server/tlog/raw-keys.ts';
import { chainStart, plainChain } from '../../helpers/chain-builder.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const clock = { nowMs: () => 1_795_000_000_000 };

/** A town's log: its folder, what is stored, and how it is opened. */
type Town = {
  folder: DataPaths;
  ledger: Ledger;
  open(ledger?: Ledger): Promise<LogService>;
  examine(lastCheckpoint?: string | null, ledger?: Ledger): Promise<OldLog>;
};

async function town(): Promise<Town> {
  const folder = dataPaths(await tempFolder());
  await mkdir(folder.keys);
  const ledger = createMemoryLedger();
  return {
    folder,
    ledger,
    open: (of = ledger) =>
      openLogService({
        ...{ store: of.log, keysFolder: folder.keys, headFile: folder.logHead, origin: 'town/log', cosigners: null },
        ...{ clock, log: silentLog },
      }),
    examine: (lastCheckpoint = null, of = ledger) => examineOldLog({ folder, store: of.log, clock, lastCheckpoint }),
  };
}

const chain = plainChain(chainStart(), 6);

/** A town whose log has signed what is stored, and lost its head: as a restored backup is. */
async function restored(): Promise<Town & { checkpoint: string }> {
  const all = await town();
  const service = await all.open();
  await all.ledger.segments.ingest(chain.slice(0, 4));
  await service.turn();
  const checkpoint = service.current()?.checkpoint() ?? '';
  await rm(all.folder.logHead);
  return { ...all, checkpoint };
}

const partsOf = ({ folder }: Town, ledger: Ledger) => ({ folder, store: ledger.log, clock });

const begin = async (of: Town, old: OldLog, ledger = of.ledger): Promise<NewLog> =>
  beginNewLog(old, partsOf(of, ledger));

describe('what is known of the old log', () => {
  test('[SU3] a log that goes on has no fault; a restored one says why, and what is stored says how far it came', async () => {
    const all = await town();
    await all.ledger.segments.ingest(chain.slice(0, 4));
    await (await all.open()).turn();
    expect((await all.examine()).fault).toBeNull();
    await rm(all.folder.logHead);
    const old = await all.examine();
    expect(old.fault).toContain('its last checkpoint is not here');
    const entries = await all.ledger.log.entries(0, 100);
    expect(old.head).toEqual({ origin: 'town/log', size: 4, root: merkleRoot(entries, sha256) });
    expect(old.stored).toBe(4);
  });

  test('[SU3] the largest head that is signed is named, where what is stored does not begin with it or is less', async () => {
    const { checkpoint, ...all } = await restored();
    const nothing = createMemoryLedger();
    const lost = await all.examine(checkpoint, nothing);
    expect(lost.head).toMatchObject({ origin: 'town/log', size: 4 });
    expect([lost.stored, lost.signed?.size]).toEqual([0, 4]);
    const other = createMemoryLedger();
    await other.log.append(['a', 'b', 'c', 'd', 'e', 'f']);
    expect((await all.examine(checkpoint, other)).head.size).toBe(4);
    await all.ledger.segments.ingest(chain.slice(4));
    expect((await all.examine(checkpoint)).head.size).toBe(6);
    expect((await all.examine(null, nothing)).head).toMatchObject({ size: 0, root: sha256() });
  });

  test('[SU3] a checkpoint that the old key did not sign is refused, and so is a folder without keys', async () => {
    const { checkpoint, ...all } = await restored();
    const forged = checkpoint.replace('town/log\n4\n', 'town/log\n9\n');
    for (const text of [forged, 'nonsense', checkpoint.replaceAll('town/log', 'town/other')]) {
      await expect(all.examine(text)).rejects.toThrow('the checkpoint given is not one that town/log signed');
    }
    await rm(join(all.folder.keys, 'log-name'));
    await expect(all.examine()).rejects.toThrow('has no keys of a log');
  });
});

describe('the log that follows', () => {
  test('[SU2] names the old one with its key, enters again what is stored, and is signed by a key of its own', async () => {
    const { checkpoint, ...all } = await restored();
    const before = await all.ledger.log.entries(0, 100);
    const pem = await readFile(join(all.folder.keys, 'log-ed25519.pem'), 'utf8');
    const old = await all.examine();
    const made = await begin(all, old);
    expect(made.name).toBe('town/log/2');
    const [first, ...others] = await all.ledger.log.entries(0, 100);
    expect(others).toEqual(before);
    const succession = readEntryOf('succession', first ?? '');
    expect(succession).toMatchObject({ origin: 'town/log', size: 4, root: hex(old.head.root), atMs: clock.nowMs() });
    const key = parseVkey(made.vkeys[0] ?? '', sha256);
    if (!succession || !key) throw new Error('no succession or key');
    const followed = await followSuccessions([succession], old.keys.ed25519.note, verifyByNode, sha256);
    expect(followed?.key).toEqual(key);
    expect(await readFile(join(all.folder.keys, 'log-ed25519.pem'), 'utf8')).not.toBe(pem);
    expect(await readFile(join(all.folder.keys, 'log-ended-1'), 'utf8')).toBe(checkpoint);
    expect(parseCheckpoint(made.checkpoint)).toMatchObject({ origin: 'town/log/2', size: 5 });
  });

  test('[SU2] goes on from then on, with receipts for what was stored before and proofs of whom it follows', async () => {
    const { checkpoint: _, ...all } = await restored();
    await begin(all, await all.examine());
    const service = await all.open();
    expect(service.fault()).toBeNull();
    await all.ledger.segments.ingest(chain);
    await service.turn();
    const log = service.current();
    if (!log) throw new Error('no log');
    const { receipts, checkpoint } = await log.receipts(chain.map(({ hash }) => hash));
    const now = parseCheckpoint(checkpoint);
    expect(receipts.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const { index, proof } of receipts) {
      const [entry = ''] = await all.ledger.log.entries(index, index + 1);
      expect(now && isIncluded(entry, { index, proof, checkpoint: now }, sha256)).toBe(true);
    }
    const shown = await log.successions();
    const under = parseCheckpoint(shown.checkpoint);
    expect(shown.entries).toHaveLength(1);
    expect(
      under &&
        isIncluded(
          shown.entries[0]?.entry ?? '',
          { index: 0, proof: shown.entries[0]?.proof ?? [], checkpoint: under },
          sha256,
        ),
    ).toBe(true);
  });

  test('[SU2] a second one names both before it, also where the ledger was lost in between', async () => {
    const { checkpoint: _, ...all } = await restored();
    await begin(all, await all.examine());
    await rm(all.folder.logHead);
    const nothing = createMemoryLedger();
    const old = await all.examine(null, nothing);
    expect(await nameOfNext(old, partsOf(all, nothing))).toBe('town/log/3');
    const made = await begin(all, old, nothing);
    const entries = (await nothing.log.entries(0, 100)).map((entry) => readEntryOf('succession', entry));
    expect(entries.map((one) => one?.origin)).toEqual(['town/log', 'town/log/2']);
    expect(entries.map((one) => parseVkey(one?.next ?? '', sha256)?.name)).toEqual(['town/log/2', 'town/log/3']);
    expect(made.name).toBe('town/log/3');
  });

  test('[SU2] a log of more than one checkpoint is signed to its end, and its tiles are its own', async () => {
    const all = await town();
    await all.open();
    const names = Array.from({ length: 9000 }, (_, k) => `entry ${k}`);
    await all.ledger.log.append(names);
    await rm(all.folder.logHead);
    const made = await begin(all, await all.examine());
    const entries = await all.ledger.log.entries(0, 10_000);
    const now = parseCheckpoint(made.checkpoint);
    expect(now?.size).toBe(9001);
    expect(now && hex(now.root)).toBe(hex(merkleRoot(entries, sha256)));
    const tile = await all.ledger.log.tile(0, 0);
    expect(tile && hex(tile.subarray(0, 32))).toBe(hex(leafHash(entries[0] ?? '', sha256)));
  });

  test('[SU4] cut off anywhere, nothing is signed before it is finished, and it is finished by running it again', async () => {
    const cuts = [
      (of: Town) => ({ ...of.ledger.log, beginAnew: () => Promise.reject(new Error('cut')) }),
      (of: Town) => ({
        ...of.ledger.log,
        beginAnew: async (...given: Parameters<Ledger['log']['beginAnew']>) => {
          await of.ledger.log.beginAnew(...given);
          throw new Error('cut');
        },
      }),
      (of: Town) => ({ ...of.ledger.log, keepTiles: () => Promise.reject(new Error('cut')) }),
    ];
    for (const cut of cuts) {
      const { checkpoint: _, ...all } = await restored();
      const before = await all.ledger.log.entries(0, 100);
      const old = await all.examine();
      const parts = partsOf(all, all.ledger);
      await expect(beginNewLog(old, { ...parts, store: cut(all) })).rejects.toThrow('cut');
      const between = await all.open();
      expect(between.fault()).toContain('town/log/2 was begun and not finished: run xunbo new-log again');
      const finished = await finishNewLog(parts);
      expect(finished?.name).toBe('town/log/2');
      expect((await all.ledger.log.entries(1, 100)).slice(0, before.length)).toEqual(before);
      expect((await all.open()).fault()).toBeNull();
      expect(await finishNewLog(parts)).toBeNull();
      expect(await readdir(all.folder.keys)).not.toContain('log-next.json');
    }
  });

  test('[SU4] cut off when all but the draft was done, it goes on from what was signed', async () => {
    const { checkpoint: _, ...all } = await restored();
    const parts = partsOf(all, all.ledger);
    const cut = { ...parts, store: { ...all.ledger.log, beginAnew: () => Promise.reject(new Error('cut')) } };
    await expect(beginNewLog(await all.examine(), cut)).rejects.toThrow('cut');
    const draft = await readFile(join(all.folder.keys, 'log-next.json'), 'utf8');
    const made = await finishNewLog(parts);
    await writeFile(join(all.folder.keys, 'log-next.json'), draft);
    expect(await finishNewLog(parts)).toEqual(made);
  });

  test('[SU4] a draft that is damaged is told, and signs nothing', async () => {
    const { checkpoint: _, ...all } = await restored();
    await writeFile(join(all.folder.keys, 'log-next.json'), '{"version":1}');
    await expect(finishNewLog(partsOf(all, all.ledger))).rejects.toThrow('is damaged');
    expect((await all.open()).fault()).toContain('is damaged');
  });
});
