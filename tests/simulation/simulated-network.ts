/** The way to the server: requests and answers get lost, doubled, late, damaged or forged, and an agent may end in the middle. */
import type { PlayerSocket } from '../../main/link/socket-port.ts';
import { PLAYER_EVENTS, type SegmentAnswer, type SegmentPush, segmentPushSchema } from '../../protocol/player-link.ts';
import {
  type LogAnswer,
  logRequestSchema,
  type ReceiptsAnswer,
  receiptsRequestSchema,
  type SuccessionsAnswer,
} from '../../protocol/player-log.ts';
import type { Chance } from './chance.ts';
import { AgentGone, type Fuse } from './crash-point.ts';
import type { FaultRates } from './fault-rates.ts';
import { damaged, forged, forgedAnswer } from './forgery.ts';

/** What the network did with segments; `asked` and `lied`: questions to the log, and answers that were not the log's. */
export type NetworkCounts = Record<
  'sent' | 'lost' | 'unanswered' | 'doubled' | 'late' | 'damaged' | 'forged' | 'asked' | 'lied',
  number
>;

/** The server's end of a connection; rejects while nobody is there. */
export type Receiver = {
  push(segment: SegmentPush): Promise<SegmentAnswer>;
  logFrom(size: number): Promise<LogAnswer>;
  receiptsOf(hashes: readonly string[]): Promise<ReceiptsAnswer>;
  successions(): Promise<SuccessionsAnswer>;
  /** The store refuses the next write, having made it or not. */
  failNext(twin: 'applied' | 'not-applied'): void;
};

/** A network without a segment on it. */
export function emptyNetworkCounts(): NetworkCounts {
  return { sent: 0, lost: 0, unanswered: 0, doubled: 0, late: 0, damaged: 0, forged: 0, asked: 0, lied: 0 };
}

/** The network of a device: its socket, and whether anything is under way on it. */
export type SimulatedNetwork = { socket: PlayerSocket; isBusy(): boolean };

/** Sockets of one device that share what is still under way; `counts` is kept up to date, `rates` may change. */
export function createSimulatedNetwork(deps: {
  receiver: Receiver;
  chance: Chance;
  rates: () => FaultRates['network'];
  fuse: Fuse;
  counts: NetworkCounts;
}): SimulatedNetwork {
  const { receiver, chance, fuse, counts } = deps;
  /** Copies that the network still holds and hands over some time later. */
  const held: { segment: SegmentPush; inRequests: number }[] = [];
  let underWay = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** One request after another, so that chance is drawn in the same order however long the server takes over one. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    underWay += 1;
    const turn = last.then(act).finally(() => {
      underWay -= 1;
    });
    last = turn.catch(() => undefined);
    return turn;
  }

  function happens(what: keyof NetworkCounts & keyof FaultRates['network']): boolean {
    const isSo = chance.happens(deps.rates()[what]);
    if (isSo) counts[what] += 1;
    return isSo;
  }

  /** One that nobody waits for; a server that ends over it has had it or not. */
  const stray = (segment: SegmentPush): Promise<unknown> => receiver.push(segment).catch(() => null);

  async function deliverHeld(): Promise<void> {
    for (const copy of held) copy.inRequests -= 1;
    while (held[0] && held[0].inRequests <= 0) {
      const copy = held.shift();
      if (copy) await stray(copy.segment);
    }
  }

  /** Carries a request there and its answer back. */
  async function carry<T>(op: 'send' | 'ask', deliver: () => Promise<T>): Promise<T> {
    const end = fuse.at(op);
    if (end === 'before') throw new AgentGone('the agent ended before its request left');
    if (happens('lost')) throw new Error('connection lost: request');
    const answer = await deliver();
    if (end !== null) throw new AgentGone('the agent ended before the answer came');
    if (happens('unanswered')) throw new Error('connection lost: answer');
    return answer;
  }

  async function deliver(segment: SegmentPush): Promise<SegmentAnswer> {
    if (chance.happens(deps.rates().storeFails)) receiver.failNext(chance.happens(0.5) ? 'applied' : 'not-applied');
    if (happens('late')) held.push({ segment, inRequests: chance.int(1, 6) });
    if (happens('doubled')) await stray(segment);
    if (happens('forged')) await stray(forged(chance, segment));
    return receiver.push(happens('damaged') ? damaged(segment) : segment);
  }

  async function ask(event: string, body: unknown): Promise<LogAnswer | ReceiptsAnswer | SuccessionsAnswer> {
    counts.asked += 1;
    if (event === PLAYER_EVENTS.successions) return receiver.successions();
    const answer =
      event === PLAYER_EVENTS.log
        ? await receiver.logFrom(logRequestSchema.parse(body).size)
        : await receiver.receiptsOf(receiptsRequestSchema.parse(body).hashes);
    return happens('lied') ? forgedAnswer(chance, answer) : answer;
  }

  async function send(body: unknown): Promise<SegmentAnswer> {
    await deliverHeld();
    counts.sent += 1;
    return carry('send', () => deliver(segmentPushSchema.parse(body)));
  }

  const socket: PlayerSocket = {
    request: (event, body) =>
      inTurn(() => (event === PLAYER_EVENTS.segment ? send(body) : carry<unknown>('ask', () => ask(event, body)))),
    tell: () => undefined,
    on: () => undefined,
    onClose: () => undefined,
    close: () => undefined,
  };
  return { socket, isBusy: () => underWay > 0 };
}
