/** What the server has to do with segments, by the rules of SPEC alone (S10 to S19, G2 to G5): shares no code with it. */
import type { SegmentAnswer } from '../../../protocol/player-link.ts';
import type { ScreenDayCounters, VerifiedSegment } from '../../../server/stores/ledger-store.ts';

/** A segment as it arrives: as it was made, or with what is wrong with it; `hash` is of the header as it arrives. */
export type Arrival = {
  facts: VerifiedSegment;
  fault: string | null;
  hash: string;
  /** The program that its header names and nobody here knows; null where it is known, or its device said that it has it no more. */
  lacks: string | null;
  /** Its device says that what lies between it and the last one stored is not there any more. */
  afterGap: boolean;
};

/** An epoch of a device: what is stored, and the hashes of what is in quarantine, by number. */
type Epoch = { stored: Map<number, VerifiedSegment>; quarantined: Map<number, Set<string>> };

/** The model. */
export type IngestModel = {
  /** What is answered; from then on it is so. */
  push(arrival: Arrival): SegmentAnswer;
  /** Where a device's journal goes on. */
  position(device: string): { epoch: number; nextSegment: number } | null;
  stored(): VerifiedSegment[];
  counters(): ScreenDayCounters[];
  /** The log's entries in their order, as {@link entryName} names them. */
  readonly entries: readonly string[];
};

/** A server that has one program. */
export function createIngestModel(program: string): IngestModel {
  const devices = new Map<string, Map<number, Epoch>>();
  const entries: string[] = [`program ${program}`];
  const forks = new Set<string>();

  function epochOf(device: string, number: number): Epoch {
    const epochs = devices.get(device) ?? new Map<number, Epoch>();
    devices.set(device, epochs);
    const epoch = epochs.get(number) ?? { stored: new Map(), quarantined: new Map() };
    epochs.set(number, epoch);
    return epoch;
  }

  /** Kept aside once for each hash; where the header cannot be read it stands for no place. */
  function quarantine({ facts, hash, fault }: Arrival, reason: string): SegmentAnswer {
    const isReadable = fault !== 'header-malformed';
    const { epoch, segment } = isReadable ? facts : { epoch: -1, segment: -1 };
    const { quarantined } = epochOf(facts.device, epoch);
    const hashes = quarantined.get(segment) ?? new Set();
    quarantined.set(segment, hashes);
    if (!hashes.has(hash)) entries.push(`quarantine ${facts.device} ${epoch}/${segment} ${hash}`);
    hashes.add(hash);
    return { kind: 'quarantined', hash, reason };
  }

  function push(arrival: Arrival): SegmentAnswer {
    const { facts, fault, hash } = arrival;
    if (fault !== null) return quarantine(arrival, fault);
    if (arrival.lacks !== null) return { kind: 'need-program', program: arrival.lacks };
    const { device, epoch: number, segment } = facts;
    const epoch = epochOf(device, number);
    const place = { epoch: number, segment };
    const same = epoch.stored.get(segment);
    if (same?.hash === hash) return { kind: 'stored', ...place, hash };
    if (same) {
      if (!forks.has(hash)) entries.push(`fork ${device} ${number}/${segment} ${hash}`);
      forks.add(hash);
      return { kind: 'fork', ...place, hash: same.hash };
    }
    const next = nextOf(epoch);
    if (segment > next && !arrival.afterGap) return { kind: 'rewind', epoch: number, segment: next };
    if (!fits(facts, epoch)) return quarantine(arrival, 'discontinuous');
    if (segment > next) entries.push(`missing ${device} ${number}/${next} ${segment}`);
    epoch.stored.set(segment, facts);
    entries.push(`segment ${device} ${number}/${segment} ${hash}`);
    for (const close of facts.dayCloses) entries.push(`dayclose ${device} ${close.date} ${close.record} ${hash}`);
    return { kind: 'stored', ...place, hash };
  }

  const stored = (): VerifiedSegment[] =>
    [...devices.values()].flatMap((epochs) => [...epochs.values()].flatMap((epoch) => [...epoch.stored.values()]));

  return {
    push,
    stored,
    entries,
    counters: () => countersOf(stored()),
    position(device) {
      const begun = [...(devices.get(device) ?? [])].filter(([, epoch]) => nextOf(epoch) > 0);
      const [last] = begun.sort(([a], [b]) => b - a);
      return last ? { epoch: last[0], nextSegment: nextOf(last[1]) } : null;
    },
  };
}

