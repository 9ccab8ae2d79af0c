/** The options of the simulation, and the table and seed that it prints. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

const COMMAND = fileURLToPath(new URL('./simulate.ts', import.meta.url));

test('[X1] flags come before defaults, and the long preset before neither', () => {
  const workers = availableParallelism();
  const usual = { screens: 20, days: 7, seed: 1, workers, isRough: false, asJson: false, wantsHelp: false };
  expect(readOptions([])).toEqual({ ok: true, value: usual });
  expect(readOptions(['--screens', '200', '--days=31', '--seed', '7', '--workers', '3', '--json'])).toEqual({
    ok: true,
    value: { ...usual, screens: 200, days: 31, seed: 7, workers: 3, asJson: true },
  });
  expect(readOptions(['--long', '--days', '2'])).toEqual({
    ok: true,
    value: { ...usual, screens: 5000, days: 2, isRough: true },
  });
});

test('[X2][X3] every bad value is named with what is allowed', () => {
  expect(readOptions(['--screens', '0', '--days', 'many', '--speed', '3', '--seed'])).toEqual({
    ok: false,
    error: [
      expect.stringMatching(/^--speed: found an unknown flag, allowed: --screens --days/),
      expect.stringMatching(/^3: found a word without a flag/),
      '--screens: found 0, allowed: a whole number from 1 to 100000',
      '--days: found many, allowed: a whole number from 1 to 366',
      '--seed: found nothing, allowed: a whole number from 0 to 4294967295',
    ],
  });
});

test('the command prints its table and seed, and exits with 0, 2 on bad options', () => {
  const run = (...words: string[]) => spawnSync(process.execPath, [COMMAND, ...words], { encoding: 'utf8' });
  const good = run('--screens', '1', '--days', '1', '--seed', '12', '--rough');
  expect([good.status, good.stdout]).toEqual([0, expect.stringContaining('1 screens, 1 days, rough, seed 12')]);
  const asJson = run('--screens', '1', '--days', '1', '--rough', '--json');
  expect(JSON.parse(asJson.stdout)).toMatchObject({ screens: 1, days: 1, seed: 1, findings: [], findingCount: 0 });
  const bad = run('--days', '-1');
  expect([bad.status, bad.stdout]).toEqual([2, '']);
  expect(bad.stderr).toContain('--days');
  expect(run('--help').stdout).toContain('--screens N');
});
