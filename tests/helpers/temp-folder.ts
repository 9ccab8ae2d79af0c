/** A folder of its own for one test, removed afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Makes the folder; it goes when the running test has finished. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'xunbo-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
