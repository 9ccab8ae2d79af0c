/** What this player knows of the server's log: its key, and the last checkpoint that was verified; the log can only grow from there. */
import { join } from 'node:path';
import type { Beacon } from '../../domain/proof/segment.ts';
import { hex } from '../../domain/proof/segment.ts';
import { fromBase64 } from '../../domain/tlog/base64.ts';
import { type Checkpoint, parseCheckpoint, signatureBy } from '../../domain/tlog/checkpoint.ts';
import { formatVkey, KEY_TYPES, type NoteKey, parseVkey } from '../../domain/tlog/signed-note.ts';
import { isConsistent } from '../../domain/tlog/tree.ts';
import type { LogAnswer } from '../../protocol/player-log.ts';
import type { DurableFiles } from '../durable-files.ts';
import type { Incidents } from '../incidents.ts';
import type { Log } from '../log.ts';
import { sha256 } from '../sha256.ts';
import { checkSuccession, type ShownSuccessions } from './check-succession.ts';
import { verifyEd25519 } from './verify-ed25519.ts';

/** What a server shows of its log. */
export type ShownLog = Extract<LogAnswer, { kind: 'log' }>;

/** The memory. */
export type LogMemory = {
  /** The last verified checkpoint; null before the first. */
  head(): Checkpoint | null;
  /** The same as segments name it. */
  beacon(): Beacon | null;
  /**
   * Takes what the server shows. True where it is signed by the log's key and begins with what was verified before; only then it is the new head. What
   * contradicts the head is kept as evidence, and the incident `log-forked` stands until the log goes on from the head again. May throw the disk's errors.
   */
  take(shown: ShownLog): Promise<boolean>;
  /** Whether another log is shown than the one believed. */
  isAnother(shown: ShownLog): boolean;
  /**
   * Takes what the server shows of the logs that its log follows. True where the log believed is among them and each next one is named by the key of the one
   * before; then its last one is believed from now on, what was believed before is kept as evidence, and the incident `log-replaced` opens. May
   * throw the disk's errors.
   */
  succeed(shown: ShownSuccessions): Promise<boolean>;
  /** Whether a log of that name is the one believed, or one that it follows. */
  isOwn(origin: string): boolean;
  /** Whether a log of that name was believed and is followed by another: its receipts are worth nothing here any more. */
  isReplaced(origin: string): boolean;
  /** All that is kept here has its receipt from the log believed. */
  renewed(): void;
  /** The player leaves its server: the next one has a log of its own. What was kept stays on the disk under another name. */
  leave(): void;
};

/** What the memory needs; `folder` is its own. */
export type LogMemoryDeps = {
  files: DurableFiles;
  folder: string;
  incidents: Incidents;
  log: Log;
  nowMs: () => number;
};

const SUBJECT = 'log';

