/** A process of a bench that takes orders, one line of JSON each, and answers each with one line. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The process. */
export type OrderedProcess = {
  /** The next answer without an order: what it says by itself when it is ready. */
  next(): Promise<unknown>;
  /** Gives an order and its answer. */
  order(order: object): Promise<unknown>;
  end(): Promise<void>;
};

/** Starts the script `file` beside this one with `words`. */
export function startOrdered(file: string, words: readonly string[] = []): OrderedProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ['--max-old-space-size=8000', path, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const exited = once(child, 'exit');
  const ended = exited.then(() => Promise.reject(new Error(`${file} has ended`)));
  ended.catch(() => undefined);
  const next = async (): Promise<unknown> => {
    const [line] = await Promise.race([once(lines, 'line'), ended]);
    return JSON.parse(String(line));
  };
  return {
    next,
    async order(order) {
      const answer = next();
      child.stdin.write(`${JSON.stringify(order)}\n`);
      return await answer;
    },
    async end() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
