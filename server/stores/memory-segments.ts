/** Segments, quarantine and counters in memory. */
import { type ChainLink, type ChainView, decideChain, nextNumber } from '../../domain/proof/chain.ts';
import type { BadSegment, IngestOutcome, SegmentLedger, VerifiedSegment, VerifiedSegmentRow } from './ledger-store.ts';
import { dayCloseEntries, missingEntry, quarantineEntry, segmentEntry } from './log-entries.ts';
import type { MemoryLog } from './memory-log.ts';
import {
  addToScreenDay,
  changesByDate,
  comparePlaces,
  emptyScreenDay,
  type ScreenDay,
  toCounters,
} from './screen-day.ts';
import { isInSpan, type SegmentQuery } from './segment-reader.ts';

/** The segment ledger in memory; `find` gives a stored segment by its hash. */
export type MemorySegments = SegmentLedger & { find(hash: string): VerifiedSegment | null };

/** One epoch of a device: stored segments by number, the highest of these, numbers in quarantine by number and hash. */
type Epoch = { stored: Map<number, VerifiedSegment>; last: number; quarantined: Map<string, number> };

/** The segment ledger in memory, whose segments join `log`; `assertOpen` throws once it is closed. */
export function createMemorySegments(log: MemoryLog, assertOpen: () => void): MemorySegments {
  const devices = new Map<string, Map<number, Epoch>>();
  const byHash = new Map<string, VerifiedSegment>();
  const screenDays = new Map<string, { screen: string; date: string; day: ScreenDay }>();

  function epochOf(device: string, epoch: number): Epoch {
    const epochs = devices.get(device) ?? new Map<number, Epoch>();
    devices.set(device, epochs);
    const found = epochs.get(epoch) ?? { stored: new Map(), last: -1, quarantined: new Map() };
    epochs.set(epoch, found);
    return found;
  }

  function ingestOne(segment: VerifiedSegment): IngestOutcome {
    const epoch = epochOf(segment.device, segment.epoch);
    const view = viewOf(epoch, segment.segment);
    const decision = decideChain(segment, view);
    switch (decision.kind) {
      case 'again':
        return { kind: 'stored', again: true };
      case 'rewind':
        return decision;
      case 'fork':
        log.add(segmentEntry('fork', segment), null);
        return decision;
      case 'discontinuous':
        keepAside(epoch, { ...segment, reason: decision.reason });
        return { kind: 'discontinuous' };
      case 'store':
        if (segment.segment > view.next) log.add(missingEntry(segment, view.next), null);
        keep(epoch, copyOf(segment));
        epoch.last = Math.max(epoch.last, segment.segment);
        count(segment);
        log.add(segmentEntry('segment', segment), segment.hash);
        for (const entry of dayCloseEntries(segment)) log.add(entry, null);
        return { kind: 'stored', again: false };
    }
  }

  function keep(epoch: Epoch, segment: VerifiedSegment): void {
    epoch.stored.set(segment.segment, segment);
    byHash.set(segment.hash, segment);
  }

  function keepAside(epoch: Epoch, bad: Omit<BadSegment, 'header' | 'signature' | 'body'>): void {
    const key = quarantineKey(bad);
    if (epoch.quarantined.has(key)) return;
    epoch.quarantined.set(key, bad.segment);
    log.add(quarantineEntry(bad), null);
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
    const found = [...byHash.values()].filter(
      (s) => (query.screen === null || s.screen === query.screen) && isInSpan(s, query),
    );
    for (const segment of found.sort(comparePlaces)) {
      assertOpen();
      yield rowOf(segment);
    }
  }

  return {
    async ingest(batch) {
      assertOpen();
      return batch.map(ingestOne);
    },
    async quarantine(bad: BadSegment) {
      assertOpen();
      keepAside(epochOf(bad.device, bad.epoch), bad);
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
    find: (hash) => byHash.get(hash) ?? null,
  };
}

/** A segment as it is read back. */
export function rowOf({
  deltas: _,
  dayCloses: __,
  afterGap: ___,
  packed: ____,
  ...row
}: VerifiedSegment): VerifiedSegmentRow {
  return row;
}

const quarantineKey = ({ segment, hash }: { segment: number; hash: string }): string => `${segment} ${hash}`;

const copyOf = (segment: VerifiedSegment): VerifiedSegment => ({
  ...segment,
  deltas: segment.deltas.map((delta) => ({ ...delta })),
  dayCloses: segment.dayCloses.map((close) => structuredClone(close)),
});

function nextOf({ last, quarantined }: Epoch): number {
  const ahead = [...quarantined.values()].filter((n) => n > last);
  return nextNumber(
    last < 0 ? null : last,
    ahead.sort((a, b) => a - b),
  );
}

function viewOf(epoch: Epoch, number: number): ChainView {
  const { stored, last } = epoch;
  // Stored numbers lie close together: the nearest one is found in a step or two, save behind a long row in quarantine.
  const nearest = (from: number, step: 1 | -1): ChainLink | null => {
    for (let n = from; n >= 0 && n <= last; n += step) {
      const found = stored.get(n);
      if (found) return found;
    }
    return null;
  };
  return {
    next: nextOf(epoch),
    same: stored.get(number) ?? null,
    before: nearest(Math.min(number - 1, last), -1),
    after: nearest(number + 1, 1),
  };
}
