/** Where states of a disk are rebuilt: in memory where there is room, since what is read back counts, and not how long a sync takes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freeBytes } from '../../../main/durable-files.ts';

const MEMORY = '/dev/shm';
const ROOM_BYTES = 512 * 1024 * 1024;

/** Makes a folder of its own for the running test; it goes with it. */
export async function stateFolder(): Promise<string> {
  const isRoom = (freeBytes(MEMORY) ?? 0) > ROOM_BYTES;
  const folder = await mkdtemp(join(isRoom ? MEMORY : tmpdir(), 'xunbo-state-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
