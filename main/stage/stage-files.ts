/** The files a stage page may load: the built page and checked media, nothing else. */
import { stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** A file to be served. */
export type StageFile = { path: string; size: number; mime: string };

/** Finds the file of a path relative to the page's own address (`index.html`, `assets/x.js`, `media/<sha>`); null for anything else. */
export type FindStageFile = (path: string) => Promise<StageFile | null>;

/** The page may load from itself only. Inline styles are what video.js and layout need; scripts never are inline. */
export const STAGE_CSP = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  // What reads live sources unpacks their parts in workers of its own.
  "worker-src 'self' blob:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every answer to a stage page. */
export const STAGE_HEADERS = {
  'content-security-policy': STAGE_CSP,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

const MIMES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
};

/** Finder over the built page in `pageFolder` and the checked media of `media` (sha to path and MIME type). */
export function stageFiles(
  pageFolder: string,
  media: (sha: string) => { path: string; mime: string } | null,
): FindStageFile {
  return async (path) => {
    const sha = /^media\/([0-9a-f]{64})$/.exec(path)?.[1];
    if (sha !== undefined) {
      const file = media(sha);
      return file ? sized(file.path, file.mime) : null;
    }
    const mime = MIMES[extname(path)];
    // Names as a bundler makes them: no dots but before extensions, no way up, nothing encoded.
    if (!mime || !/^[\w-]+(\.[\w-]+)*(\/[\w-]+(\.[\w-]+)*)*$/.test(path)) return null;
    const full = join(pageFolder, path);
    return full.startsWith(pageFolder + sep) ? sized(full, mime) : null;
  };
}

/** The same, and the picture that was kept of the stage (`kept/last.jpg`), while there is one at `picture`. */
export function withKeptPicture(find: FindStageFile, picture: string): FindStageFile {
  return (path) => (path === 'kept/last.jpg' ? sized(picture, 'image/jpeg') : find(path));
}

async function sized(path: string, mime: string): Promise<StageFile | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? { path, size: found.size, mime } : null;
  } catch {
    return null;
  }
}

/** What of a file is to be sent: all, a part (inclusive bounds), or a range that it does not have. */
export type ByteRange = { kind: 'all' } | { kind: 'part'; from: number; to: number } | { kind: 'unsatisfiable' };

/** Reads a `Range` header (RFC 9110 section 14); what is no single range of bytes means all. */
export function byteRange(header: string | null | undefined, size: number): ByteRange {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return { kind: 'all' };
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last));
  return from > to || from >= size ? { kind: 'unsatisfiable' } : { kind: 'part', from, to };
}
