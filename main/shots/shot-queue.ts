/** Pictures on their way to the server: kept in a bounded folder, sent oldest first, one at a time, while there is a connection. */
import { PLAYER_EVENTS, shotAnswerSchema } from '../../protocol/player-link.ts';
import type { Timers } from '../clock.ts';
import type { PlayerSocket } from '../link/socket-port.ts';
import { type Log, messageOf } from '../log.ts';
import { sha256Hex } from '../sha256.ts';
import type { ShotFolder, StoredShot } from './shot-folder.ts';

/** Most pictures kept, and most bytes of them; the oldest give way. */
export const MOST_SHOTS = 500;
/** Most bytes of all pictures kept. */
export const MOST_SHOT_FOLDER_BYTES = 32 * 1024 * 1024;

const ANSWER_TIMEOUT_MS = 20_000;
const FIRST_PAUSE_MS = 2000;
const MOST_PAUSE_MS = 300_000;

/** The queue. */
export type ShotQueue = {
  /** Keeps a picture to be sent; gives its SHA-256. Rejects where it could not be stored. */
  keep(webp: Uint8Array, atMs: number): Promise<string>;
  /** Sends a picture at once, past the others, and gives its SHA-256; rejects where the server did not store it. */
  send(webp: Uint8Array, atMs: number): Promise<string>;
  /** A connection that may send, or null when it is gone. */
  setSocket(socket: PlayerSocket | null): void;
  stop(): void;
};

/** What the queue needs; `random` gives [0, 1). */
export type ShotQueueDeps = { folder: ShotFolder; timers: Timers; random: () => number; log: Log };

/** Creates the queue over what the folder holds. */
export function createShotQueue({ folder, timers, random, log }: ShotQueueDeps): ShotQueue {
  let socket: PlayerSocket | null = null;
  let isRunning = false;
  /** Something came while it was found that there is nothing to do. */
  let isNews = false;
  let pauses = 0;
  let cancelPause: (() => void) | null = null;
  let waiting: StoredShot[] = [];
  /** Everything that touches the list or the folder, one after the other. */
  let last: Promise<unknown> = folder.list().then(
    (found) => {
      waiting = found;
    },
    (error: unknown) => log('warn', 'pictures cannot be listed', { error: messageOf(error) }),
  );

  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function makeRoom(): Promise<void> {
    const bytes = (): number => waiting.reduce((sum, shot) => sum + shot.bytes, 0);
    while (waiting.length > MOST_SHOTS || bytes() > MOST_SHOT_FOLDER_BYTES) {
      const [oldest] = waiting;
      if (!oldest) return;
      waiting = waiting.slice(1);
      log('info', 'a picture gave way before it was sent', { sha: oldest.sha });
      await folder.remove(oldest.sha);
    }
  }

  async function offer(via: PlayerSocket, sha: string, atMs: number, bytes: Uint8Array): Promise<'stored' | 'refused'> {
    const body = { sha, atMs: Math.max(0, atMs), bytes };
    const answer = shotAnswerSchema.parse(await via.request(PLAYER_EVENTS.shot, body, ANSWER_TIMEOUT_MS));
    if (answer.kind === 'stored') return 'stored';
    if (answer.error.retryable) throw new Error(`${answer.error.code}: ${answer.error.message}`);
    log('warn', 'picture refused', { sha, code: answer.error.code, reason: answer.error.message });
    return 'refused';
  }

  /** Sends the oldest; false where there is nothing to send or nobody to send it to. */
  async function sendOldest(): Promise<boolean> {
    await last;
    const via = socket;
    const [shot] = waiting;
    if (!via || !shot) return false;
    const webp = await folder.read(shot.sha).catch(() => null);
    // What cannot be read, or is no longer what it was, is no picture of that play.
    if (webp && sha256Hex(webp) === shot.sha) await offer(via, shot.sha, shot.atMs, webp);
    await inTurn(async () => {
      waiting = waiting.filter(({ sha }) => sha !== shot.sha);
      await folder.remove(shot.sha);
    });
    pauses = 0;
    return true;
  }

  async function run(): Promise<void> {
    isNews = true;
    if (isRunning || cancelPause) return;
    isRunning = true;
    try {
      while (isNews) {
        isNews = false;
        while (await sendOldest());
      }
    } catch (error) {
      log('info', 'sending pictures was interrupted', { error: messageOf(error) });
      pause();
    } finally {
      isRunning = false;
    }
  }

  function pause(): void {
    const limit = Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** pauses);
    pauses += 1;
    cancelPause = timers.after(limit * (0.5 + random() / 2), () => {
      cancelPause = null;
      void run();
    });
  }

  return {
    keep(webp, atMs) {
      const sha = sha256Hex(webp);
      const kept = inTurn(async () => {
        if (waiting.some((shot) => shot.sha === sha)) return;
        await folder.write(sha, webp);
        waiting = [...waiting, { sha, bytes: webp.length, atMs }];
        await makeRoom();
      });
      return kept.then(() => {
        void run();
        return sha;
      });
    },
    async send(webp, atMs) {
      const sha = sha256Hex(webp);
      if (!socket) throw new Error('there is no connection');
      if ((await offer(socket, sha, atMs, webp)) === 'refused') throw new Error('the server refused the picture');
      return sha;
    },
    setSocket(next) {
      socket = next;
      cancelPause?.();
      cancelPause = null;
      pauses = 0;
      void run();
    },
    stop() {
      socket = null;
      cancelPause?.();
    },
  };
}
