/** The log signs what was stored and never anything that contradicts what it signed before. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leafHash, merkleRoot } from '../../../domain/proof/merkle.ts';
import { hex } from '../../../domain/proof/segment.ts';
import { parseCheckpoint, signatureBy } from '../../../domain/tlog/checkpoint.ts';
import { entriesOfBundle, parseTilePath, tileHashes, tilePath } from '../../../domain/tlog/tiles.ts';
import { formatTlogProof, isIncluded, parseTlogProof } from '../../../domain/tlog/tlog-proof.ts';
import { isConsistent } from '../../../domain/tlog/tree.ts';
import { sha256 } from '../../../server/sha256.ts';
import type { LogStore } from '../../../server/stores/log-store.ts';
import { createMemoryLedger } from '../../../server/stores/memory-ledger.ts';
import { type LogHead, openLogHead } from '../../../server/tlog/log-head.ts';
import { LOG_KEY_TYPES } from '../../../server/tlog/log-service.ts';
import { type NoteKeys, openNoteKeys } from '../../../server/tlog/note-keys.ts';
import { verifyByNode } from '../../../server/tlog/raw-keys.ts';
import { openTransparencyLog, type TransparencyLog } from '../../../server/tlog/transparency-log.ts';
import { chainStart, plainChain } from '../../helpers/chain-builder.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const openLog = (folder: string, name: string | null): Promise<NoteKeys> =>
  openNoteKeys(folder, { role: 'log', name, types: LOG_KEY_TYPES });
const clock = { nowMs: () => 1_795_000_000_000, monoMs: () => 0 };
const names = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, k) => `entry ${from + k}`);

type Rig = { store: LogStore; folder: string; open(store?: LogStore): Promise<TransparencyLog> };

async function rig(): Promise<Rig> {
  const folder = await tempFolder();
  const store = createMemoryLedger().log;
  const head = openLogHead(join(folder, 'head'));
  const keys = (): Promise<NoteKeys> => openLog(folder, 'town.example/xunbo');
  return {
    store,
    folder,
    open: async (of = store) => openTransparencyLog({ store: of, head, keys: await keys(), clock }),
  };
}

async function signAll(log: TransparencyLog): Promise<void> {
  while (await log.sign());
}

const headOf = (log: TransparencyLog): { size: number; root: Uint8Array } => {
  const checkpoint = parseCheckpoint(log.checkpoint());
  if (!checkpoint) throw new Error('no checkpoint');
  return checkpoint;
};

describe('the log signs', () => {
  test('[TL10] what was stored, by both keys, and again only when something was added', async () => {
    const { store, folder, open } = await rig();
    const log = await open();
    expect(headOf(log).size).toBe(0);
    await store.append(names(0, 3));
    expect(await log.sign()).toBe(true);
    expect(await log.sign()).toBe(false);
    const checkpoint = parseCheckpoint(log.checkpoint());
    const keys = await openLog(folder, null);
    if (!checkpoint) throw new Error('no checkpoint');
    expect(checkpoint).toMatchObject({ origin: 'town.example/xunbo', size: 3 });
    expect(hex(checkpoint.root)).toBe(hex(merkleRoot(names(0, 3), sha256)));
    expect(await signatureBy(checkpoint, keys.ed25519.note, verifyByNode)).toEqual({ timeS: null });
    expect(await signatureBy(checkpoint, keys.mlDsa44.note, verifyByNode)).toEqual({ timeS: 1_795_000_000 });
  });

  test('[TL10] [TL3] [I8] every checkpoint begins with the one before, over restarts and past full tiles', async () => {
    const { store, open } = await rig();
    let log = await open();
    let before = { size: 0, root: sha256() };
    let size = 0;
    for (const more of [1, 2, 253, 1, 1, 300, 5000, 60_000, 700]) {
      await store.append(names(size, size + more));
      size += more;
      await signAll(log);
      const now = headOf(log);
      expect(now.size).toBe(size);
      expect(hex(now.root), `${size} entries`).toBe(hex(merkleRoot(names(0, size), sha256)));
      const { proof } = await log.consistencyFrom(before.size);
      expect(isConsistent(before, now, proof ?? [], sha256)).toBe(true);
      before = now;
      log = await open();
      expect(headOf(log)).toEqual(now);
    }
    expect((await log.consistencyFrom(size + 1)).proof).toBeNull();
    for (const old of [1, 255, 256, 257, 5557, 65_535, 65_536, 65_557, size - 1, size]) {
      const { proof } = await log.consistencyFrom(old);
      const head = { size: old, root: merkleRoot(names(0, old), sha256) };
      expect(isConsistent(head, before, proof ?? [], sha256), `from ${old}`).toBe(true);
    }
  });

  test('[TL11] a log that is shorter than what was signed is not signed again', async () => {
    const { store, open } = await rig();
    const log = await open();
    await store.append(names(0, 300));
    await log.sign();
    const restored = createMemoryLedger().log;
    await restored.append(names(0, 299));
    await expect(open(restored)).rejects.toThrow('the log has 299 entries, and 300 were signed');
  });

  test('[TL11] a log with other entries than those that were signed is not signed again', async () => {
    const { store, open } = await rig();
    const log = await open();
    await store.append(names(0, 3));
    await log.sign();
    const other = createMemoryLedger().log;
    await other.append(['entry 0', 'entry 1', 'entry 3', 'entry 4']);
    await expect(open(other)).rejects.toThrow('not those that were signed');
  });

  test('[TL11] nobody signs behind a head that was changed meanwhile, and a head that is none stops the log', async () => {
    const { store, folder, open } = await rig();
    const log = await open();
    await store.append(names(0, 3));
    await log.sign();
    const rival = await open();
    await store.append(names(3, 4));
    await rival.sign();
    await expect(log.sign()).rejects.toThrow('changed by somebody else');
    expect(headOf(log).size).toBe(3);
    await writeFile(join(folder, 'head'), 'nonsense\n');
    await expect(open()).rejects.toThrow('holds no checkpoint');
    await rm(join(folder, 'head'));
    await expect(open()).rejects.toThrow('its last checkpoint is not here');
  });

  test('[TL11] a disk that fails before or after the head was replaced only holds the log up', async () => {
    const folder = await tempFolder();
    const store = createMemoryLedger().log;
    const head = openLogHead(join(folder, 'head'));
    let fails: 'before' | 'after' | null = null;
    const failing: LogHead = {
      read: head.read,
      async replace(before, next) {
        if (fails === 'before') throw new Error('EIO');
        await head.replace(before, next);
        if (fails === 'after') throw new Error('EIO');
      },
    };
    const log = await openTransparencyLog({ store, head: failing, keys: await openLog(folder, null), clock });
    for (const how of ['before', 'after', 'after'] as const) {
      await store.append(names(0, (await store.size()) + 1));
      fails = how;
      await expect(log.sign()).rejects.toThrow('EIO');
      await store.append([`more ${how} ${await store.size()}`]);
    }
    fails = null;
    expect(await log.sign()).toBe(true);
    expect(headOf(log).size).toBe(await store.size());
    expect(await head.read()).toBe(log.checkpoint());
  });

  test('[TL12] entries that change between two readings are not signed', async () => {
    const { store, open } = await rig();
    let readings = 0;
    const log = await open({
      ...store,
      async entries(from, to) {
        readings += 1;
        const entries = await store.entries(from, to);
        return readings > 1 ? entries.map((entry) => (entry === 'entry 5' ? 'entry X' : entry)) : entries;
      },
    });
    await store.append(names(0, 10));
    readings = 0;
    await expect(log.sign()).rejects.toThrow('two roots');
    expect(headOf(log).size).toBe(0);
  });
});

describe('the log hands out', () => {
  test('[TL7] [TL8] tiles and bundles of what is signed, full and partial, and no others', async () => {
    const { store, open } = await rig();
    const log = await open();
    await store.append(names(0, 600));
    await signAll(log);
    await store.append(names(600, 610));
    const at = (path: string): Promise<Uint8Array | null> => {
      const place = parseTilePath(path);
      if (!place) throw new Error(path);
      return log.tile(place);
    };
    expect((await at('tile/0/000'))?.length).toBe(8192);
    expect((await at('tile/0/002.p/88'))?.length).toBe(88 * 32);
    expect((await at('tile/1/000.p/2'))?.length).toBe(64);
    // A partial tile of an older size stays to be had.
    expect((await at('tile/0/001.p/7'))?.length).toBe(7 * 32);
    for (const none of ['tile/0/002', 'tile/0/002.p/89', 'tile/0/003.p/1', 'tile/1/000.p/3', 'tile/2/000.p/1'])
      expect(await at(none), none).toBeNull();
    for (const index of [0, 1, 2]) {
      const width = index === 2 ? 88 : 256;
      const hashes = tileHashes((await at(tilePath({ level: 0, index, width }))) ?? new Uint8Array());
      const entries = entriesOfBundle((await at(tilePath({ level: 'entries', index, width }))) ?? new Uint8Array());
      expect(entries?.map((entry) => hex(leafHash(entry, sha256)))).toEqual(hashes.map((hash) => hex(hash)));
    }
  });

  test('[TL9] [I9] receipts of stored segments, good against the checkpoint they come with; none before it is signed', async () => {
    const { folder } = await rig();
    const ledger = createMemoryLedger();
    const keys = await openLog(folder, null);
    const log = await openTransparencyLog({ store: ledger.log, head: openLogHead(join(folder, 'h')), keys, clock });
    const chain = plainChain(chainStart(), 700);
    const hashes = [0, 1, 255, 256, 511, 512, 699].map((k) => chain[k]?.hash ?? '');
    await ledger.segments.ingest(chain);
    expect((await log.receipts(hashes)).receipts).toEqual([]);
    await signAll(log);
    const { checkpoint, receipts } = await log.receipts([...hashes, '0'.repeat(64)]);
    expect(receipts.map(({ hash }) => hash)).toEqual(hashes);
    for (const { hash, index, proof } of receipts) {
      const receipt = parseTlogProof(formatTlogProof({ index, proof, checkpoint }));
      const [entry] = await ledger.log.entries(index, index + 1);
      if (!receipt || entry === undefined) throw new Error('no receipt');
      expect(entry).toContain(hash);
      expect(isIncluded(entry, receipt, sha256)).toBe(true);
    }
  });
});

describe('keys of the log', () => {
  test('[TL13] are made once, for their owner only, and a log that lost some is not given new ones', async () => {
    const folder = join(await tempFolder(), 'keys');
    await mkdir(folder);
    const made = await openLog(folder, null);
    await made.confirm?.();
    expect(made.name).toMatch(/^xunbo\/[0-9a-f]{12}$/);
    expect((await openLog(folder, 'another/name')).ed25519.note).toEqual(made.ed25519.note);
    const pem = await readFile(join(folder, 'log-ed25519.pem'), 'utf8');
    expect(pem).toContain('PRIVATE KEY');
    await writeFile(join(folder, 'log-ed25519.pem'), '');
    await expect(openLog(folder, null)).rejects.toThrow('lacks its keys');
  });

  test('[TL13] a name with a space or a plus is refused', async () => {
    await expect(openLog(await tempFolder(), 'our town')).rejects.toThrow('our town is no name');
    await expect(openLog(await tempFolder(), 'a+b')).rejects.toThrow('a+b is no name');
  });
});
