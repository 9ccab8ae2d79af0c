/** The log as the controller runs it: opened with the data folder, fed and signed by a job, and silent, with a reason, where it may not go on. */
import { KEY_TYPES } from '../../domain/tlog/signed-note.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { LogStore } from '../stores/log-store.ts';
import { StoreError } from '../stores/store-error.ts';
import type { Cosigners } from './cosigners.ts';
import { checkpointOf, openLogHead } from './log-head.ts';
import { readDraft } from './new-log-draft.ts';
import { openNoteKeys } from './note-keys.ts';
import { openTransparencyLog, type TransparencyLog } from './transparency-log.ts';

/** The service. Screens play and plays are stored whether the log is signed or not. */
export type LogService = {
  /** The log, null where it may not go on. */
  current(): TransparencyLog | null;
  /** Entries that its last checkpoint holds; 0 where there is none. */
  signedSize(): number;
  /** Why the log is not signed any more; null while all is well. */
  fault(): string | null;
  /** Signs all that was added. */
  turn(): Promise<string>;
};

/** A log signs by its own Ed25519, and cosigns itself by ML-DSA-44, which has no other form. */
export const LOG_KEY_TYPES = { ed25519: KEY_TYPES.ed25519, mlDsa44: KEY_TYPES.cosignMlDsa44 } as const;

const WITNESS_PERIOD_MS = 10_000;

/** What the service needs. `keysFolder` and `headFile` are paths of the data folder; `origin` is for a log that is new. */
export type LogServiceParts = {
  store: LogStore;
  keysFolder: string;
  headFile: string;
  origin: string | null;
  /** Who is asked to cosign, null: nobody. */
  cosigners: Cosigners | null;
  clock: Clock;
  log: Log;
};

/** Opens the log. Rejects only where the folder cannot be read at all. */
export async function openLogService(parts: LogServiceParts): Promise<LogService> {
  const { store, keysFolder, headFile, origin, cosigners, clock, log } = parts;
  let current: TransparencyLog | null = null;
  let fault: string | null = null;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  function stop(error: unknown): void {
    if (!(error instanceof StoreError) || !['conflict', 'damaged', 'faulty'].includes(error.kind)) throw error;
    current = null;
    fault = error.message;
    log.error({ reason: fault }, 'the log is not signed any more');
  }

  /** Keeps the last checkpoint with its cosigners; without any it says nothing, where there are some to be asked. */
  async function keep(of: TransparencyLog): Promise<void> {
    const checkpoint = of.checkpoint();
    if (cosigners) {
      const signatures = await cosigners.collect(checkpoint, async (size) => (await of.consistencyFrom(size)).proof);
      if (signatures.length === 0) return;
      of.cosigned(checkpoint, signatures);
    }
    const note = of.checkpoint();
    await store.keepCheckpoint({ size: checkpointOf(note).size, atMs: clock.nowMs(), note });
  }

  try {
    const draft = await readDraft(keysFolder);
    if (draft) {
      throw new StoreError('conflict', `${draft.keys.name} was begun and not finished: run xunbo new-log again`);
    }
    const keys = await openNoteKeys(keysFolder, { role: 'log', name: origin, types: LOG_KEY_TYPES });
    current = await openTransparencyLog({ store, head: openLogHead(headFile), keys, clock });
  } catch (error) {
    stop(error);
  }

  return {
    current: () => current,
    signedSize: () => (current ? checkpointOf(current.checkpoint()).size : 0),
    fault: () => fault,
    async turn() {
      const nowMs = clock.nowMs();
      // Witnesses are not asked for every second's entries.
      if (cosigners && Math.abs(nowMs - askedAtMs) < WITNESS_PERIOD_MS) return fault ?? 'not due';
      let checkpoints = 0;
      try {
        while (await current?.sign()) checkpoints += 1;
      } catch (error) {
        stop(error);
      }
      if (current && checkpoints > 0) {
        askedAtMs = nowMs;
        await keep(current);
      }
      return fault ?? `${checkpoints} checkpoints`;
    },
  };
}
