/** Segments, quarantine and counters in memory. */
import { type ChainLink, type ChainView, decideChain, nextNumber } from '../../domain/proof/chain.ts';
import type { BadSegment, IngestOutcome, SegmentLedger, VerifiedSegment, VerifiedSegmentRow } from './ledger-store.ts';
import {
  addToScreenDay,
  changesByDate,
  comparePlaces,
  emptyScreenDay,
  type ScreenDay,
  toCounters,
} from './screen-day.ts';
import { isInSpan, type SegmentQuery } from './segment-reader.ts';

/** One epoch of a device: stored segments by number, numbers in quarantine by number and hash. */
type Epoch = { stored: Map<number, VerifiedSegment>; quarantined: Map<string, number> };

/** The segment ledger in memory; `assertOpen` throws once it is closed. */
export function createMemorySegments(assertOpen: () => void): SegmentLedger {
  const devices = new Map<string, Map<number, Epoch>>();
  const screenDays = new Map<string, { screen: string; date: string; day: ScreenDay }>();

  function epochOf(device: string, epoch: number): Epoch {
    const epochs = devices.get(device) ?? new Map<number, Epoch>();
    devices.set(device, epochs);
    const found = epochs.get(epoch) ?? { stored: new Map(), quarantined: new Map() };
    epochs.set(epoch, found);
    return found;
  }

  function ingestOne(segment: VerifiedSegment): IngestOutcome {
    const epoch = epochOf(segment.device, segment.epoch);
    const decision = decideChain(segment, viewOf(epoch, segment.segment));
    switch (decision.kind) {
      case 'again':
        return { kind: 'stored', again: true };
      case 'rewind':
      case 'fork':
        return decision;
      case 'discontinuous':
        epoch.quarantined.set(quarantineKey(segment), segment.segment);
        return { kind: 'discontinuous' };
      case 'store':
        epoch.stored.set(segment.segment, structuredClone(segment));
        count(segment);
        return { kind: 'stored', again: false };
    }
  }

  function count(segment: VerifiedSegment): void {
    const { screen, deltas, dayCloses } = segment;
    for (const change of changesByDate(deltas, dayCloses)) {
      const key = `${screen} ${change.date}`;
      const entry = screenDays.get(key) ?? { screen, date: change.date, day: emptyScreenDay() };
      screenDays.set(key, entry);
      addToScreenDay(entry.day, change, segment);
    }
  }

  async function* read(query: SegmentQuery): AsyncGenerator<VerifiedSegmentRow> {
    assertOpen();
    const all = [...devices.values()].flatMap((epochs) => [...epochs.values()].flatMap((e) => [...e.stored.values()]));
    const found = all.filter((s) => (query.screen === null || s.screen === query.screen) && isInSpan(s, query));
    for (const { deltas: _, dayCloses: __, ...row } of found.sort(comparePlaces)) {
      assertOpen();
      yield { ...row };
    }
  }

  return {
    async ingest(batch) {
      assertOpen();
      return batch.map(ingestOne);
    },
    async quarantine(bad: BadSegment) {
      assertOpen();
      epochOf(bad.device, bad.epoch).quarantined.set(quarantineKey(bad), bad.segment);
    },
    async position(device) {
      assertOpen();
      const begun = [...(devices.get(device) ?? [])].filter(([, epoch]) => nextOf(epoch) > 0);
      const highest = begun.sort(([a], [b]) => b - a)[0];
      return highest ? { epoch: highest[0], nextSegment: nextOf(highest[1]) } : null;
    },
    async counters({ from, to, screen }) {
      assertOpen();
      return [...screenDays.values()]
        .filter((e) => e.date >= from && e.date <= to && (screen === null || e.screen === screen))
        .sort((a, b) => (a.date === b.date ? (a.screen < b.screen ? -1 : 1) : a.date < b.date ? -1 : 1))
        .map((e) => toCounters(e.screen, e.date, e.day));
    },
    segments: read,
  };
}

const quarantineKey = ({ segment, hash }: { segment: number; hash: string }): string => `${segment} ${hash}`;

function nextOf({ stored, quarantined }: Epoch): number {
  const last = stored
    .keys()
    .reduce<number | null>((highest, n) => (highest === null || n > highest ? n : highest), null);
  return nextNumber(
    last,
    [...quarantined.values()].filter((n) => n > (last ?? -1)).sort((a, b) => a - b),
  );
}

function viewOf(epoch: Epoch, number: number): ChainView {
  const neighbour = (numbers: number[]): ChainLink | null => epoch.stored.get(numbers[0] ?? -1) ?? null;
  const numbers = [...epoch.stored.keys()];
  return {
    next: nextOf(epoch),
    same: epoch.stored.get(number) ?? null,
    before: neighbour(numbers.filter((n) => n < number).sort((a, b) => b - a)),
    after: neighbour(numbers.filter((n) => n > number).sort((a, b) => a - b)),
  };
}
