/** Rewrites an HLS playlist so that everything in it is fetched from the agent and from nowhere else. */
import { parseAddress } from './parse-address.ts';

/**
 * The playlist `text` of `address` with every address in it (lines, and `URI` of tags) replaced by what `nameOf` gives for the absolute one.
 * Null where one of them may not be fetched (`nameOf` gives null): such a playlist is not shown at all. Source: RFC 8216 section 4.
 */
export function rewritePlaylist(
  text: string,
  address: string,
  nameOf: (absolute: string) => string | null,
): string | null {
  let isWhole = true;
  const rewrite = (uri: string): string => {
    const absolute = parseAddress(uri, address)?.href;
    const name = absolute === undefined ? null : nameOf(absolute);
    if (name === null) isWhole = false;
    return name ?? '';
  };
  const lines = text.split(/\r?\n/).map((line) => {
    if (line.startsWith('#')) return line.replace(/\bURI="([^"]*)"/g, (_, uri: string) => `URI="${rewrite(uri)}"`);
    return line.trim() === '' ? line : rewrite(line.trim());
  });
  return isWhole ? lines.join('\n') : null;
}
