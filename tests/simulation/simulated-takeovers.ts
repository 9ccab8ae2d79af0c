/** The emergency messages that the server knows of for one screen. */
import type { Interval } from '../../domain/time/interval.ts';
import type { Takeover } from '../../protocol/player-link.ts';

/** Messages: the one that started last stands. */
export type SimulatedTakeovers = {
  start(atMs: number, lengthMs: number): void;
  /** Takes back what stands. */
  end(atMs: number): void;
  standing(nowMs: number): Takeover | null;
  spans(): Interval[];
};

const MESSAGE = { text: '请立即疏散', textEn: 'Please leave now', theme: 'red' } as const;

/** None yet. */
export function createSimulatedTakeovers(): SimulatedTakeovers {
  const all: { push: Takeover; span: Interval }[] = [];
  const last = (nowMs: number): (typeof all)[number] | undefined => all.findLast(({ span }) => nowMs < span.endMs);
  return {
    start(startMs, lengthMs) {
      const endMs = startMs + lengthMs;
      all.push({ push: { id: `takeover-${all.length}`, ...MESSAGE, endsAtMs: endMs }, span: { startMs, endMs } });
    },
    end(atMs) {
      const one = last(atMs);
      if (one) one.span = { startMs: one.span.startMs, endMs: atMs };
    },
    standing: (nowMs) => last(nowMs)?.push ?? null,
    spans: () => all.map(({ span }) => span),
  };
}
