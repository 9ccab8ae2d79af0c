/** Checks a bundle with nothing but a policy: no server, no network, nobody's word. */
import type { Program } from '../plan/program.ts';
import { checkSegment, type SegmentChecks } from '../proof/check-segment.ts';
import { checkEndorsement } from '../proof/endorsement.ts';
import type { InspectionPolicy } from '../proof/inspection-policy.ts';
import type { LogEntry } from '../proof/log-entry.ts';
import type { Sha256 } from '../proof/merkle.ts';
import { bodyOf, hex } from '../proof/segment.ts';
import { fail, ok, type Result } from '../result.ts';
import { daysBetween } from '../time/zone-time.ts';
import { fromBase64 } from '../tlog/base64.ts';
import { type Checkpoint, parseCheckpoint, type VerifySignature } from '../tlog/checkpoint.ts';
import { isIncluded, readHashes } from '../tlog/tlog-proof.ts';
import { isEqual } from '../tlog/tree.ts';
import { BUNDLE_FORMAT, type BundlePart } from './bundle-part.ts';
import { type BundleHead, type BundleReport, reportOn, type Signers } from './bundle-report.ts';
import { createDeviceWalk, type DeviceWalk, type WalkGround } from './device-walk.ts';
import type { Finding } from './finding.ts';
import { createLogFacts, type LogFacts } from './log-facts.ts';
import { createLogRange, type LogRange } from './log-range.ts';
import { type TimeMark, trustedTimes, vouch } from './trusted-times.ts';

/** Why a bundle is not looked into any further: none of it may be believed. */
export const REJECTIONS = [
  'not-a-bundle',
  'newer-format',
  'out-of-order',
  'cut-off',
  'log-unknown',
  'signature-forged',
  'entry-not-included',
  'range-wrong',
  'checkpoint-foreign',
  'program-malformed',
] as const;

/** One of {@link REJECTIONS}. */
export type Rejection = (typeof REJECTIONS)[number];

/** What a verifier is made with. The readers give null for what is not in its one canonical form. */
export type VerifierParts = Pick<SegmentChecks, 'readHeader' | 'readRecord'> & {
  policy: InspectionPolicy;
  sha256: Sha256;
  verify: VerifySignature;
  readEntry(text: string): LogEntry | null;
  readProgram(text: string): Program | null;
};

/** A verifier, for one bundle. */
export type BundleVerifier = {
  /** Takes the next part; a bundle that is rejected once stays so. */
  take(part: BundlePart): Promise<Result<null, Rejection>>;
  /** The report, once the last part was taken. */
  report(): Result<BundleReport, Rejection>;
};

const ORDER: readonly BundlePart['type'][] = [
  'bundle',
  'entry',
  'range',
  'checkpoint',
  'entries',
  'program',
  'segment',
  'end',
];
const ONCE: ReadonlySet<BundlePart['type']> = new Set(['bundle', 'range', 'end']);

