import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemTimers } from '../../main/clock.ts';
import { type LoopbackServer, startLoopbackServer } from '../../main/stage/loopback-server.ts';
import { byteRange, stageFiles } from '../../main/stage/stage-files.ts';
import { STAGE_PATHS, type StageEvent } from '../../protocol/stage.ts';

const SHA = 'a'.repeat(64);
let folder: string;
let server: LoopbackServer;
let base: string;
const events: StageEvent[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xunbo-loopback-'));
  mkdirSync(join(folder, 'page/assets'), { recursive: true });
  writeFileSync(join(folder, 'page/index.html'), '<p>page</p>');
  writeFileSync(join(folder, 'page/assets/a.js'), '1');
  writeFileSync(join(folder, 'secret.json'), 'secret');
  writeFileSync(join(folder, 'film'), '0123456789');
  const media = (sha: string) => (sha === SHA ? { path: join(folder, 'film'), mime: 'video/mp4' } : null);
  server = await startLoopbackServer(stageFiles(join(folder, 'page'), media), systemTimers, () => undefined);
  server.onEvent((event) => events.push(event));
  base = server.url.replace('index.html', '');
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A request whose path is sent as it stands, without the client tidying it. */
function rawGet(path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    }).on('error', reject);
  });
}

describe('loopback server', () => {
  test('[S1] it listens on 127.0.0.1 only and serves below the token of this start', async () => {
    expect(new URL(base).hostname).toBe('127.0.0.1');
    const page = await fetch(`${base}index.html`);
    expect(page.status).toBe(200);
    expect(await page.text()).toBe('<p>page</p>');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  test('[S2] a wrong token, no token, other methods and other names get nothing', async () => {
    const token = new URL(base).pathname.split('/')[1] ?? '';
    const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const path of ['/', '/index.html', `/${wrong}/index.html`, `/${token.slice(1)}/index.html`, `/${token}`]) {
      expect((await rawGet(path)).status).toBe(404);
    }
    expect((await fetch(`${base}index.html`, { method: 'PUT', body: 'x' })).status).toBe(404);
    expect((await rawGet(`/${token}/index.html`, { host: 'evil.example' })).status).toBe(404);
  });

  test('[S3] no path leads out of the page and the checked media', async () => {
    const token = new URL(base).pathname.split('/')[1] ?? '';
    const ways = [
      '../secret.json',
      '..%2fsecret.json',
      '%2e%2e/secret.json',
      'assets/../../secret.json',
      '/etc/passwd',
      'media/../secret.json',
      `media/${'b'.repeat(64)}`,
      'media/film',
      '..\\secret.json',
      'assets/',
      '.env',
      'index.html%00.js',
    ];
    for (const way of ways) expect([way, (await rawGet(`/${token}/${way}`)).status]).toEqual([way, 404]);
  });

  test('[S4] media answer ranges', async () => {
    const part = await fetch(`${base}media/${SHA}`, { headers: { range: 'bytes=2-4' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
    expect(await part.text()).toBe('234');
    const none = await fetch(`${base}media/${SHA}`, { headers: { range: 'bytes=10-' } });
    expect(none.status).toBe(416);
    expect(byteRange('bytes=-3', 10)).toEqual({ kind: 'part', from: 7, to: 9 });
    expect(byteRange('bytes=0-1,4-5', 10)).toEqual({ kind: 'all' });
    expect(byteRange('bytes=5-2', 10)).toEqual({ kind: 'unsatisfiable' });
  });

  test('[S5] events are checked and bounded', async () => {
    const post = (body: string) => fetch(base + STAGE_PATHS.events, { method: 'POST', body });
    expect((await post('{"type":"ready"}')).status).toBe(204);
    expect((await post('{"type":"format-disk"}')).status).toBe(400);
    expect((await post('no json')).status).toBe(400);
    expect((await post('x'.repeat(70_000))).status).toBe(413);
    expect(events).toEqual([{ type: 'ready' }]);
  });

  test('[S6] a page that is ready before its stream is open misses nothing', async () => {
    await fetch(base + STAGE_PATHS.events, { method: 'POST', body: '{"type":"ready"}' });
    server.send({ type: 'idle', reason: 'closed' });
    const stream = await fetch(base + STAGE_PATHS.commands);
    const reader = stream.body?.getReader();
    let text = '';
    while (!text.includes('closed')) text += Buffer.from((await reader?.read())?.value ?? []).toString();
    server.send({ type: 'ticker', lines: [] });
    while (!text.includes('ticker')) text += Buffer.from((await reader?.read())?.value ?? []).toString();
    await reader?.cancel();
    expect(text).toContain('data: {"type":"idle","reason":"closed"}');
  });
});
