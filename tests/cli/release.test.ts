/** `xunbo release` as a person at a terminal sees it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runRelease } from '../../cli/release.ts';

const folder = mkdtempSync(join(tmpdir(), 'xunbo-release-'));
const before = process.env.XUNBO_DATA;
beforeAll(() => {
  process.env.XUNBO_DATA = join(folder, 'data');
});
afterAll(() => {
  if (before === undefined) delete process.env.XUNBO_DATA;
  else process.env.XUNBO_DATA = before;
  rmSync(folder, { recursive: true, force: true });
});

async function release(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runRelease(argv, { stdin: process.stdin, stdout, stderr });
  return { code, stdout: await text(stdout.end()), stderr: await text(stderr.end()) };
}

test('[UP8] a release is added for nobody, then offered to some, to all, and taken away', async () => {
  const archive = join(folder, 'xunbo-player-0.2.0-linux-x64.tar.gz');
  writeFileSync(archive, gzipSync('x'));
  expect(await release('add', archive)).toMatchObject({ code: 0, stderr: expect.stringContaining('offered to 0 %\n') });
  expect((await release('offer', '0.2.0', '--percent', '10', '--screens', 'a, b')).code).toBe(0);
  expect((await release('list')).stdout).toBe('0.2.0\tx64\t21\t10 % and screens a b\n');
  expect((await release('offer', '0.2.0', '--screens', '')).code).toBe(0);
  expect((await release('list')).stdout).toBe('0.2.0\tx64\t21\t10 %\n');
  expect((await release('remove', '0.2.0')).code).toBe(0);
  expect((await release('list')).stdout).toBe('');
});

test('[UP8] bad words end with a message that names them, and change nothing', async () => {
  for (const argv of [
    [],
    ['give', 'x'],
    ['add'],
    ['add', join(folder, 'none.tar.gz')],
    ['add', join(folder, 'xunbo-player-9.9.9-linux-x64.tar.gz')],
    ['offer', '0.2.0'],
    ['offer', '0.2.0', '--percent', '101'],
    ['offer', '0.2.0', '--percent', ''],
    ['offer', '7.7.7', '--percent', '1'],
    ['remove', '7.7.7'],
    ['list', 'x'],
    ['list', '--what'],
  ]) {
    const { code, stdout, stderr } = await release(...argv);
    expect([argv, code, stdout, stderr.startsWith('xunbo release: ')]).toEqual([argv, 1, '', true]);
  }
  expect((await release('--help')).stdout).toMatch(/^Usage: xunbo release add FILE/);
});
