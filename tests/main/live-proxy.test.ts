/** The proxy of live sources hands the page film and sound of the program's own hosts, and nothing else. */
import { describe, expect, test } from 'vitest';
import { createLiveProxy, type LiveProxy } from '../../main/live/live-proxy.ts';
import { rewritePlaylist } from '../../main/live/rewrite-playlist.ts';

const SHA = 'a'.repeat(64);
const SOURCE = 'http://tv.example.net:8080/town/live.m3u8?key=1';
const MASTER = [
  '#EXTM3U',
  '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",URI="audio/a.m3u8"',
  '#EXT-X-STREAM-INF:BANDWIDTH=800000',
  '720p/index.m3u8',
  '',
].join('\n');

type Reply = { status?: number; type?: string; body?: string | Uint8Array; location?: string };

/** A proxy before a network of the given replies; `asked` is what was fetched. */
function proxyOver(replies: Record<string, Reply>): { proxy: LiveProxy; asked: string[] } {
  const asked: string[] = [];
  const fetch = async (input: string | URL | Request): Promise<Response> => {
    const address = String(input);
    asked.push(address);
    const reply = replies[address];
    if (!reply) throw new Error('no route to host');
    const { status = 200, type = 'video/mp2t', body = 'x', location } = reply;
    const headers = { 'content-type': type, ...(location !== undefined && { location }) };
    return new Response(status >= 300 && status < 400 ? null : Buffer.from(body), { status, headers });
  };
  const sourceOf = (sha: string): string | null => (sha === SHA ? SOURCE : null);
  return { proxy: createLiveProxy({ fetch, sourceOf, log: () => undefined }), asked };
}

const named = (address: string): string => `live/${SHA}/${Buffer.from(address).toString('base64url')}`;
const textOf = async (answer: ReturnType<LiveProxy>): Promise<string | null> => {
  const found = await answer;
  return found && Buffer.from(found.body).toString('utf8');
};

describe('playlists', () => {
  test('[LV1] every address in a playlist is one of the agent’s own, whatever form it was written in', async () => {
    const { proxy } = proxyOver({ [SOURCE]: { type: 'application/vnd.apple.mpegurl; charset=utf-8', body: MASTER } });
    const text = await textOf(proxy(`live/${SHA}/index`));
    expect(text).not.toMatch(/https?:|\//);
    const names = [...(text ?? '').matchAll(/URI="([\w-]+)"|^([\w-]+)$/gm)].map((m) => m[1] ?? m[2] ?? '');
    expect(names.map((name) => Buffer.from(name, 'base64url').toString())).toEqual([
      'http://tv.example.net:8080/town/audio/a.m3u8',
      'http://tv.example.net:8080/town/720p/index.m3u8',
    ]);
  });

  test('[LV1] keys, maps and parts are rewritten, all else of a playlist is kept', () => {
    const text =
      '#EXTM3U\r\n#EXT-X-KEY:METHOD=AES-128,URI="/k"\n#EXT-X-MAP:URI="i.mp4"\n#EXTINF:1.0,\ns1.ts\n#EXTINF:1,\n../s2.ts';
    const seen: string[] = [];
    const rewritten = rewritePlaylist(text, 'http://h/a/b/c.m3u8', (uri) => `n${seen.push(uri)}`);
    expect(seen).toEqual(['http://h/k', 'http://h/a/b/i.mp4', 'http://h/a/b/s1.ts', 'http://h/a/s2.ts']);
    expect(rewritten).toBe(
      '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="n1"\n#EXT-X-MAP:URI="n2"\n#EXTINF:1.0,\nn3\n#EXTINF:1,\nn4',
    );
  });
});

describe('hosts', () => {
  test('[LV2] nothing is fetched but from the host of the source, of a source of the program in force', async () => {
    const { proxy, asked } = proxyOver({});
    for (const path of [
      `live/${'b'.repeat(64)}/index`,
      named('http://other.example.net/x.ts'),
      named('http://tv.example.net/x.ts'),
      named('http://tv.example.net:8080@evil.example/x.ts'),
      named('file:///etc/passwd'),
      named('no address'),
      `live/${SHA}/index/../x`,
      `live/${SHA}/%2e%2e`,
      `live/${SHA}/`,
      'live/index',
    ]) {
      expect(await proxy(path), path).toBeNull();
    }
    expect(asked).toEqual([]);
  });

  test('[LV2] a playlist that names another host is not shown at all', async () => {
    const body = '#EXTM3U\n#EXTINF:1,\nhttp://ads.example.org/ad.ts\n';
    const { proxy } = proxyOver({ [SOURCE]: { type: 'application/x-mpegURL', body } });
    expect(await proxy(`live/${SHA}/index`)).toBeNull();
  });

  test('[LV2] redirects are followed within the host, three times at most, and never out of it', async () => {
    const at = (n: number): string => `http://tv.example.net:8080/r${n}.ts`;
    const hop = (location: string): Reply => ({ status: 302, location });
    const { proxy, asked } = proxyOver({
      [at(1)]: hop('/r2.ts'),
      [at(2)]: { body: 'part' },
      [at(3)]: hop('http://evil.example/x'),
      [at(4)]: hop('/r4.ts'),
    });
    expect(await textOf(proxy(named(at(1))))).toBe('part');
    expect(await proxy(named(at(3)))).toBeNull();
    expect(await proxy(named(at(4)))).toBeNull();
    expect(asked.filter((address) => address.includes('evil'))).toEqual([]);
    expect(asked.filter((address) => address === at(4))).toHaveLength(4);
  });
});

describe('bounds', () => {
  const part = 'http://tv.example.net:8080/s.ts';

  test('[LV3] an error, a source that is gone and a body that is too long are answered with nothing', async () => {
    const playlist = `#EXTM3U\n${'#'.repeat(1024 * 1024)}`;
    const { proxy } = proxyOver({
      [SOURCE]: { type: 'application/vnd.apple.mpegurl', body: playlist },
      [part]: { status: 500 },
      [`${part}2`]: { body: new Uint8Array(32 * 1024 * 1024 + 1) },
    });
    expect(await proxy(`live/${SHA}/index`)).toBeNull();
    expect(await proxy(named(part))).toBeNull();
    expect(await proxy(named(`${part}2`))).toBeNull();
    expect(await proxy(named('http://tv.example.net:8080/gone.ts'))).toBeNull();
  });

  test('[LV3] the page is handed film and sound, and nothing that it could run', async () => {
    const { proxy } = proxyOver({ [part]: { type: 'text/html', body: '<script>' } });
    expect(await proxy(named(part))).toMatchObject({ mime: 'application/octet-stream' });
  });
});
