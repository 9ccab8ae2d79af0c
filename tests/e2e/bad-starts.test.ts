/** A server that cannot start says why, and leaves what is stored alone. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatVkey, KEY_TYPES, noteKey } from '../../domain/tlog/signed-note.ts';
import { sha256 } from '../../server/sha256.ts';

const XUNBO = fileURLToPath(new URL('../../cli/xunbo.js', import.meta.url));
const PLAYLISTS = fileURLToPath(new URL('../../playlists', import.meta.url));

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'xunbo-start-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

/** Runs `xunbo serve` without a player; gives exit code and messages, or ends it once it listens. */
async function serve(...words: string[]): Promise<{ code: number | null; stderr: string; stdout: string }> {
  const line = [XUNBO, 'serve', '--no-player', '--data', data, '--log-level', 'warn', ...words];
  const child = spawn(process.execPath, line, { stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', stderr: '' };
  child.stderr.on('data', (chunk) => {
    printed.stderr += String(chunk);
  });
  child.stdout.on('data', (chunk) => {
    printed.stdout += String(chunk);
    if (printed.stdout.includes('Ctrl-C')) child.kill('SIGTERM');
  });
  const [code] = await once(child, 'exit');
  return { code, ...printed };
}

test('[Z1] a port in use is named, with how to choose another', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { code, stderr } = await serve('--port', String(port));
  other.close();
  expect(code).toBe(3);
  expect(stderr).toContain(`port ${port}`);
  expect(stderr).toContain('--port');
});

test('[Z2] a data folder written by a newer version is refused and left alone', async () => {
  expect((await serve('--port', '0')).code).toBe(0);
  const file = join(data, 'catalogue.json');
  const catalogue = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...catalogue, version: 99 }));
  const before = await readFile(file, 'utf8');
  const { code, stderr } = await serve('--port', '0');
  expect(code).toBe(3);
  expect(stderr).toMatch(/newer version.*99/);
  expect(await readFile(file, 'utf8')).toBe(before);
});

test('[Z3] content files with faults are all told by file, place, value and what is allowed, and nothing starts', async () => {
  const content = join(data, 'content');
  await cp(PLAYLISTS, content, { recursive: true });
  const campaign = join(content, 'demo.campaign.json');
  await writeFile(campaign, (await readFile(campaign, 'utf8')).replace(/"minPlays": \d+/, '"minPlays": -1'));
  await writeFile(join(content, 'outdoor.playlist.json'), '{\n  "id": "x",,\n}');
  const { code, stderr } = await serve('--port', '0', '--content', content);
  expect(code).toBe(1);
  expect(stderr).toMatch(/demo\.campaign\.json.*minPlays.*-1.*allowed/);
  expect(stderr).toMatch(/outdoor\.playlist\.json.*2:/);
});

test('[Z4] bad settings are told and nothing starts', async () => {
  const { code, stderr } = await serve('--port', 'eighty');
  expect(code).toBe(1);
  expect(stderr).toContain('settings.port');
});

test('[UE3] an inspector’s policy, units and all, tells the server its witnesses; a wrong line of it is told', async () => {
  const file = join(data, 'policy');
  const [log, unit] = ['town.example/log', 'town.example/transport'].map((name, k) =>
    formatVkey(noteKey(name, KEY_TYPES.ed25519, Buffer.alloc(32, k + 1), sha256)),
  );
  await writeFile(file, `log ${log}\nunit transport ${unit}\nquorum none\n`);
  expect((await serve('--port', '0', '--log-policy', file)).code).toBe(0);
  await writeFile(file, `log ${log}\nunit transport\nquorum none\n`);
  const { code, stderr } = await serve('--port', '0', '--log-policy', file);
  expect(code).toBe(1);
  expect(stderr).toContain('line 2');
});

test('[Z5] two servers never open one data folder', async () => {
  const first = spawn(process.execPath, [XUNBO, 'serve', '--no-player', '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const chunk of first.stdout) if (String(chunk).includes('Ctrl-C')) break;
  const { code, stderr } = await serve('--port', '0');
  expect(code).toBe(3);
  expect(stderr).toContain(data);
  const ended = once(first, 'exit');
  first.kill('SIGTERM');
  await ended;
});
