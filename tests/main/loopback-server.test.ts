/** The page's server answers on this machine alone, under the token of this start, with page, media and bridge. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get, request } from 'node:http';
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
  test('[LO1] it listens on 127.0.0.1 only and serves below the token of this start', async () => {
    expect(new URL(base).hostname).toBe('127.0.0.1');
    const page = await fetch(`${base}index.html`);
    expect(page.status).toBe(200);
    expect(await page.text()).toBe('<p>page</p>');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  test('[LO2] a wrong token, no token, other methods and other names get nothing', async () => {
    const token = new URL(base).pathname.split('/')[1] ?? '';
    const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const path of ['/', '/index.html', `/${wrong}/index.html`, `/${token.slice(1)}/index.html`, `/${token}`]) {
      expect((await rawGet(path)).status).toBe(404);
    }
    expect((await fetch(`${base}index.html`, { method: 'PUT', body: 'x' })).status).toBe(404);
    expect((await rawGet(`/${token}/index.html`, { host: 'evil.example' })).status).toBe(404);
  });

  test('[LO2] a name that was made to lead here, whatever the port, gets nothing, page, media and bridge alike', async () => {
    const { port, pathname } = new URL(base);
    const own = `127.0.0.1:${port}`;
    const paths = ['index.html', `media/${SHA}`, STAGE_PATHS.commands].map((path) => pathname + path);
    const names = [
      'evil.example',
      `evil.example:${port}`,
      `localhost:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `[::1]:${port}`,
      `0.0.0.0:${port}`,
    ];
    for (const path of paths) {
      for (const host of names) expect([path, host, (await rawGet(path, { host })).status]).toEqual([path, host, 404]);
    }
    expect((await rawGet(`${pathname}index.html`, { host: own })).status).toBe(200);
    const post = (host: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const sent = request({
          hostname: '127.0.0.1',
          port,
          path: pathname + STAGE_PATHS.events,
          method: 'POST',
          headers: { host },
        });
        sent.on('response', (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject);
        sent.end('{"type":"ready"}');
      });
    const before = events.length;
    expect([await post('evil.example'), events.length - before]).toEqual([404, 0]);
  });

  test('[LO2] every start has a token of its own, of 192 bits', async () => {
    const other = await startLoopbackServer(
      async () => null,
      systemTimers,
      () => undefined,
    );
    try {
      const [mine, theirs] = [base, other.url].map((url) => new URL(url).pathname.split('/')[1] ?? '');
      expect(mine).toMatch(/^[\w-]{32}$/);
      expect(theirs).toMatch(/^[\w-]{32}$/);
      expect(mine).not.toBe(theirs);
      expect((await fetch(other.url.replace(theirs ?? '', mine ?? ''))).status).toBe(404);
    } finally {
      await other.close();
    }
  });

  test('[LO1] the port answers on no other address of this machine', async () => {
    const port = Number(new URL(base).port);
    const table =
      process.platform === 'linux'
        ? readFileSync('/proc/net/tcp', 'utf8') + readFileSync('/proc/net/tcp6', 'utf8')
        : '';
    const hex = port.toString(16).toUpperCase().padStart(4, '0');
    const listening = [...table.matchAll(/^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ 0A/gm)].filter(([, , p]) => p === hex);
    expect(listening.map(([, address]) => address)).toEqual(process.platform === 'linux' ? ['0100007F'] : []);
  });

  test('[LO3] no path leads out of the page and the checked media', async () => {
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

  test('[LO4] media answer ranges', async () => {
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

  test('[LO5] events are checked and bounded', async () => {
    const post = (body: string) => fetch(base + STAGE_PATHS.events, { method: 'POST', body });
    expect((await post('{"type":"ready"}')).status).toBe(204);
    expect((await post('{"type":"format-disk"}')).status).toBe(400);
    expect((await post('no json')).status).toBe(400);
    expect((await post('x'.repeat(70_000))).status).toBe(413);
    expect(events).toEqual([{ type: 'ready' }]);
  });

  test('[LO6] a page that is ready before its stream is open misses nothing', async () => {
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
