/** A full disk and one that takes nothing: the show goes on, nothing is claimed, and a gap says so afterwards. */
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { instantOfWallTime } from '../../domain/time/zone-time.ts';
import { BALLAST_BYTES, createBallast } from '../../main/ballast.ts';
import { lockDataFolder } from '../../main/data-lock.ts';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDurableFiles, freeBytes } from '../../main/durable-files.ts';
import { mountSmallDisk, type SmallDisk } from '../helpers/small-disk.ts';
import { checkJournal } from './support/journal-check.ts';
import { createManualTime, type ManualTime } from './support/manual-time.ts';
import { createMemoryFiles } from './support/memory-files.ts';
import { cardProgram, type OfflineRig, prepareData, startOffline } from './support/offline-player.ts';
import { ZONE } from './support/sample-program.ts';

const START_MS = instantOfWallTime('2026-07-01', '08:00', ZONE);
const MINUTE = 60_000;
const files = createDurableFiles();

type Finish = (cleanup: () => Promise<void>) => void;

/** A real disk of 24 MB; a machine that mounts none leaves the test out, and says why. */
async function smallDisk(skip: (note: string) => never, finish: Finish): Promise<SmallDisk> {
  const disk = await mountSmallDisk(24);
  if ('reason' in disk) return skip(disk.reason);
  finish(() => disk.unmount());
  return disk;
}

/** A player of cards, 100 of them promised, on `folder`. */
function startCards(folder: string): { time: ManualTime; rig: OfflineRig } {
  prepareData(files, folder, cardProgram(100));
  const time = createManualTime(START_MS);
  return { time, rig: startOffline({ files, time, data: folder, freeBytes: () => freeBytes(folder) }) };
}

const journalOf = (folder: string) =>
  checkJournal(files, join(folder, 'journal'), loadDeviceKey(files, join(folder, 'device-key.pem')));

describe('a full disk', () => {
  test('[D5] records go to the reserve, which is taken again when there is room', async ({ skip, onTestFinished }) => {
    const disk = await smallDisk(skip, onTestFinished);
    // The helper fills the disk with a file of its own.
    const folder = join(disk.folder, 'player');
    const { time, rig } = startCards(folder);
    await time.advanceAsync(5 * MINUTE);
    const ballast = join(folder, 'ballast');
    expect(statSync(ballast).size).toBe(BALLAST_BYTES);
    expect(statSync(ballast).blocks * 512).toBeGreaterThanOrEqual(BALLAST_BYTES);
    expect(rig.player.status().incidents).toEqual([]);
    disk.fill();
    await time.advanceAsync(60 * MINUTE);
    expect(existsSync(ballast)).toBe(false);
    expect(rig.player.status().incidents).toEqual([{ kind: 'disk-full', detail: expect.stringContaining('reserve') }]);
    // Nothing that was shown went unrecorded.
    expect(rig.shown()).toBeGreaterThan(60);
    expect(rig.recorded.filter((record) => record.kind === 'play').length).toBe(rig.shown());
    disk.free();
    await time.advanceAsync(2 * MINUTE);
    expect(statSync(ballast).size).toBe(BALLAST_BYTES);
    expect(rig.player.status().incidents).toEqual([]);
    await time.advanceAsync(90 * MINUTE);
    rig.cut();
    const kinds = journalOf(folder).map((record) => record.kind);
    expect(kinds.filter((kind) => kind === 'play').length).toBe(rig.shown());
    expect(kinds.filter((kind) => kind === 'gap').length).toBe(1);
  });

  test('[D5] the reserve is taken only where it is a small part of the room, and given up once', () => {
    const memory = createMemoryFiles();
    let free = 1000;
    const ballast = createBallast(memory, '/data/ballast', 1000, () => free);
    expect(ballast.take()).toBe(false);
    free = 5000;
    expect(ballast.take()).toBe(true);
    expect(memory.content.get('/data/ballast')?.length).toBe(1000);
    expect(createBallast(memory, '/data/ballast', 1000, () => 0).release()).toBe(true);
    expect(memory.content.size).toBe(0);
    const empty = createBallast(memory, '/data/ballast', 1000, () => 9000);
    expect(empty.release()).toBe(false);
    memory.faultOf = () => ({ how: 'not-applied', as: 'EIO' });
    expect(empty.take()).toBe(false);
  });
});

describe('a disk that cannot be written to', () => {
  const remount = (folder: string, mode: 'ro' | 'rw'): void => {
    execFileSync('mount', ['-o', `remount,${mode}`, folder]);
  };

  test('[D6] the show goes on, nothing is claimed, the status says so, and a gap tells of it afterwards', async ({
    skip,
    onTestFinished,
  }) => {
    const { folder } = await smallDisk(skip, onTestFinished);
    const { time, rig } = startCards(folder);
    await time.advanceAsync(10 * MINUTE);
    const before = rig.recorded.length;
    remount(folder, 'ro');
    const shown = rig.shown();
    await time.advanceAsync(20 * MINUTE);
    expect(rig.shown()).toBeGreaterThan(shown + 15);
    expect(rig.recorded.length).toBe(before);
    expect(rig.player.status().incidents.map(({ kind }) => kind)).toContain('disk-full');
    remount(folder, 'rw');
    await time.advanceAsync(10 * MINUTE);
    rig.cut();
    const records = journalOf(folder);
    const gap = records.find((record) => record.kind === 'gap');
    expect(gap?.reason).toBe('journal-failed');
    expect((gap?.t1 ?? 0) - (gap?.t0 ?? 0)).toBeGreaterThan(15 * MINUTE);
    expect(records.filter(({ kind }) => kind === 'play').length).toBeLessThan(rig.shown());
    expect(rig.player.status().incidents).toEqual([]);
  });

  test('[D6][D4] a start on it plays by what the journal says of today, locked against a second agent', async ({
    skip,
    onTestFinished,
  }) => {
    const { folder } = await smallDisk(skip, onTestFinished);
    const { time, rig: first } = startCards(folder);
    await time.advanceAsync(30 * MINUTE);
    first.cut();
    const { tally } = first.player.status();
    remount(folder, 'ro');
    const unlock = await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toThrow('another player runs on');
    const second = startOffline({ files, time, data: folder, boot: 'boot-2', freeBytes: () => freeBytes(folder) });
    expect(second.player.status().tally).toEqual(tally);
    await time.advanceAsync(10 * MINUTE);
    expect(second.shown()).toBeGreaterThan(5);
    expect(second.recorded).toEqual([]);
    expect(second.player.status().tally).toEqual(tally);
    remount(folder, 'rw');
    // Writable again, the other place of the lock still holds.
    await expect(lockDataFolder(folder)).rejects.toThrow('another player runs on');
    unlock();
    await time.advanceAsync(10 * MINUTE);
    second.cut();
    expect(second.recorded.length).toBeGreaterThan(5);
    journalOf(folder);
  });
});
