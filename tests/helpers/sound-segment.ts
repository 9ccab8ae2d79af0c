/** Segments that are sound by themselves, as a verifier's walk takes them. */
import type { SoundSegment } from '../../domain/proof/check-segment.ts';
import type { ProofRecord } from '../../domain/proof/record.ts';
import type { SegmentHeader } from '../../domain/proof/segment.ts';
import type { Unnumbered } from './test-device.ts';

/** Device of all of them. */
export const WALKER = 'd'.repeat(64);

/** The hash of the header of a segment. */
export const hashAt = (epoch: number, segment: number): string => `hash ${epoch}/${segment}`;

/** Nothing but that the screen is open, from `fromMs` to `toMs`. */
export const openRecord = (fromMs: number, toMs = fromMs): Unnumbered => ({
  ...{ kind: 'mode', t0: fromMs, t1: toMs, m0: fromMs, m1: toMs },
  ...{ reason: 'open', evidence: {} },
});

/** A segment of `records`; `over` says where it stands and what else differs. */
export function soundSegment(over: Partial<SegmentHeader>, records: readonly Unnumbered[]): SoundSegment {
  const header: SegmentHeader = {
    ...{ v: 1, screen: 'a', device: WALKER, epoch: 0, boot: 'boot-1', segment: 0, firstSeq: 0, count: records.length },
    ...{ root: '', prev: null, program: null, manifest: null, build: 'test' },
    ...{ clock: { source: 'server', lastSyncMs: 0, errorMs: 0 }, beacon: null, closedAt: 0 },
    ...over,
  };
  const numbered = records.map((record, k) => ({ ...record, seq: header.firstSeq + k }) as ProofRecord);
  return { header, hash: hashAt(header.epoch, header.segment), lines: [], records: numbered };
}
