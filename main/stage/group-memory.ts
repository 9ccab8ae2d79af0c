/** How much memory a group of processes holds, on Linux. */
import { readdir, readFile } from 'node:fs/promises';

const PAGE_BYTES = 4096;

/**
 * Bytes that the processes of the group led by `leader` hold for themselves (resident less shared), so that what a browser's processes
 * share is not counted once for each. Null where the system does not tell.
 */
export async function groupMemoryBytes(leader: number): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const names = await readdir('/proc').catch(() => []);
  const sizes = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map((pid) => ownBytes(pid, leader)));
  const known = sizes.filter((bytes) => bytes !== null);
  return known.length > 0 ? known.reduce((sum, bytes) => sum + bytes, 0) : null;
}

/** Null for a process of another group, or one that has ended meanwhile. */
async function ownBytes(pid: string, leader: number): Promise<number | null> {
  try {
    // Fields as in proc(5), after the name in parentheses: state, parent, group.
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const group = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2];
    if (Number(group) !== leader) return null;
    const [, resident, shared] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ').map(Number);
    return (Number(resident) - Number(shared)) * PAGE_BYTES;
  } catch {
    return null;
  }
}
