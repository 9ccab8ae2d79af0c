/** A child process with all that it starts, so that nothing of it stays behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import type { Timers } from '../clock.ts';

/** How long a process may take to end by itself. */
const POLITE_MS = 5000;

/** A running group. */
export type ProcessGroup = {
  pid: number | null;
  /** This end of descriptors 3 and 4, where the process was started with them. */
  pipes: { toProcess: Writable; fromProcess: Readable } | null;
  /** Calls `listener` once when the process has ended; `reason` is its exit code or signal, or why it could not be started. */
  onExit(listener: (reason: string) => void): void;
  /** Asks the group to end, then makes it. Resolves when the process is gone. */
  end(): Promise<void>;
  /** Makes the whole group end at once. */
  kill(): void;
};

/**
 * What a process is started with. `lifeline`: a pipe (standard input, or descriptors 3 and 4) whose end the process takes as the
 * word to end, so that it does not outlive this one however this one ends.
 */
export type ProcessOptions = {
  env?: NodeJS.ProcessEnv;
  lifeline?: 'stdin' | 'pipes';
  onErrorLine?: (line: string) => void;
  /** Called whenever the process writes anything to its standard output, which is read for nothing else. */
  onOutput?: () => void;
  inheritErrors?: boolean;
};

/** Starts `command` as the leader of a group of its own. */
export function startProcessGroup(
  command: string,
  args: readonly string[],
  timers: Timers,
  options: ProcessOptions = {},
): ProcessGroup {
  const errors = options.onErrorLine ? 'pipe' : options.inheritErrors ? 'inherit' : 'ignore';
  const child: ChildProcess = spawn(command, args, {
    detached: process.platform !== 'win32',
    env: options.env ?? process.env,
    stdio: [
      options.lifeline === 'stdin' ? 'pipe' : 'ignore',
      options.onOutput ? 'pipe' : 'ignore',
      errors,
      ...(options.lifeline === 'pipes' ? ['pipe' as const, 'pipe' as const] : []),
    ],
    windowsHide: true,
  });
  let ended: string | null = null;
  const listeners: ((reason: string) => void)[] = [];
  const settle = (reason: string): void => {
    if (ended !== null) return;
    ended = reason;
    for (const listener of listeners) listener(reason);
  };
  child.once('error', (error) => settle(error.message));
  child.once('exit', (code, signal) => settle(signal ?? `exit ${code}`));
  for (const stream of child.stdio.slice(3)) {
    stream?.on('error', () => undefined);
    if (stream && 'resume' in stream) stream.resume();
  }
  if (options.onOutput) child.stdout?.on('data', options.onOutput);
  if (child.stderr && options.onErrorLine) forwardLines(child.stderr, options.onErrorLine);

  function signal(name: NodeJS.Signals): void {
    if (child.pid === undefined) return;
    try {
      if (process.platform === 'win32') child.kill(name);
      else process.kill(-child.pid, name);
    } catch {
      // The group is gone already.
    }
  }

  const [toProcess, fromProcess] = child.stdio.slice(3);
  return {
    pid: child.pid ?? null,
    pipes: toProcess instanceof Writable && fromProcess instanceof Readable ? { toProcess, fromProcess } : null,
    onExit(listener) {
      if (ended === null) listeners.push(listener);
      else listener(ended);
    },
    kill: () => signal('SIGKILL'),
    end: () =>
      new Promise((resolve) => {
        const finish = (): void => {
          signal('SIGKILL');
          resolve();
        };
        if (ended !== null) return finish();
        const cancel = timers.after(POLITE_MS, () => signal('SIGKILL'));
        listeners.push(() => {
          cancel();
          finish();
        });
        if (child.stdin) child.stdin.end();
        else signal('SIGTERM');
      }),
  };
}

function forwardLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = (lines.pop() ?? '').slice(-10_000);
    for (const line of lines) if (line.trim() !== '') onLine(line);
  });
}
