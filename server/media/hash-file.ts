/** SHA-256 and length of a file, read as a stream. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** The SHA-256 of a file in lower-case hexadecimal, and how many bytes it has; rejects where it cannot be read. */
export async function hashFile(file: string): Promise<{ sha: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha: hash.digest('hex'), bytes };
}

/** The id of a media that was given none: `m-` and the first 16 hexadecimal digits of its SHA-256. */
export const mediaIdOf = (sha: string): string => `m-${sha.slice(0, 16)}`;
