/** Chains of well-formed segments as a verified push would give them to the ledger, with their program. */
import { createHash } from 'node:crypto';
import type { Program } from '../../domain/plan/program.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import type { CounterDelta } from '../../domain/proof/count-plays.ts';
import type { DayCloseRecord, PlayRecord, ProofRecord, ShortfallReason } from '../../domain/proof/record.ts';
import { headerHash, recordLine, recordsRoot, type SegmentHeader } from '../../domain/proof/segment.ts';
import type { BadSegment, Ledger, VerifiedSegment } from '../../server/stores/ledger-store.ts';
import { commitmentOf, programOf } from './random-program.ts';

const sha256 = (...parts: readonly (Uint8Array | string)[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** SHA-256 of a text, hexadecimal: an id or hash for tests. */
export const shaOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const FILM_MS = 30_000;
const LOOP_MS = 15_000;
/** 2026-07-01 00:00 in Shanghai. */
export const CHAIN_START_MS = Date.UTC(2026, 5, 30, 16);

/** The program all chains play: commitments `c1` and `c2`, and a loop. */
export const CHAIN_PROGRAM: Program = programOf([commitmentOf('c1'), commitmentOf('c2')], {
  manifest: Object.fromEntries(
    ['film-c1', 'film-c2', 'loop-a'].map((item) => [
      item,
      { type: 'video', sha: shaOf(item), bytes: 1, mime: 'video/mp4', durationMs: FILM_MS, name: item },
    ]),
  ),
});
/** Its text and hash, as the document store keeps it. */
export const CHAIN_PROGRAM_TEXT = canonicalJson(CHAIN_PROGRAM);
export const CHAIN_PROGRAM_HASH = shaOf(CHAIN_PROGRAM_TEXT);

/** Stores it, as the server has a program before it takes segments that name it. */
export const putChainProgram = ({ documents }: Pick<Ledger, 'documents'>): Promise<void> =>
  documents.put(CHAIN_PROGRAM_HASH, 'program', CHAIN_PROGRAM_TEXT);

/** What a record of a chain is to be. */
export type Spec =
  | { kind: 'play'; commitment: 'c1' | 'c2' | null; date?: string; makeGood?: boolean; cut?: boolean }
  | { kind: 'end'; date?: string; short?: Record<string, ShortfallReason>; plays?: Record<string, number> };

/** A counted play of `c1`. */
export const PLAY: Spec = { kind: 'play', commitment: 'c1' };

/** Where a chain goes on. */
export type ChainEnd = {
  screen: string;
  device: string;
  epoch: number;
  segment: number;
  seq: number;
  prev: string | null;
  atMs: number;
};

/** The beginning of an epoch. */
export function chainStart(name = 'a', epoch = 0, atMs = CHAIN_START_MS): ChainEnd {
  return { screen: `screen-${name}`, device: shaOf(`device ${name}`), epoch, segment: 0, seq: 0, prev: null, atMs };
}

/** The next segment of a chain, and where the chain goes on after it. */
export function nextSegment(
  end: ChainEnd,
  specs: readonly Spec[] = [PLAY],
): { segment: VerifiedSegment; end: ChainEnd } {
  const records = specs.map((spec, i) => recordOf(spec, end.seq + i, end.atMs + i * FILM_MS));
  const lines = records.map((record) => recordLine(record).slice(0, -1));
  const lastAtMs = Math.max(...records.map((r) => r.t1));
  const header: SegmentHeader = {
    v: 1,
    screen: end.screen,
    device: end.device,
    epoch: end.epoch,
    boot: 'boot-1',
    segment: end.segment,
    firstSeq: end.seq,
    count: records.length,
    root: recordsRoot(lines, sha256),
    prev: end.prev,
    program: CHAIN_PROGRAM_HASH,
    manifest: null,
    build: 'test',
    clock: { source: 'server', lastSyncMs: end.atMs, errorMs: 5 },
    beacon: null,
    closedAt: lastAtMs,
  };
  const text = canonicalJson(header);
  const hash = headerHash(text, sha256);
  const segment: VerifiedSegment = {
    device: end.device,
    screen: end.screen,
    epoch: end.epoch,
    segment: end.segment,
    firstSeq: end.seq,
    count: records.length,
    hash,
    prev: end.prev,
    header: text,
    signature: Buffer.alloc(64, end.segment % 251).toString('base64'),
    body: `${lines.join('\n')}\n`,
    firstAtMs: Math.min(...records.map((r) => r.t0)),
    lastAtMs,
    receivedAtMs: lastAtMs + 1000,
    deltas: deltasOf(specs),
    dayCloses: records.flatMap((r) =>
      r.kind === 'dayclose'
        ? [
            {
              record: shaOf(recordLine(r).trimEnd()),
              date: r.evidence.date,
              plays: r.evidence.plays,
              short: r.evidence.short,
            },
          ]
        : [],
    ),
  };
  const next = {
    ...end,
    segment: end.segment + 1,
    seq: end.seq + records.length,
    prev: hash,
    atMs: end.atMs + records.length * FILM_MS,
  };
  return { segment, end: next };
}

/** A whole chain: one segment for each list of records. */
export function chainOf(start: ChainEnd, lists: readonly (readonly Spec[])[]): VerifiedSegment[] {
  let end = start;
  return lists.map((specs) => {
    const made = nextSegment(end, specs);
    end = made.end;
    return made.segment;
  });
}

/** A chain of `length` segments of one counted play each. */
export const plainChain = (start: ChainEnd, length: number): VerifiedSegment[] =>
  chainOf(
    start,
    Array.from({ length }, () => [PLAY]),
  );

/** The segment as it would be kept aside: with its own header hash, or that of a header damaged under way. */
export function badOf(segment: VerifiedSegment, damage: 'body' | 'header' = 'body'): BadSegment {
  const { device, epoch, segment: number, firstSeq, count, header, signature, body, receivedAtMs } = segment;
  const hash = damage === 'body' ? segment.hash : shaOf(`damaged ${segment.hash}`);
  const place = { device, epoch, segment: number, firstSeq, count };
  return { ...place, hash, header, signature, body: `${body}x`, receivedAtMs, reason: 'signature-wrong' };
}

function recordOf(spec: Spec, seq: number, t0: number): ProofRecord {
  const m0 = t0 - CHAIN_START_MS;
  const date = spec.date ?? '2026-07-01';
  if (spec.kind === 'end') return endOf(spec, date, { seq, t0, t1: t0, m0, m1: m0 });
  const durationMs = spec.commitment === null ? LOOP_MS : FILM_MS;
  const item = spec.commitment === null ? 'loop-a' : `film-${spec.commitment}`;
  const ranMs = spec.cut ? durationMs - 5000 : durationMs;
  return {
    kind: 'play',
    seq,
    t0,
    t1: t0 + ranMs,
    m0,
    m1: m0 + ranMs,
    item,
    sha: shaOf(item),
    campaign: spec.commitment === null ? null : `campaign-${spec.commitment}`,
    commitment: spec.commitment,
    slot: `${date}/${t0}`,
    outcome: spec.cut ? 'cut' : 'complete',
    reason: spec.commitment === null ? 'filler' : spec.makeGood ? 'make-good' : 'scheduled',
    evidence: { expectedMs: durationMs, frames: 100, dropped: 0, visible: 1 },
  } satisfies PlayRecord;
}

function endOf(
  spec: Spec & { kind: 'end' },
  date: string,
  times: Pick<DayCloseRecord, 'seq' | 't0' | 't1' | 'm0' | 'm1'>,
): DayCloseRecord {
  const evidence = { date, plays: spec.plays ?? {}, makeGoods: {}, short: spec.short ?? {} };
  return { kind: 'dayclose', ...times, reason: 'closed', evidence };
}

/** Counted by hand, so that a recount from bodies has something of its own to be held against. */
function deltasOf(specs: readonly Spec[]): CounterDelta[] {
  const deltas = new Map<string, CounterDelta>();
  for (const spec of specs) {
    if (spec.kind !== 'play' || spec.cut) continue;
    const date = spec.date ?? '2026-07-01';
    const commitment = spec.commitment ?? '';
    const delta = deltas.get(`${date} ${commitment}`) ?? { date, commitment, plays: 0, makeGoods: 0, airtimeMs: 0 };
    delta.plays += 1;
    if (spec.makeGood && spec.commitment !== null) delta.makeGoods += 1;
    delta.airtimeMs += spec.commitment === null ? LOOP_MS : FILM_MS;
    deltas.set(`${date} ${commitment}`, delta);
  }
  return [...deltas.values()];
}
