/** The stores of a server through several lives, traced by strace. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Trace } from './cut-traces.ts';
import type { DiskEvent } from './disk-events.ts';
import { readTrace, runTraced } from './strace.ts';
import { followCalls } from './system-calls.ts';

const SCRIPT = fileURLToPath(new URL('../traced-ledger.ts', import.meta.url));

/** How one life goes: rounds of pushes, in the first of them a large document each, and its end. */
type Life = { rounds: number; documents: number; end: 'close' | 'kill' };

/** A first start, a long life in which the write-ahead log is moved into the file under way, starts after a kill and after a close. */
const LIVES: readonly Life[] = [
  { rounds: 3, documents: 0, end: 'kill' },
  { rounds: 16, documents: 0, end: 'close' },
  { rounds: 80, documents: 70, end: 'kill' },
  { rounds: 90, documents: 0, end: 'close' },
  { rounds: 94, documents: 0, end: 'kill' },
];

/** SQLite makes its index of the write-ahead log anew at every start. */
const isPassedOver = (path: string): boolean => path.endsWith('-shm');

/** Runs the lives in `folder`. */
export async function traceLedger(folder: string): Promise<Trace> {
  const root = join(folder, 'disk');
  mkdirSync(root);
  const events: DiskEvent[] = [];
  const marks = join(folder, 'claims');
  const calls = followCalls(root, (event) => events.push(event), isPassedOver);
  for (const [number, { rounds, documents, end }] of LIVES.entries()) {
    const file = join(folder, `life-${number}.strace`);
    const ended = await runTraced(file, SCRIPT, [root, marks, String(rounds), String(documents), end]);
    if (end === 'close' ? ended.code !== 0 : ended.code === 1)
      throw new Error(`the traced server failed: ${ended.code}`);
    await readTrace(file, calls, marks, (text) => events.push({ op: 'mark', text }));
  }
  return { root, events };
}
