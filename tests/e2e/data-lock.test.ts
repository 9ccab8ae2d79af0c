/** A second player on a data folder is refused, and a killed one leaves the folder free. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const MAIN = new URL('../../cli/xunbo.js', import.meta.url).pathname;

/** A player of a process of its own, without a screen and without a server. */
function player(data: string): { child: ChildProcess; stderr: () => string; ended: Promise<unknown[]> } {
  const words = [
    MAIN,
    'player',
    '--shell',
    'none',
    '--server',
    'http://127.0.0.1:1',
    '--data',
    data,
    '--log-level',
    'debug',
  ];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  return { child, stderr: () => text, ended: once(child, 'exit') };
}

/** A player and its supervisor, as a power cut ends them. */
function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
}

async function until(condition: () => boolean, child: ChildProcess): Promise<void> {
  while (!condition()) {
    if (child.exitCode !== null) throw new Error(`the player ended with ${child.exitCode}`);
    await new Promise<void>((resolve) => setTimeout(resolve, 50));
  }
}

test('[D4] a second player on a data folder ends with a message and touches nothing; after a kill the folder is free', async ({
  onTestFinished,
}) => {
  const data = mkdtempSync(join(tmpdir(), 'xunbo-two-'));
  const children: ChildProcess[] = [];
  onTestFinished(() => {
    for (const child of children) killGroup(child);
    rmSync(data, { recursive: true, force: true });
  });
  const start = (): ReturnType<typeof player> => {
    const made = player(data);
    children.push(made.child);
    return made;
  };
  const first = start();
  await until(() => first.stderr().includes('no connection'), first.child);
  const second = start();
  expect(await second.ended).toEqual([3, null]);
  expect(second.stderr()).toContain(`another player runs on ${data}`);
  expect(first.child.exitCode).toBeNull();
  killGroup(first.child);
  await first.ended;
  const third = start();
  await until(() => third.stderr().includes('no connection'), third.child);
  third.child.kill('SIGTERM');
  expect(await third.ended).toEqual([0, null]);
});