/** Makes a verifier. */
export function createBundleVerifier(parts: VerifierParts): BundleVerifier {
  const { policy, sha256, verify } = parts;
  let head: BundleHead | null = null;
  let range: LogRange | null = null;
  let ground: WalkGround | null = null;
  let at: BundlePart['type'] | null = null;
  let rejected: Rejection | null = null;
  let isEnded = false;
  const marks: TimeMark[] = [];
  const heads: Checkpoint[] = [];
  const programs = new Map<string, Program>();
  const walks = new Map<string, DeviceWalk>();
  const ofScreens = new Map<string, Finding[]>();
  const lastOf = new Map<string, SegmentPlace>();
  const signers: Signers = new Map();

  async function begin(part: Extract<BundlePart, { type: 'bundle' }>): Promise<Rejection | null> {
    if (part.format !== BUNDLE_FORMAT) return 'newer-format';
    const { from, to, campaign, unit, screens } = part;
    const checkpoint = parseCheckpoint(part.checkpoint);
    const isSpan = from <= to && daysBetween(from, to) < MOST_DATES;
    if (!checkpoint || !isSpan || new Set(screens).size !== screens.length) return 'not-a-bundle';
    const vouched = await vouch(checkpoint, policy.log, verify);
    if (vouched.isForged) return 'signature-forged';
    if (!vouched.isSigned) return 'log-unknown';
    if (vouched.atMs !== null) marks.push({ size: checkpoint.size, atMs: vouched.atMs });
    const subject = { from, to, campaign, unit, screens };
    const findings: Finding[] = vouched.isQuorum ? [] : [{ kind: 'quorum-missing' }];
    head = { subject, checkpoint, witnesses: vouched.witnesses, findings, facts: createLogFacts(new Set(screens)) };
    return null;
  }

  function takeEntry(
    { checkpoint, facts }: BundleHead,
    part: Extract<BundlePart, { type: 'entry' }>,
  ): Rejection | null {
    const proof = readHashes(part.proof);
    if (!proof || !isIncluded(part.entry, { index: part.index, proof, checkpoint }, sha256))
      return 'entry-not-included';
    facts.take(parts.readEntry(part.entry), part.entry, part.index);
    return null;
  }

  function openRange(part: Extract<BundlePart, { type: 'range' }>): Rejection | null {
    const roots = readHashes(part.roots);
    range = roots && createLogRange(part.from, roots, sha256);
    return range ? null : 'range-wrong';
  }

  async function takeCheckpoint(
    { checkpoint: last }: BundleHead,
    of: LogRange,
    note: string,
  ): Promise<Rejection | null> {
    const checkpoint = parseCheckpoint(note);
    if (!checkpoint || checkpoint.origin !== last.origin) return 'checkpoint-foreign';
    const vouched = await vouch(checkpoint, policy.log, verify);
    if (vouched.isForged) return 'signature-forged';
    if (!vouched.isSigned) return 'checkpoint-foreign';
    of.remember(checkpoint.size);
    heads.push(checkpoint);
    if (vouched.atMs !== null) marks.push({ size: checkpoint.size, atMs: vouched.atMs });
    return null;
  }

  function takeEntries(
    { facts }: BundleHead,
    of: LogRange,
    part: Extract<BundlePart, { type: 'entries' }>,
  ): Rejection | null {
    for (const size of part.heads) of.remember(size);
    for (const entry of part.entries) {
      facts.take(parts.readEntry(entry), entry, of.size());
      of.add(entry);
    }
    return null;
  }

  /** The log's part is over: from here on it is known to be whole. */
  async function closeLog({ checkpoint, facts }: BundleHead, of: LogRange): Promise<Rejection | null> {
    if (ground) return null;
    if (!of.leadsTo(checkpoint)) return 'range-wrong';
    // One of a size from before the range or from after its end has no root here.
    const isTrue = heads.every(({ size, root }) => isEqual(of.rootAt(size) ?? new Uint8Array(), root));
    if (!isTrue) return 'checkpoint-foreign';
    await findSigners(facts);
    const isAnew = facts.successions().length > 0;
    ground = { facts, range: of, times: trustedTimes(marks), programs, isAnew, sha256 };
    return null;
  }

  /** Which units of the policy signed which enrolments. A signature that bears a unit's name and is not by it counts for nothing. */
  async function findSigners(facts: LogFacts): Promise<void> {
    for (const endorsement of facts.endorsements()) {
      for (const { unit, key } of policy.units) {
        for (const { text } of facts.enrolmentsOf(endorsement.screen)) {
          const standing = await checkEndorsement(endorsement, text, key, { sha256, verify });
          if (standing === 'signed') signers.set(text, new Set([...(signers.get(text) ?? []), unit]));
        }
      }
    }
  }

  function takeProgram(body: string): Rejection | null {
    const program = parts.readProgram(body);
    if (!program) return 'program-malformed';
    programs.set(hex(sha256(body)), program);
    return null;
  }

  async function takeSegment(
    { facts, subject }: BundleHead,
    on: WalkGround,
    part: Extract<BundlePart, { type: 'segment' }>,
  ): Promise<Rejection | null> {
    const header = parts.readHeader(part.header);
    if (!header || !subject.screens.includes(header.screen)) return 'not-a-bundle';
    const name = `${header.device} ${header.screen}`;
    if (!isAfter(header, lastOf.get(name))) return 'out-of-order';
    lastOf.set(name, header);
    const enrolment = facts.enrolment(header.device, header.screen);
    const publicKey = enrolment && fromBase64(enrolment.publicKey);
    if (!enrolment || !publicKey || hex(sha256(publicKey)) !== header.device) {
      findOfScreen(header.screen, { kind: 'device-unknown', device: header.device });
      return null;
    }
    const body = bodyOf(part.records);
    const checked = await checkSegment({ header: part.header, signature: part.signature, body }, enrolment, {
      ...parts,
      verify: (text, signature) => {
        const bytes = fromBase64(signature);
        return bytes !== null && verify('ed25519', publicKey, text, bytes);
      },
    });
    if (!checked.ok) {
      const { epoch, segment } = header;
      findOfScreen(enrolment.screen, { kind: 'segment-bad', epoch, segment, fault: checked.error.fault });
      return null;
    }
    const walk = walks.get(name) ?? createDeviceWalk(header.device, enrolment.screen, on);
    walks.set(name, walk);
    walk.take(checked.value);
    return null;
  }

  function findOfScreen(screen: string, finding: Finding): void {
    ofScreens.set(screen, [...(ofScreens.get(screen) ?? []), finding]);
  }

  async function takeNext(part: BundlePart): Promise<Rejection | null> {
    if (isEnded || ORDER.indexOf(part.type) < ORDER.indexOf(at ?? 'bundle')) return 'out-of-order';
    if (at === part.type && ONCE.has(part.type)) return 'out-of-order';
    at = part.type;
    if (part.type === 'bundle') return begin(part);
    if (!head) return 'not-a-bundle';
    if (part.type === 'entry') return takeEntry(head, part);
    if (part.type === 'range') return openRange(part);
    if (!range) return 'out-of-order';
    if (part.type === 'checkpoint') return takeCheckpoint(head, range, part.note);
    if (part.type === 'entries') return takeEntries(head, range, part);
    const wrong = await closeLog(head, range);
    if (wrong || !ground) return wrong ?? 'out-of-order';
    if (part.type === 'program') return takeProgram(part.body);
    if (part.type === 'segment') return takeSegment(head, ground, part);
    isEnded = true;
    return null;
  }

  return {
    async take(part) {
      rejected ??= await takeNext(part);
      return rejected === null ? ok(null) : fail(rejected);
    },
    report() {
      if (rejected !== null) return fail(rejected);
      if (!isEnded || !head || !ground) return fail('cut-off');
      return ok(reportOn(head, ground, [...walks.values()], ofScreens, policy.units.length > 0 ? signers : null));
    },
  };
}

/** Ten years: a bundle of more would have a verifier make dates without end. */
const MOST_DATES = 3660;

type SegmentPlace = { epoch: number; segment: number };

const isAfter = ({ epoch, segment }: SegmentPlace, before: SegmentPlace | undefined): boolean =>
  !before || epoch > before.epoch || (epoch === before.epoch && segment > before.segment);
