/** A disk of a few megabytes in memory, to be filled up. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A mounted disk: `fill` takes all its room but `leaveBytes`, `free` gives it back. */
export type SmallDisk = { folder: string; fill(leaveBytes?: number): void; free(): void; unmount(): Promise<void> };

/** Mounts a tmpfs of `megabytes`; gives the reason where this machine does not allow it. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk | { reason: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'xunbo-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    await rm(folder, { recursive: true });
    const text = error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error);
    return { reason: `a tmpfs cannot be mounted here (needs root on Linux): ${text}` };
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: (leaveBytes = 0) => fillUp(ballast, leaveBytes),
    free: () => rmSync(ballast, { force: true }),
    async unmount() {
      execFileSync('umount', [folder]);
      await rm(folder, { recursive: true });
    },
  };
}

function fillUp(file: string, leaveBytes: number): void {
  const fd = openSync(file, 'a');
  const block = Buffer.alloc(4096);
  try {
    for (;;) writeSync(fd, block);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(fd);
  }
  truncateSync(file, Math.max(0, statSync(file).size - leaveBytes));
}
