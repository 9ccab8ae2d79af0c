/** Another log begins where one could not go on: it names that one in its first entry, signed with the old key, and enters again what is stored. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { logEntryText } from '../../domain/proof/log-entry.ts';
import { hex } from '../../domain/proof/segment.ts';
import { successionText } from '../../domain/proof/succession.ts';
import { toBase64 } from '../../domain/tlog/base64.ts';
import { formatNote, formatVkey } from '../../domain/tlog/signed-note.ts';
import { readEntryOf } from '../../protocol/log-entry.ts';
import { MAX_SUCCESSIONS } from '../../protocol/player-log.ts';
import type { Clock } from '../clock.ts';
import type { DataPaths } from '../stores/data-folder.ts';
import { readTextOrNull, replaceFile } from '../stores/durable-file.ts';
import type { LogStore } from '../stores/log-store.ts';
import { StoreError } from '../stores/store-error.ts';
import { newKeys, parseKeys, readKeys, writeKeyName, writeKeys } from './key-files.ts';
import { leadingSuccessions } from './leading-successions.ts';
import { openLogHead } from './log-head.ts';
import { LOG_KEY_TYPES } from './log-service.ts';
import { type NewLogDraft, readDraft, removeDraft, writeDraft } from './new-log-draft.ts';
import type { OldLog } from './old-log.ts';
import { signByNode } from './raw-keys.ts';
import { openTransparencyLog } from './transparency-log.ts';

/** Where it begins. */
export type NewLogParts = { folder: DataPaths; store: LogStore; clock: Clock };

/** The log that has begun: its name, its keys as policies name them, its first checkpoint. */
export type NewLog = { name: string; vkeys: string[]; checkpoint: string };

const chainFile = (keysFolder: string): string => join(keysFolder, 'log-successions');

/** Name of the log that follows `old`: that of the first of all, and the how manieth this is. */
export async function nameOfNext(old: OldLog, { folder, store }: Omit<NewLogParts, 'clock'>): Promise<string> {
  const chain = await chainOf(folder.keys, store);
  const first = readEntryOf('succession', chain[0] ?? '')?.origin ?? old.keys.name;
  return `${first}/${chain.length + 2}`;
}

/** Decides it and does it. The old key is gone afterwards. Rejects with `StoreError` `conflict` past {@link MAX_SUCCESSIONS} logs, and as the stores do. */
export async function beginNewLog(old: OldLog, parts: NewLogParts): Promise<NewLog> {
  const { folder, store, clock } = parts;
  const chain = await chainOf(folder.keys, store);
  if (chain.length >= MAX_SUCCESSIONS)
    throw new StoreError('conflict', `${chain.length} logs follow one another already`);
  const keys = newKeys(await nameOfNext(old, parts));
  const { origin, size, root } = old.head;
  const next = formatVkey(parseKeys(keys, LOG_KEY_TYPES).ed25519.note);
  const said = { origin, size, root: hex(root), next, atMs: clock.nowMs() };
  const signature = toBase64(signByNode(successionText(said), old.keys.ed25519.privateKey));
  const entry = logEntryText({ kind: 'succession', ...said, signature });
  // Whoever doubts what the old log was has its last checkpoint, with those who cosigned it, in one file.
  if (old.signed) await replaceFile(join(folder.keys, `log-ended-${chain.length + 1}`), formatNote(old.signed.note));
  const draft: NewLogDraft = { version: 1, keys, successions: [...chain, entry] };
  await writeDraft(folder.keys, draft);
  return await finish(draft, parts);
}

/** Finishes what was decided and cut off; null where nothing was. */
export async function finishNewLog(parts: NewLogParts): Promise<NewLog | null> {
  const draft = await readDraft(parts.folder.keys);
  return draft && (await finish(draft, parts));
}

/** All successions so far, the oldest first: in the log itself, or beside the keys where the ledger is lost. */
async function chainOf(keysFolder: string, store: LogStore): Promise<string[]> {
  const logged = (await leadingSuccessions(store)).map(({ entry }) => entry);
  const kept = (await readTextOrNull(chainFile(keysFolder)))?.split('\n').filter((line) => line !== '') ?? [];
  return kept.length > logged.length ? kept : logged;
}

async function finish({ keys, successions }: NewLogDraft, { folder, store, clock }: NewLogParts): Promise<NewLog> {
  const known = await leadingSuccessions(store);
  await store.beginAnew(successions, known.length);
  await replaceFile(chainFile(folder.keys), successions.map((entry) => `${entry}\n`).join(''));
  await writeKeys(folder.keys, 'log', keys);
  const isNamed = (await readKeys(folder.keys, 'log'))?.name === keys.name;
  const confirm = isNamed ? null : () => writeKeyName(folder.keys, 'log', keys);
  if (confirm) await rm(folder.logHead, { force: true });
  const head = openLogHead(folder.logHead);
  const log = await openTransparencyLog({ store, head, clock, keys: { ...parseKeys(keys, LOG_KEY_TYPES), confirm } });
  while (await log.sign());
  await removeDraft(folder.keys);
  return { name: keys.name, vkeys: log.keys(), checkpoint: log.checkpoint() };
}
