/** The entries at a log's beginning that say which logs it follows. */
import type { Succession } from '../../domain/proof/succession.ts';
import { readEntryOf } from '../../protocol/log-entry.ts';
import { MAX_SUCCESSIONS } from '../../protocol/player-log.ts';
import type { LogStore } from '../stores/log-store.ts';

/** A succession and the entry that says it. */
export type SuccessionEntry = { entry: string; succession: Succession };

/** The successions that the log in `store` begins with, the oldest first; none where it is the first one. */
export async function leadingSuccessions(store: LogStore): Promise<SuccessionEntry[]> {
  const found: SuccessionEntry[] = [];
  for (const entry of await store.entries(0, MAX_SUCCESSIONS)) {
    const succession = readEntryOf('succession', entry);
    if (!succession) break;
    found.push({ entry, succession });
  }
  return found;
}
