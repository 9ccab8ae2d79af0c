/** Small rules that both ledger adapters keep. */
import { createHash } from 'node:crypto';
import { StoreError } from './store-error.ts';

/** Incidents by their opening, the newest first. */
export function newestFirst(a: { openedAtMs: number; id: string }, b: { openedAtMs: number; id: string }): number {
  return b.openedAtMs - a.openedAtMs || (a.id < b.id ? -1 : 1);
}

/** Throws `StoreError` of kind `faulty` where `hash` is not the SHA-256 of the text's UTF-8. */
export function checkHash(hash: string, body: string): void {
  const found = createHash('sha256').update(body).digest('hex');
  if (found !== hash) throw new StoreError('faulty', `a document of SHA-256 ${found} was to be kept as ${hash}`);
}
