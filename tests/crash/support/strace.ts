/** Runs a script under strace, and reads what it did to the disk. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { followLines } from './strace-lines.ts';
import type { SystemCalls } from './system-calls.ts';

const CALLS = [
  ...['openat', 'open', 'creat', 'close', 'write', 'writev', 'pwrite64', 'pwritev', 'ftruncate', 'fsync', 'fdatasync'],
  ...['rename', 'renameat', 'renameat2', 'link', 'linkat', 'unlink', 'unlinkat', 'mkdir', 'mkdirat'],
];
/** Longer than anything written at once. */
const MOST_BYTES = 65_536_000;

/** Runs `node script words` to its end, its trace in `file`; gives code and signal. Rejects where there is no strace. */
export async function runTraced(
  file: string,
  script: string,
  words: readonly string[],
): Promise<{ code: number | null; signal: string | null }> {
  const options = ['-f', '--seccomp-bpf', '-xx', '-s', String(MOST_BYTES), '-e', 'signal=none', '-o', file];
  const line = [...options, '-e', `trace=${CALLS.join(',')}`, process.execPath, script, ...words];
  const child = spawn('strace', line, { stdio: ['ignore', 'inherit', 'inherit'] });
  const exited = once(child, 'exit');
  await once(child, 'spawn').catch(() => {
    throw new Error('the crash tests need strace (apt-get install strace)');
  });
  const [code, signal] = await exited;
  return { code, signal };
}

/** Reads the trace of one process into `calls`; `mark` is given every line that it wrote into the file `marks`. */
export async function readTrace(
  file: string,
  calls: SystemCalls,
  marks: string,
  mark: (text: string) => void,
): Promise<void> {
  const follow = followLines(calls, marks, mark);
  for await (const line of createInterface({ input: createReadStream(file, 'latin1') })) follow(line);
}