/** Behind everything stored, and behind what is in quarantine there without a gap (S12, S15). */
function nextOf({ stored, quarantined }: Epoch): number {
  let next = Math.max(-1, ...stored.keys()) + 1;
  while (quarantined.has(next)) next += 1;
  return next;
}

/** Whether a segment fits between its stored neighbours; every number between that is not stored holds a record at least (S13 to S16). */
function fits({ segment, firstSeq, count, prev, hash }: VerifiedSegment, { stored }: Epoch): boolean {
  if (segment === 0 ? prev !== null || firstSeq !== 0 : prev === null) return false;
  const before = [...stored.values()]
    .filter((other) => other.segment < segment)
    .sort((a, b) => b.segment - a.segment)[0];
  const after = [...stored.values()]
    .filter((other) => other.segment > segment)
    .sort((a, b) => a.segment - b.segment)[0];
  const leastSeq = (before ? before.firstSeq + before.count : 0) + (segment - 1 - (before?.segment ?? -1));
  const isNext = before?.segment === segment - 1;
  if (isNext && (prev !== before.hash || firstSeq !== leastSeq)) return false;
  if (segment > 0 && !isNext && firstSeq < leastSeq) return false;
  if (!after) return true;
  const end = firstSeq + count + (after.segment - 1 - segment);
  return after.segment === segment + 1 ? after.prev === hash && after.firstSeq === end : after.firstSeq >= end;
}

type Day = Omit<ScreenDayCounters, 'closed'> & { ends: VerifiedSegment[] };

/** Counters of all screen-days: sums of what is stored, and closed by the last end of day in reading order once all it signs is there (S17, S18). */
function countersOf(stored: readonly VerifiedSegment[]): ScreenDayCounters[] {
  const days = new Map<string, Day>();
  const dayOf = (screen: string, date: string): Day => {
    const day = days.get(`${date} ${screen}`) ?? { screen, date, plays: {}, makeGoods: {}, airtimeMs: {}, ends: [] };
    days.set(`${date} ${screen}`, day);
    return day;
  };
  for (const segment of stored) {
    for (const { date, commitment, plays, makeGoods, airtimeMs } of segment.deltas) {
      const day = dayOf(segment.screen, date);
      day.plays[commitment] = (day.plays[commitment] ?? 0) + plays;
      day.makeGoods[commitment] = (day.makeGoods[commitment] ?? 0) + makeGoods;
      day.airtimeMs[commitment] = (day.airtimeMs[commitment] ?? 0) + airtimeMs;
    }
    for (const { date } of segment.dayCloses) dayOf(segment.screen, date).ends.push(segment);
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { ends, ...day }]) => ({ ...day, closed: closedBy(day, ends) }));
}

function closedBy({ date, plays }: Omit<Day, 'ends'>, ends: readonly VerifiedSegment[]): ScreenDayCounters['closed'] {
  const last = ends
    .toSorted(inReadingOrder)
    .at(-1)
    ?.dayCloses.findLast((close) => close.date === date);
  if (!last) return null;
  const isComplete = Object.entries(last.plays).every(([id, count]) => (plays[id] ?? 0) >= count);
  return isComplete ? { short: last.short, plays: last.plays } : null;
}

const inReadingOrder = (a: VerifiedSegment, b: VerifiedSegment): number =>
  a.firstAtMs - b.firstAtMs ||
  (a.device < b.device ? -1 : a.device > b.device ? 1 : 0) ||
  a.epoch - b.epoch ||
  a.segment - b.segment;

/** An entry of the log by what it is of, without the reasons that only people read. */
export function entryName(text: string): string {
  const entry: Record<string, string | number> = JSON.parse(text);
  const { kind, device, epoch, segment, hash, date, record } = entry;
  if (kind === 'program') return `program ${hash}`;
  if (kind === 'missing') return `missing ${device} ${epoch}/${entry.from} ${entry.to}`;
  if (kind === 'dayclose') return `dayclose ${device} ${date} ${record} ${hash}`;
  return `${kind} ${device} ${epoch}/${segment} ${hash}`;
}
