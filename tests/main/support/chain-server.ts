/** A server in memory that keeps segments by the chain rule of each epoch, over a socket that answers after a round trip of its own. */
import { type ChainLink, decideChain, nextNumber } from '../../../domain/proof/chain.ts';
import type { ProofRecord } from '../../../domain/proof/record.ts';
import { bodyLines, headerHash } from '../../../domain/proof/segment.ts';
import type { PlayerSocket } from '../../../main/link/socket-port.ts';
import { sha256 } from '../../../main/sha256.ts';
import { type SegmentAnswer, type SegmentPush, segmentPushSchema } from '../../../protocol/player-link.ts';
import { recordSchema, segmentHeaderSchema } from '../../../protocol/proof.ts';
import type { ManualTime } from './manual-time.ts';

export type ChainServer = {
  /** What came, in order: `epoch/segment` and when (manual monotonic ms). */
  arrivals: { at: string; epoch: number; segment: number; m: number }[];
  records(): ProofRecord[];
  /** Answers that were no plain `stored`. */
  odd: SegmentAnswer[];
  /** Most requests that were under way at once. */
  mostInFlight: number;
  /** The number of a segment that is answered as quarantined. */
  refuses: number | null;
  /** Programs that it has; null: it asks for none. */
  programs: Map<string, string> | null;
  /** Goes back to what it had when `keeps` was true of a segment. */
  lose(keeps: (at: { epoch: number; segment: number }) => boolean): void;
  connect(roundTripMs: number): PlayerSocket;
};

export function createChainServer(time: ManualTime): ChainServer {
  const kept = new Map<number, Map<number, ChainLink & { body: string }>>();
  const aside = new Map<number, Set<number>>();
  let inFlight = 0;

  function take({ afterGap, withoutProgram, ...segment }: SegmentPush): SegmentAnswer {
    const header = segmentHeaderSchema.parse(JSON.parse(segment.header));
    const { epoch, segment: number, firstSeq, count, prev, program } = header;
    const link: ChainLink = { epoch, segment: number, firstSeq, count, prev, hash: headerHash(segment.header, sha256) };
    const chain = kept.get(epoch) ?? new Map();
    kept.set(epoch, chain);
    self.arrivals.push({ at: `${epoch}/${number}`, epoch, segment: number, m: time.raw.monoMs() });
    const bad = aside.get(epoch) ?? new Set();
    aside.set(epoch, bad);
    const quarantine = (reason: string): SegmentAnswer => {
      bad.add(number);
      return { kind: 'quarantined', hash: link.hash, reason };
    };
    if (self.refuses === number) return quarantine('root-wrong');
    if (self.programs && program !== null && !self.programs.has(program) && !withoutProgram) {
      return { kind: 'need-program', program };
    }
    const numbers = [...chain.keys()].sort((a, b) => a - b);
    const at = (n: number | undefined): ChainLink | null => (n === undefined ? null : (chain.get(n) ?? null));
    const view = {
      next: nextNumber(
        numbers.at(-1) ?? null,
        [...bad].sort((a, b) => a - b),
      ),
      same: at(number),
      before: at(numbers.findLast((n) => n < number)),
      after: at(numbers.find((n) => n > number)),
    };
    const decision = decideChain({ ...link, afterGap: afterGap === true }, view);
    switch (decision.kind) {
      case 'store':
      case 'again':
        chain.set(number, { ...link, body: segment.body });
        return { kind: 'stored', epoch, segment: number, hash: link.hash };
      case 'rewind':
        return { kind: 'rewind', epoch, segment: decision.segment };
      case 'fork':
        return { kind: 'fork', epoch, segment: number, hash: decision.storedHash };
      case 'discontinuous':
        return quarantine(decision.reason);
    }
  }

  const self: ChainServer = {
    arrivals: [],
    odd: [],
    mostInFlight: 0,
    refuses: null,
    programs: null,
    lose(keeps) {
      for (const [epoch, chain] of kept) {
        for (const segment of [...chain.keys()]) if (!keeps({ epoch, segment })) chain.delete(segment);
        for (const segment of aside.get(epoch) ?? []) if (!keeps({ epoch, segment })) aside.get(epoch)?.delete(segment);
      }
    },
    records: () =>
      [...kept]
        .sort(([a], [b]) => a - b)
        .flatMap(([, chain]) => [...chain].sort(([a], [b]) => a - b))
        .flatMap(([, { body }]) => bodyLines(body).map((line) => recordSchema.parse(JSON.parse(line)))),
    connect: (roundTripMs) => ({
      request: (_event, body) =>
        new Promise((resolve) => {
          inFlight += 1;
          self.mostInFlight = Math.max(self.mostInFlight, inFlight);
          time.timers.after(roundTripMs, () => {
            inFlight -= 1;
            const answer = take(segmentPushSchema.parse(body));
            if (answer.kind !== 'stored') self.odd.push(answer);
            resolve(answer);
          });
        }),
      tell: () => undefined,
      on: () => undefined,
      onClose: () => undefined,
      close: () => undefined,
    }),
  };
  return self;
}
