/** The way to the server: requests and answers get lost, doubled, late or damaged, and an agent may end in the middle. */

import type { Segment } from '../../domain/proof/segment.ts';
import type { PlayerSocket } from '../../main/link/socket-port.ts';
import type { SegmentAnswer } from '../../protocol/player-link.ts';
import { segmentSchema } from '../../protocol/proof.ts';
import type { Chance } from './chance.ts';
import { AgentGone, type Fuse } from './crash-point.ts';
import type { FaultRates } from './fault-plan.ts';

/** What the network did with segments. */
export type NetworkCounts = {
  sent: number;
  lost: number;
  unanswered: number;
  doubled: number;
  late: number;
  damaged: number;
};

/** The server's end of a connection. */
export type Receiver = {
  push(segment: Segment): Promise<SegmentAnswer>;
  /** The store refuses the next write, having made it or not. */
  failNext(twin: 'applied' | 'not-applied'): void;
};

/** A network without a segment on it. */
export function emptyNetworkCounts(): NetworkCounts {
  return { sent: 0, lost: 0, unanswered: 0, doubled: 0, late: 0, damaged: 0 };
}

/** Sockets of one screen that share what is still under way; `counts` is kept up to date. */
export function createSimulatedNetwork(deps: {
  receiver: Receiver;
  chance: Chance;
  rates: FaultRates['network'];
  fuse: Fuse;
  counts: NetworkCounts;
}): PlayerSocket {
  const { receiver, chance, rates, fuse, counts } = deps;
  /** Copies that the network still holds and hands over some time later. */
  const held: { segment: Segment; inRequests: number }[] = [];

  async function deliverHeld(): Promise<void> {
    for (const copy of held) copy.inRequests -= 1;
    while (held[0] && held[0].inRequests <= 0) {
      const copy = held.shift();
      if (copy) await receiver.push(copy.segment);
    }
  }

  async function send(segment: Segment): Promise<SegmentAnswer> {
    counts.sent += 1;
    const end = fuse.at('send');
    if (end === 'before') throw new AgentGone('the agent ended before its request left');
    if (chance.happens(rates.lost)) {
      counts.lost += 1;
      throw new Error('connection lost: request');
    }
    if (chance.happens(rates.storeFails)) receiver.failNext(chance.happens(0.5) ? 'applied' : 'not-applied');
    if (chance.happens(rates.late)) {
      counts.late += 1;
      held.push({ segment, inRequests: chance.int(1, 6) });
    }
    if (chance.happens(rates.doubled)) {
      counts.doubled += 1;
      await receiver.push(segment);
    }
    const answer = await receiver.push(chance.happens(rates.damaged) ? damaged(segment, counts) : segment);
    if (end !== null) throw new AgentGone('the agent ended before the answer came');
    if (chance.happens(rates.unanswered)) {
      counts.unanswered += 1;
      throw new Error('connection lost: answer');
    }
    return answer;
  }

  return {
    async request(_event, body) {
      await deliverHeld();
      return send(segmentSchema.parse(body));
    },
    tell: () => undefined,
    on: () => undefined,
    onClose: () => undefined,
    close: () => undefined,
  };
}

/** One digit of the body is another one when it arrives. */
function damaged(segment: Segment, counts: NetworkCounts): Segment {
  counts.damaged += 1;
  return { ...segment, body: segment.body.replace(/[1-8]/, (digit) => String(Number(digit) + 1)) };
}
