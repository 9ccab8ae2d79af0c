/** The server's log as this player sees it: its head, and the receipts of what was stored. */
import type { Beacon } from '../../domain/proof/segment.ts';
import type { PlayerSocket } from '../link/socket-port.ts';
import { messageOf } from '../log.ts';
import { createLogMemory, type LogMemoryDeps } from './log-memory.ts';
import { createReceipts, type ReceiptsDeps } from './receipts.ts';

/** The player's end of the log. */
export type ProofLog = {
  /** The last verified checkpoint, as segments name it. */
  beacon(): Beacon | null;
  /** As in the memory: a log of this name is the one believed or one that it follows; it is followed by another. */
  isOwn(origin: string): boolean;
  isReplaced(origin: string): boolean;
  /** A connection over which the log may be asked, or null when it is gone. */
  setSocket(socket: PlayerSocket | null): void;
  /** The player was released from its screen, and may come to another server with another log. */
  leave(): void;
  stop(): void;
};

/** Opens what is stored in `folder`. */
export function createProofLog(deps: LogMemoryDeps & Omit<ReceiptsDeps, 'memory'>): ProofLog {
  const memory = createLogMemory(deps);
  const receipts = createReceipts({ ...deps, memory });
  return {
    beacon: memory.beacon,
    isOwn: memory.isOwn,
    isReplaced: memory.isReplaced,
    setSocket: receipts.setSocket,
    leave() {
      try {
        memory.leave();
      } catch (error) {
        deps.log('error', 'what is known of the log could not be put away', { error: messageOf(error) });
      }
    },
    stop: receipts.stop,
  };
}
