/** Walks through a device's segments as a bundle has them: each held against its signature, the log, the segment before it and what it names. */
import type { Program } from '../plan/program.ts';
import type { SoundSegment } from '../proof/check-segment.ts';
import type { Sha256 } from '../proof/merkle.ts';
import { contentHash, hex, type SegmentHeader } from '../proof/segment.ts';
import { createDeviceTimeline, type DeviceTimeline } from './device-timeline.ts';
import type { Finding } from './finding.ts';
import type { LogFacts } from './log-facts.ts';
import type { LogRange } from './log-range.ts';
import type { TrustedTimes } from './trusted-times.ts';

/** What segments are held against. */
export type WalkGround = {
  facts: LogFacts;
  range: LogRange;
  times: TrustedTimes;
  programs: ReadonlyMap<string, Program>;
  /** The log follows another one: beacons may be of that. */
  isAnew: boolean;
  sha256: Sha256;
};

/** A device's walk. */
export type DeviceWalk = {
  readonly device: string;
  readonly screen: string;
  readonly timeline: DeviceTimeline;
  /** Takes the next segment, sound by itself. */
  take(segment: SoundSegment): void;
  /** Whether the walk began with the first segment that the device ever made, as far as the log tells. */
  startsNew(): boolean;
  /** What cannot be said to be of one time. */
  findings: Finding[];
};

/** Starts a walk. */
export function createDeviceWalk(device: string, screen: string, ground: WalkGround): DeviceWalk {
  const { facts, range, times, programs, isAnew, sha256 } = ground;
  const timeline = createDeviceTimeline();
  const findings: Finding[] = [];
  const refused = new Map(facts.refusedOf(device).map((entry) => [`${entry.epoch}/${entry.segment}`, entry]));
  const forked = new Set(facts.forksOf(device).map(({ epoch, segment }) => `${epoch}/${segment}`));
  let first: SegmentHeader | null = null;
  let last: { header: SegmentHeader; hash: string } | null = null;

  /** Whether segments are missing between the one before and this: of the same epoch by number, of another by what the log has. */
  function isCutOff({ epoch, segment }: SegmentHeader): boolean {
    if (!last) return true;
    const before = last.header;
    if (before.epoch === epoch) return segment !== before.segment + 1;
    if (segment !== 0) return true;
    for (const entry of facts.segmentsOf(device)) {
      const isBetween =
        (entry.epoch === before.epoch && entry.segment > before.segment) ||
        (entry.epoch > before.epoch && entry.epoch < epoch);
      if (isBetween) return true;
    }
    return false;
  }

  /** Refused segments in the hole before `header`. */
  function refusedBefore(header: SegmentHeader): Finding[] {
    const from = last?.header.epoch === header.epoch ? last.header.segment + 1 : 0;
    const found: Finding[] = [];
    for (const { epoch, segment, reason } of refused.values()) {
      const isHere = epoch === header.epoch && segment >= from && segment < header.segment;
      if (isHere) found.push({ kind: 'segment-refused', epoch, segment, reason });
    }
    return found;
  }

  function isChained({ header }: SoundSegment): boolean {
    if (!last || last.header.epoch !== header.epoch)
      return header.segment !== 0 || (header.prev === null && header.firstSeq === 0);
    const before = last.header;
    if (header.segment !== before.segment + 1) return header.firstSeq > before.firstSeq + before.count;
    return header.prev === last.hash && header.firstSeq === before.firstSeq + before.count;
  }

  /** The size of the tree that the device saw before it opened the segment; null where that is not of this log as far as it is here. */
  function beaconSize({ beacon }: SegmentHeader): number | null {
    const root = beacon && range.rootAt(beacon.size);
    return root && hex(root) === beacon.root ? beacon.size : null;
  }

  const isForeign = ({ beacon }: SegmentHeader, index: number): boolean => {
    if (!beacon || isAnew) return false;
    const root = range.rootAt(beacon.size);
    return beacon.size > index || (root !== null && hex(root) !== beacon.root);
  };

  return {
    device,
    screen,
    timeline,
    findings,
    startsNew() {
      if (first?.segment !== 0) return false;
      for (const { epoch } of facts.segmentsOf(device)) if (epoch < first.epoch) return false;
      return true;
    },
    take(segment) {
      const { header, hash } = segment;
      const place = { epoch: header.epoch, segment: header.segment };
      const logged = facts.segment(device, place.epoch, place.segment);
      if (logged?.hash !== hash) {
        findings.push({ kind: logged ? 'other-segment' : 'not-logged', ...place });
        return;
      }
      first ??= header;
      const program = header.program === null ? null : (programs.get(header.program) ?? null);
      const size = beaconSize(header);
      const bracket = {
        notBeforeMs: size === null ? null : times.notBefore(size),
        notAfterMs: times.notAfter(logged.index),
      };
      if (forked.has(`${place.epoch}/${place.segment}`)) timeline.find(segment, { kind: 'fork', ...place });
      if (!isChained(segment)) timeline.find(segment, { kind: 'chain-broken', ...place });
      if (isForeign(header, logged.index)) timeline.find(segment, { kind: 'beacon-foreign', ...place });
      if (program && header.manifest !== null && manifestHash(program, sha256) !== header.manifest) {
        timeline.find(segment, { kind: 'manifest-foreign', ...place });
      }
      for (const finding of refusedBefore(header)) timeline.find(segment, finding);
      timeline.add(segment, program, bracket, isCutOff(header));
      last = { header, hash };
    },
  };
}

const manifestHashes = new WeakMap<Program, string>();

function manifestHash(program: Program, sha256: Sha256): string {
  const known = manifestHashes.get(program) ?? contentHash(program.manifest, sha256);
  manifestHashes.set(program, known);
  return known;
}
