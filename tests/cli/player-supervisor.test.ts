/** The supervisor with real processes: small scripts in place of agents. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { supervise } from '../../cli/player-supervisor.ts';
import { systemTimers } from '../../main/clock.ts';
import { RESTART_EXIT } from '../../main/restart-exit.ts';
import { type ProcessGroup, startProcessGroup } from '../../main/stage/process-group.ts';

type Line = { msg: string; reason?: unknown; againInMs?: unknown };

/** Agents that end with `codes`, one after the other; what the supervisor says of them and comes to. */
async function run(codes: readonly (number | 'SIGKILL')[]): Promise<{ exit: number; lines: Line[]; starts: number }> {
  const lines: Line[] = [];
  let starts = 0;
  const launch = (): ProcessGroup => {
    const code = codes[starts] ?? 0;
    starts += 1;
    const script = code === 'SIGKILL' ? `process.kill(process.pid, 'SIGKILL')` : `process.exit(${code})`;
    return startProcessGroup(process.execPath, ['-e', script], systemTimers, { lifeline: 'stdin' });
  };
  const exit = await supervise('agent', launch, (_level, msg, fields) => lines.push({ msg, ...fields }));
  return { exit, lines: lines.filter(({ msg }) => msg === 'agent ended'), starts };
}

test('[UK6] an agent that asks for it is started again at once, as often as it asks', async () => {
  const { exit, lines, starts } = await run([RESTART_EXIT, RESTART_EXIT, RESTART_EXIT, 0]);
  expect([exit, starts]).toEqual([0, 4]);
  expect(lines.map(({ againInMs }) => againInMs)).toEqual([0, 0, 0]);
});

test('[UK6] an agent that crashes is started again after ever longer pauses', async () => {
  const { exit, lines, starts } = await run([70, 'SIGKILL', 0]);
  expect([exit, starts]).toEqual([0, 3]);
  expect(lines.map(({ reason, againInMs }) => [reason, againInMs])).toEqual([
    ['exit 70', 500],
    ['SIGKILL', 1000],
  ]);
});

test('[UK6] bad input and a data folder that cannot be used end the supervisor too', async () => {
  expect(await run([1])).toMatchObject({ exit: 1, starts: 1 });
  expect(await run([3])).toMatchObject({ exit: 3, starts: 1 });
});

test('[UK6] told to end, the supervisor closes the agent’s input, and the agent ends in order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xunbo-supervisor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'said');
  const script = `
    const { appendFileSync } = require('node:fs');
    appendFileSync(${JSON.stringify(file)}, 'up ');
    process.stdin.resume().once('close', () => { appendFileSync(${JSON.stringify(file)}, 'in order'); process.exit(0); });
  `;
  const launch = (): ProcessGroup =>
    startProcessGroup(process.execPath, ['-e', script], systemTimers, { lifeline: 'stdin' });
  const ended = supervise('agent', launch, () => undefined);
  const said = (): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return '';
    }
  };
  await expect.poll(said, { timeout: 20_000 }).toBe('up ');
  process.emit('SIGTERM', 'SIGTERM');
  expect(await ended).toBe(0);
  expect(said()).toBe('up in order');
});

test('[UK12] an agent that freezes is ended and started again; one that beats is left alone', async () => {
  const lines: Line[] = [];
  let starts = 0;
  // The first stops beating after three beats but lives on; the second beats for a while and ends for good.
  const scripts = [
    `let n = 0; setInterval(() => { n += 1; if (n <= 3) process.stdout.write('.'); }, 200);`,
    `setInterval(() => process.stdout.write('.'), 200); setTimeout(() => process.exit(0), 6000);`,
  ];
  const launch = (onOutput: () => void): ProcessGroup => {
    const script = scripts[starts] ?? '';
    starts += 1;
    return startProcessGroup(process.execPath, ['-e', script], systemTimers, { lifeline: 'stdin', onOutput });
  };
  const log = (_level: string, msg: string, fields?: object): number => lines.push({ msg, ...fields });
  expect(await supervise('agent', launch, log, { silenceMs: 3000, startMs: 30_000 })).toBe(0);
  expect(starts).toBe(2);
  expect(lines.filter(({ msg }) => msg === 'agent ended').map(({ reason }) => reason)).toEqual(['SIGKILL']);
});
