/** A process under test: what it prints, line by line, and its end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A process that prints nothing for so long hangs. */
const LIMIT_MS = 120_000;

/** A running process. */
export type Child = {
  /** The next line that it prints on standard output; null once it has ended. */
  line(): Promise<string | null>;
  /** Lines printed so far, those asked for by `line` included. */
  printed(): number;
  /** Resolves once so many lines were printed in all; rejects where it ends before, or after {@link LIMIT_MS}. */
  until(lines: number): Promise<void>;
  /** Sends a signal and waits for its end. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<{ code: number | null; signal: string | null }>;
};

/** Starts `node words`; it is killed with the running test. */
export function startChild(words: readonly string[], env: NodeJS.ProcessEnv = process.env): Child {
  const child: ChildProcess = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'], env });
  const exited = once(child, 'exit');
  const waiting: string[] = [];
  let count = 0;
  let isOver = false;
  let wake = (): void => undefined;
  if (!child.stdout) throw new Error('no output');
  createInterface({ input: child.stdout })
    .on('line', (line) => {
      count += 1;
      waiting.push(line);
      wake();
    })
    .on('close', () => {
      isOver = true;
      wake();
    });
  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  const self: Child = {
    async line() {
      while (waiting.length === 0 && !isOver) await changed();
      return waiting.shift() ?? null;
    },
    printed: () => count,
    async until(lines) {
      const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
      while (count < lines && !isOver) await changed();
      clearTimeout(limit);
      if (count < lines) throw new Error(`${words.slice(0, 2).join(' ')} printed ${count} of ${lines} lines`);
    },
    async end(signal) {
      child.kill(signal);
      const [code, by] = await exited;
      return { code, signal: by };
    },
  };
  onTestFinished(() => void child.kill('SIGKILL'));
  return self;
}
