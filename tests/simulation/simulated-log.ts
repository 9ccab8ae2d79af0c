/** The server's log over a head in memory, as the product opens and signs it; the server can end at any step of a signing. */
import { generateKeyPairSync } from 'node:crypto';
import { noteKey } from '../../domain/tlog/signed-note.ts';
import type { Clock } from '../../server/clock.ts';
import { sha256 } from '../../server/sha256.ts';
import type { LogStore } from '../../server/stores/log-store.ts';
import { StoreError } from '../../server/stores/store-error.ts';
import { checkpointOf, type LogHead } from '../../server/tlog/log-head.ts';
import { LOG_KEY_TYPES, type LogService } from '../../server/tlog/log-service.ts';
import type { NoteKeys } from '../../server/tlog/note-keys.ts';
import { rawPublicKey } from '../../server/tlog/raw-keys.ts';
import { openTransparencyLog, type TransparencyLog } from '../../server/tlog/transparency-log.ts';
import type { LogEye } from './log-eye.ts';

/** Where a server ends: at a segment's commit, between commit and acknowledgement, in a signing, or between two requests. */
export const SERVER_POINTS = [
  'before-commit',
  'after-commit',
  'tiles-kept',
  'head-replaced',
  'not-confirmed',
  'now',
] as const;

/** One of {@link SERVER_POINTS}. */
export type ServerPoint = (typeof SERVER_POINTS)[number];

/** Thrown through the server at its end. */
export class ServerGone extends Error {
  override readonly name = 'ServerGone';
}

/** The log of a server that ends and starts again. */
export type SimulatedLog = LogService & {
  /** As a server does that starts. */
  open(): Promise<void>;
  /** The head's file is lost, as in a folder that was restored. */
  loseHead(): void;
};

/** What it is made with. `endsAt`: whether the server ends here; `fails`: whether a write of the head does. */
export type SimulatedLogDeps = {
  store: LogStore;
  clock: Clock;
  eye: LogEye;
  endsAt: (point: ServerPoint) => boolean;
  fails: () => 'before' | 'after' | null;
  /** A seam for a deliberate bug: what the log takes for confirmed. */
  isConfirmed: (isConfirmed: boolean) => boolean;
};

const NAME = 'town.example/log';
const pair = { ed25519: generateKeyPairSync('ed25519'), mlDsa44: generateKeyPairSync('ml-dsa-44') };
const KEYS: Omit<NoteKeys, 'confirm'> = {
  name: NAME,
  ed25519: {
    note: noteKey(NAME, LOG_KEY_TYPES.ed25519, rawPublicKey('ed25519', pair.ed25519.publicKey), sha256),
    privateKey: pair.ed25519.privateKey,
  },
  mlDsa44: {
    note: noteKey(NAME, LOG_KEY_TYPES.mlDsa44, rawPublicKey('ml-dsa-44', pair.mlDsa44.publicKey), sha256),
    privateKey: pair.mlDsa44.privateKey,
  },
};

/** A log that was never opened. */
export function createSimulatedLog(deps: SimulatedLogDeps): SimulatedLog {
  const { store, clock, eye, endsAt, fails } = deps;
  let headText: string | null = null;
  let isConfirmed = false;
  let current: TransparencyLog | null = null;
  let fault: string | null = null;

  const head: LogHead = {
    read: async () => headText,
    async replace(before, next) {
      if (endsAt('tiles-kept')) throw new ServerGone('ended before the head was replaced');
      const failure = fails();
      if (failure === 'before') throw new Error('EIO');
      if (headText !== before) throw new StoreError('conflict', 'the head was changed by somebody else');
      headText = next;
      await eye.signed(next, store);
      if (endsAt('head-replaced')) throw new ServerGone('ended after the head was replaced');
      if (failure === 'after') throw new Error('EIO');
    },
  };

  async function confirm(): Promise<void> {
    if (endsAt('not-confirmed')) throw new ServerGone('ended before its keys were confirmed');
    isConfirmed = true;
  }

  /** A log that may not go on is silent and says why; true where that is so. */
  function isStoppedBy(error: unknown): boolean {
    if (!(error instanceof StoreError) || !['conflict', 'damaged', 'faulty'].includes(error.kind)) return false;
    current = null;
    fault = error.message;
    return true;
  }

  return {
    current: () => current,
    signedSize: () => (current ? checkpointOf(current.checkpoint()).size : 0),
    fault: () => fault,
    loseHead: () => {
      headText = null;
    },
    async open() {
      current = null;
      fault = null;
      try {
        current = await openTransparencyLog({
          store,
          head,
          keys: { ...KEYS, confirm: deps.isConfirmed(isConfirmed) ? null : confirm },
          clock,
        });
      } catch (error) {
        if (!isStoppedBy(error)) throw new ServerGone('it cannot read its folder');
      }
    },
    async turn() {
      try {
        while (await current?.sign());
      } catch (error) {
        // Any other failure only holds it up.
        if (!isStoppedBy(error) && error instanceof ServerGone) throw error;
      }
      return fault ?? 'signed';
    },
  };
}
