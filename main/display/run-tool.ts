/** Runs a program of the machine, without a shell and for a limited time. */
import { execFile } from 'node:child_process';

const LIMIT_MS = 10_000;
const MOST_OUTPUT_BYTES = 1024 * 1024;

/** What a program printed on standard output; rejects where it could not be run, took longer than 10 s or ended with anything but 0. */
export type RunTool = (executable: string, words: readonly string[], input?: string) => Promise<string>;

/** The real thing. */
export const runTool: RunTool = (executable, words, input = '') =>
  new Promise((resolve, reject) => {
    const limits = {
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: MOST_OUTPUT_BYTES,
      windowsHide: true,
    } as const;
    const child = execFile(executable, [...words], limits, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const why = error.killed ? `it took longer than ${LIMIT_MS} ms` : (stderr.trim().split('\n')[0] ?? '');
      reject(new Error(`${[executable, ...words].join(' ')}: ${why === '' ? error.message : why}`.slice(0, 400)));
    });
    // A program that does not read what it is told ends the pipe; its exit code says whether that matters.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
