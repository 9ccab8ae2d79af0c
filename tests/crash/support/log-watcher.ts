/** Somebody outside who asks a server for its log again and again, and forgets nothing that it was shown. */
import { fromBase64 } from '../../../domain/tlog/base64.ts';
import { type Checkpoint, parseCheckpoint } from '../../../domain/tlog/checkpoint.ts';
import { isConsistent } from '../../../domain/tlog/tree.ts';
import type { PlayerSocket } from '../../../main/link/socket-port.ts';
import { sha256 } from '../../../main/sha256.ts';
import { PLAYER_EVENTS } from '../../../protocol/player-link.ts';
import { logAnswerSchema, MAX_RECEIPTS, receiptsAnswerSchema } from '../../../protocol/player-log.ts';
import type { HeldReceipt } from './ledger-evidence.ts';

const ANSWER_MS = 20_000;

/** The watcher. */
export type LogWatcher = {
  readonly checkpoints: ReadonlySet<string>;
  readonly receipts: readonly HeldReceipt[];
  /** Asks for the log's head, and for the receipts that are missing of these segments. */
  ask(socket: PlayerSocket, hashes: Iterable<string>): Promise<void>;
};

/** A watcher who has seen nothing yet; `fault` is told of what cannot be. */
export function createLogWatcher(fault: (text: string) => void): LogWatcher {
  const checkpoints = new Set<string>();
  const receipts: HeldReceipt[] = [];
  const held = new Set<string>();
  let head: Checkpoint | null = null;

  async function askHead(socket: PlayerSocket): Promise<void> {
    const request = { size: head?.size ?? 0 };
    const answer = logAnswerSchema.parse(await socket.request(PLAYER_EVENTS.log, request, ANSWER_MS));
    const next = answer.kind === 'log' ? parseCheckpoint(answer.checkpoint) : null;
    if (answer.kind !== 'log' || !next) return fault(`I8: no log is shown: ${JSON.stringify(answer)}`);
    const proof = answer.consistency?.flatMap((part) => fromBase64(part) ?? []);
    if (head && (!proof || !isConsistent(head, next, proof, sha256)))
      fault(`I8: ${next.size} entries do not begin with the ${head.size} before`);
    checkpoints.add(answer.checkpoint);
    head = next;
  }

  async function askReceipts(socket: PlayerSocket, hashes: readonly string[]): Promise<void> {
    const answer = receiptsAnswerSchema.parse(await socket.request(PLAYER_EVENTS.receipts, { hashes }, ANSWER_MS));
    if (answer.kind !== 'receipts') return fault(`I8: no receipts are given: ${JSON.stringify(answer)}`);
    const { checkpoint } = answer;
    for (const { hash, index, proof } of answer.receipts) {
      held.add(hash);
      receipts.push({ hash, index, proof: proof.flatMap((part) => fromBase64(part) ?? []), checkpoint });
    }
  }

  return {
    checkpoints,
    receipts,
    async ask(socket, hashes) {
      await askHead(socket);
      const missing = [...hashes].filter((hash) => !held.has(hash)).slice(0, MAX_RECEIPTS);
      if (missing.length > 0) await askReceipts(socket, missing);
    },
  };
}
