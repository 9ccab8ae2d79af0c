/** Ports of the ledger: verified segments with their counters, documents by hash, incidents. */
import type { CounterDelta } from '../../domain/proof/count-plays.ts';
import type { IncidentKind } from '../../protocol/player-link.ts';
import type { BodyStore } from './body-store.ts';
import type { LogStore } from './log-store.ts';
import type { PackedTexts } from './packed-segment.ts';

/** A signed end of day in a segment. `record`: SHA-256 of its line, hexadecimal. */
export type DayClose = { record: string; date: string; plays: Record<string, number>; short: Record<string, string> };

/** A verified segment on its way into the ledger. Times are UTC ms of its first and last record; `hash` is of the header. */
export type VerifiedSegment = {
  device: string;
  screen: string;
  epoch: number;
  segment: number;
  firstSeq: number;
  count: number;
  hash: string;
  prev: string | null;
  header: string;
  signature: string;
  body: string;
  firstAtMs: number;
  lastAtMs: number;
  receivedAtMs: number;
  deltas: CounterDelta[];
  dayCloses: DayClose[];
  /** Its device says that it has no more of what lies between the last one stored and this. */
  afterGap?: boolean;
  /** Header and body as the embedded ledger keeps them, where whoever verified the segment packed it too; it packs by itself where that is left out. */
  packed?: PackedTexts;
};

/** A segment that failed verification, kept aside; it stands for its place in the chain so that it blocks nothing after it. */
export type BadSegment = {
  device: string;
  epoch: number;
  segment: number;
  firstSeq: number;
  count: number;
  hash: string;
  header: string;
  signature: string;
  body: string;
  receivedAtMs: number;
  reason: string;
};

/**
 * What became of a segment: `stored` (also when the same hash was there before), `rewind` to the segment expected next,
 * `fork` (another hash is stored under this number; both are kept and the first counts), `discontinuous` (prev or firstSeq does
 * not follow the segment before; kept in quarantine by the store with that reason).
 */
export type IngestOutcome =
  | { kind: 'stored'; again: boolean }
  | { kind: 'rewind'; epoch: number; segment: number }
  | { kind: 'fork'; storedHash: string }
  | { kind: 'discontinuous' };

/** Counts of one screen-day, by commitment id. `closed`: the player's signed end of day has arrived, and with it every play it signs (`plays`). */
export type ScreenDayCounters = {
  screen: string;
  date: string;
  plays: Record<string, number>;
  makeGoods: Record<string, number>;
  airtimeMs: Record<string, number>;
  closed: { short: Record<string, string>; plays: Record<string, number> } | null;
};

/** Where a device's journal goes on as far as it is stored or quarantined. */
export type ChainPosition = { epoch: number; nextSegment: number };

/** Proof store. Every adapter passes the suite in `tests/contracts/ledger-contract.ts`. */
export type SegmentLedger = {
  /** Stores a batch in one durable transaction, in order; the outcomes are true once it resolves. */
  ingest(batch: readonly VerifiedSegment[]): Promise<IngestOutcome[]>;
  /** Keeps a bad segment aside, once per hash, durably. */
  quarantine(bad: BadSegment): Promise<void>;
  /** Next segment expected of a device in its highest epoch; null where nothing is known of it. */
  position(device: string): Promise<ChainPosition | null>;
  /** Counters of screen-days from `from` to `to` (dates, inclusive), of one screen or of all. */
  counters(query: { from: string; to: string; screen: string | null }): Promise<ScreenDayCounters[]>;
  /** Stored segments that hold a record in [fromMs, toMs), of one screen or of all, in order of (firstAtMs, device, epoch, segment). */
  segments(query: { fromMs: number; toMs: number; screen: string | null }): AsyncIterable<VerifiedSegmentRow>;
};

/** A stored segment as read back; `body` is empty once it was dropped. */
export type VerifiedSegmentRow = Omit<VerifiedSegment, 'deltas' | 'dayCloses' | 'afterGap' | 'packed'>;

/** Documents by the SHA-256 of their bytes, kept for ever: programs and manifests that records refer to. */
export type DocumentStore = {
  /** Keeps a document, durably; the same hash again changes nothing. */
  put(hash: string, kind: 'program', body: string): Promise<void>;
  /** The document's text, or null. */
  get(hash: string): Promise<string | null>;
};

/** A trouble of a screen, from its opening to its end. At most one of a kind is open for a screen. */
export type IncidentRow = {
  id: string;
  screenId: string;
  kind: IncidentKind;
  detail: string;
  openedAtMs: number;
  closedAtMs: number | null;
};

/** Incidents, open and past. */
export type IncidentStore = {
  /** Writes an incident under its id. */
  save(incident: IncidentRow): Promise<void>;
  /** All open ones and the latest `limit` closed ones, newest first. */
  list(limit: number): Promise<IncidentRow[]>;
};

/** The stores that share the ledger's file. */
export type Ledger = {
  segments: SegmentLedger;
  documents: DocumentStore;
  incidents: IncidentStore;
  log: LogStore;
  bodies: BodyStore;
  /** Closes the file; later calls reject. */
  close(): Promise<void>;
};
