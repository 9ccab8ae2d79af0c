/** Fetches live sources for the stage page, which may open no foreign host: below `live/<sha>/`, from the host of that source only, within bounds. */
import { type Log, messageOf } from '../log.ts';
import { parseAddress } from './parse-address.ts';
import { rewritePlaylist } from './rewrite-playlist.ts';

const MOST_PLAYLIST_BYTES = 1024 * 1024;
const MOST_PART_BYTES = 32 * 1024 * 1024;
const LIMIT_MS = 8_000;
const MOST_REDIRECTS = 3;
const PLAYLIST_MIME = 'application/vnd.apple.mpegurl';
/** What a part of a live film may be called; a page is never handed anything that it could run. */
const PART_MIME = /^(video\/[\w.+-]+|audio\/[\w.+-]+|text\/vtt|application\/octet-stream)$/;

/** An answer for the page. */
export type LiveAnswer = { mime: string; body: Uint8Array };

/** What is behind a path relative to the page, or null where that is no live source, or nothing may or could be fetched. */
export type LiveProxy = (path: string) => Promise<LiveAnswer | null>;

/** `sourceOf` gives the address of a live source of the program in force by its hash. */
export type LiveProxyDeps = { fetch: typeof globalThis.fetch; sourceOf: (sha: string) => string | null; log: Log };

/** Makes the proxy. */
export function createLiveProxy({ fetch, sourceOf, log }: LiveProxyDeps): LiveProxy {
  return async (path) => {
    const [, sha = '', name = ''] = /^live\/([0-9a-f]{64})\/([\w-]{1,2000})$/.exec(path) ?? [];
    const source = sha === '' ? null : sourceOf(sha);
    if (source === null) return null;
    const { host } = new URL(source);
    const address = name === 'index' ? source : addressOf(name);
    if (address === null || !isOfHost(address, host)) return null;
    try {
      return await answerFrom(await fetchWithin(fetch, address, host), host);
    } catch (error) {
      log('warn', 'live source did not answer', { address: address.slice(0, 200), error: messageOf(error) });
      return null;
    }
  };
}

/** An answer and the address it came from. */
type Fetched = { response: Response; at: string };

/** Follows redirects within the host; one that leads elsewhere is the answer, and is no good one. */
async function fetchWithin(fetch: LiveProxyDeps['fetch'], address: string, host: string): Promise<Fetched> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  let at = address;
  for (let hops = 0; ; hops += 1) {
    const response = await fetch(at, { redirect: 'manual', signal });
    const next = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    const to = next === null ? undefined : parseAddress(next, at)?.href;
    if (to === undefined || !isOfHost(to, host) || hops >= MOST_REDIRECTS) return { response, at };
    await response.body?.cancel();
    at = to;
  }
}

async function answerFrom({ response, at }: Fetched, host: string): Promise<LiveAnswer | null> {
  if (!response.ok) {
    await response.body?.cancel();
    return null;
  }
  const mime = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isPlaylist = /mpegurl$/.test(mime) || new URL(at).pathname.toLowerCase().endsWith('.m3u8');
  const body = await readBounded(response, isPlaylist ? MOST_PLAYLIST_BYTES : MOST_PART_BYTES);
  if (!isPlaylist) return { mime: PART_MIME.test(mime) ? mime : 'application/octet-stream', body };
  const text = Buffer.from(body).toString('utf8');
  const rewritten = rewritePlaylist(text, at, (uri) => (isOfHost(uri, host) ? nameOf(uri) : null));
  return rewritten === null ? null : { mime: PLAYLIST_MIME, body: Buffer.from(rewritten) };
}

/** Throws where the body is longer than `most` bytes. */
async function readBounded(response: Response, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > most) throw new Error(`more than ${most} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const nameOf = (address: string): string => Buffer.from(address).toString('base64url');

function addressOf(name: string): string | null {
  const address = Buffer.from(name, 'base64url').toString('utf8');
  return nameOf(address) === name ? address : null;
}

function isOfHost(address: string, host: string): boolean {
  const url = parseAddress(address);
  return url !== null && /^https?:$/.test(url.protocol) && url.host === host;
}