/** Opens the memory in its folder. */
export function createLogMemory({ files, folder, incidents, log, nowMs }: LogMemoryDeps): LogMemory {
  const paths = {
    key: join(folder, 'key'),
    checkpoint: join(folder, 'checkpoint'),
    replaced: join(folder, 'replaced'),
  };
  const textAt = (path: string): string | null => {
    const bytes = files.read(path);
    return bytes && Buffer.from(bytes).toString('utf8');
  };
  let key: NoteKey | null = parseVkey(textAt(paths.key)?.trim() ?? '', sha256);
  let head: Checkpoint | null = parseCheckpoint(textAt(paths.checkpoint) ?? '');
  // A stop between the two files of a log that follows: the checkpoint is still the old one's.
  if (head && head.origin !== key?.name) head = null;
  const replaced = new Set((textAt(paths.replaced) ?? '').split('\n').filter((line) => line !== ''));

  /** Keeps what is said and what was believed; the same again is no new evidence, however often it is shown. */
  function keepEvidence(why: string, shown: unknown): boolean {
    const text = `${JSON.stringify({ why, keptCheckpoint: textAt(paths.checkpoint), shown })}\n`;
    const name = `evidence-${hex(sha256(text)).slice(0, 16)}.json`;
    if (files.list(folder).some((known) => known.endsWith(name))) return false;
    files.replace(join(folder, `${nowMs()}-${name}`), text);
    return true;
  }

  function contradicted(shown: unknown, why: string): false {
    if (keepEvidence(why, shown)) log('error', 'the log contradicts what was verified before', { why });
    incidents.open('log-forked', SUBJECT, why);
    return false;
  }

  /** The key of the first log that was shown is the log's for good. */
  function keyOf(shown: ShownLog, origin: string): NoteKey | null {
    if (key) return key;
    const keys = shown.keys.map((vkey) => parseVkey(vkey, sha256));
    return keys.find((one) => one?.type === KEY_TYPES.ed25519 && one.name === origin) ?? null;
  }

  async function take(shown: ShownLog): Promise<boolean> {
    const next = parseCheckpoint(shown.checkpoint);
    const by = next && keyOf(shown, next.origin);
    if (!next || !by) return refuse('the server shows no checkpoint with a key for it');
    const standing = await signatureBy(next, by, verifyEd25519);
    if (next.origin !== by.name || standing === null || standing === 'forged') {
      return key ? contradicted(shown, `the checkpoint is not signed by ${by.name}`) : refuse('the signature is wrong');
    }
    if (head) {
      const proof = shown.consistency?.map(fromBase64).filter((hash) => hash !== null) ?? [];
      if (next.size < head.size) {
        return contradicted(shown, `the log has ${next.size} entries, and ${head.size} were verified before`);
      }
      if (shown.consistency === null || !isConsistent(head, next, proof, sha256)) {
        return contradicted(
          shown,
          `the log of ${next.size} entries does not begin with the ${head.size} verified before`,
        );
      }
    }
    if (!key) files.replace(paths.key, `${formatVkey(by)}\n`);
    if (next.size !== head?.size) files.replace(paths.checkpoint, shown.checkpoint);
    key = by;
    head = next;
    incidents.close('log-forked', SUBJECT);
    return true;
  }

  async function succeed(shown: ShownSuccessions): Promise<boolean> {
    if (!key) return false;
    const checked = await checkSuccession(shown, key);
    if (!checked.ok) return refuse(checked.error);
    const { key: next, checkpoint, steps } = checked.value;
    const named = steps[0];
    if (head && named?.size === head.size && named.root !== hex(head.root)) {
      return contradicted(shown, `${checkpoint.origin} follows another log of ${head.size} entries than was verified`);
    }
    const why = `${key.name} is followed by ${next.name}: it was left at ${named?.size} entries, ${head?.size ?? 0} were verified here`;
    if (keepEvidence(why, shown)) log('warn', 'another log follows the one that was believed', { why });
    for (const { origin } of steps) replaced.add(origin);
    files.replace(paths.replaced, [...replaced].map((origin) => `${origin}\n`).join(''));
    files.replace(paths.key, `${formatVkey(next)}\n`);
    files.replace(paths.checkpoint, shown.checkpoint);
    key = next;
    head = checkpoint;
    incidents.close('log-forked', SUBJECT);
    incidents.open('log-replaced', SUBJECT, why);
    return true;
  }

  function refuse(why: string): false {
    log('warn', 'the log could not be verified', { why });
    return false;
  }

  return {
    head: () => head,
    beacon: () => head && { size: head.size, root: hex(head.root) },
    take,
    isAnother: (shown) => key !== null && parseCheckpoint(shown.checkpoint)?.origin !== key.name,
    succeed,
    isOwn: (origin) => origin === key?.name || replaced.has(origin),
    isReplaced: (origin) => replaced.has(origin),
    renewed: () => incidents.close('log-replaced', SUBJECT),
    leave() {
      if (head) files.rename(paths.checkpoint, `${paths.checkpoint}-until-${nowMs()}`);
      if (key) files.rename(paths.key, `${paths.key}-until-${nowMs()}`);
      if (replaced.size > 0) files.rename(paths.replaced, `${paths.replaced}-until-${nowMs()}`);
      replaced.clear();
      key = null;
      head = null;
      incidents.close('log-forked', SUBJECT);
      incidents.close('log-replaced', SUBJECT);
    },
  };
}
