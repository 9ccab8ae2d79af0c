/** Segments of scripted devices, signed by keys of their own and made once: the same place and content is the same segment in every run. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { canonicalJson } from '../../../domain/proof/canonical-json.ts';
import { recordsRoot, type Segment, type SegmentHeader, segmentSigningText } from '../../../domain/proof/segment.ts';
import { sha256 } from '../../../server/sha256.ts';
import type { VerifiedSegment } from '../../../server/stores/ledger-store.ts';
import { CHAIN_START_MS, type ChainEnd, nextSegment, PLAY, type Spec, shaOf } from '../../helpers/chain-builder.ts';

/** A device with its key. */
export type ScriptedDevice = { id: string; publicKey: string; privateKey: KeyObject };

/** Where a segment stands. */
export type Place = { device: number; screen: string; epoch: number; segment: number };

/**
 * What a segment holds beside what its device recorded: `other` plays, or the same under a program that nobody knows; that one comes alone, or with the
 * word that the device has the program no more (`lost-program`).
 */
export type Content = 'true' | 'other' | 'unknown-program' | 'lost-program';

/** What is wrong with a segment as it arrives, as the answer calls it. */
export const SPOILT = [
  'header-malformed',
  'signature-wrong',
  'root-wrong',
  'count-wrong',
  'record-malformed',
  'seq-wrong',
] as const;

/** One of {@link SPOILT}. */
export type Spoilt = (typeof SPOILT)[number];

/** A segment as it is sent, and what a server has to make of it. */
export type Scripted = { sent: Segment; facts: VerifiedSegment };

/** Why a day was short, so that each end of day is told apart from the others. */
const REASONS = ['player-down', 'media-missing', 'playback-failed', 'booked-out', 'taken-over'] as const;

const LISTS: readonly ((place: Place) => readonly Spec[])[] = [
  () => [PLAY, { kind: 'play', commitment: null }],
  () => [{ kind: 'play', commitment: 'c2', cut: true }, PLAY],
  () => [{ kind: 'play', commitment: 'c2', makeGood: true }],
  (place) => [endOf(place, '2026-07-01')],
  () => [{ ...PLAY, date: '2026-07-02' }, PLAY],
  (place) => [PLAY, PLAY, endOf(place, '2026-07-02')],
];

const endOf = ({ device, epoch, segment }: Place, date: string): Spec => ({
  ...{ kind: 'end', date, plays: { c1: (segment % 3) + epoch } },
  short: { c1: REASONS[(device + epoch + segment) % REASONS.length] ?? 'player-down' },
});
const OTHER: readonly Spec[] = [{ kind: 'play', commitment: 'c2' }];

/** Three devices whose keys last as long as the process. */
export const DEVICES: readonly ScriptedDevice[] = Array.from({ length: 3 }, () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(12);
  const id = createHash('sha256').update(raw).digest('hex');
  return { id, publicKey: raw.toString('base64'), privateKey };
});

/** The device of a number. */
export function deviceAt(number: number): ScriptedDevice {
  const device = DEVICES[number];
  if (!device) throw new RangeError(`no device ${number}`);
  return device;
}

/** The program that nobody knows. */
export const UNKNOWN_PROGRAM = shaOf('a program that nobody knows');

const made = new Map<string, Scripted>();
const ends = new Map<string, ChainEnd>();

/** The segment at a place, behind what its device truly recorded before. */
export function segmentAt(place: Place, content: Content = 'true'): Scripted {
  const name = `${nameOf(place)} ${content}`;
  const known = made.get(name);
  if (known) return known;
  const { segment } = nextSegment(endBefore(place), content === 'other' ? OTHER : listOf(place));
  const facts = content === 'unknown-program' || content === 'lost-program' ? underUnknown(segment) : segment;
  const signature = signed(place.device, facts.header);
  const scripted: Scripted = {
    sent: { header: facts.header, signature, body: facts.body },
    facts: { ...facts, signature },
  };
  made.set(name, scripted);
  return scripted;
}

/** The same segment as it arrives spoilt. */
export function spoiltAt(place: Place, spoilt: Spoilt): Segment {
  const { sent } = segmentAt(place);
  const header: SegmentHeader = JSON.parse(sent.header);
  switch (spoilt) {
    case 'header-malformed':
      return { ...sent, header: `${sent.header} ` };
    case 'signature-wrong':
      return { ...sent, signature: signed(place.device, `${sent.header} `) };
    case 'root-wrong':
      return { ...sent, body: sent.body.replace('"seq":', '"seq" :') };
    case 'count-wrong':
      return { ...sent, body: `${sent.body}{}\n` };
    case 'record-malformed': {
      const lines = Array.from({ length: header.count }, () => '{}');
      return resigned(place, { ...header, root: recordsRoot(lines, sha256) }, lines);
    }
    case 'seq-wrong':
      return resigned(place, { ...header, firstSeq: header.firstSeq + 1 }, sent.body.slice(0, -1).split('\n'));
  }
}

function resigned({ device }: Place, header: SegmentHeader, lines: readonly string[]): Segment {
  const text = canonicalJson(header);
  return { header: text, signature: signed(device, text), body: lines.map((line) => `${line}\n`).join('') };
}

const signed = (device: number, header: string): string =>
  sign(null, Buffer.from(segmentSigningText(header)), deviceAt(device).privateKey).toString('base64');

const nameOf = ({ device, screen, epoch, segment }: Place): string => `${device} ${screen} ${epoch}/${segment}`;

const listOf = (place: Place): readonly Spec[] =>
  LISTS[(place.epoch + place.segment) % LISTS.length]?.(place) ?? [PLAY];

/** Where the true chain stands before a place; epochs of a device follow one another in time. */
function endBefore(place: Place): ChainEnd {
  const { device, screen, epoch, segment } = place;
  const name = nameOf(place);
  const known = ends.get(name);
  if (known) return known;
  const atMs = CHAIN_START_MS + epoch * 3_600_000;
  const start = { screen, device: deviceAt(device).id, epoch, segment: 0, seq: 0, prev: null, atMs };
  const before = { ...place, segment: segment - 1 };
  const end = segment === 0 ? start : nextSegment(endBefore(before), listOf(before)).end;
  ends.set(name, end);
  return end;
}

/** Under a program that no document is of, nothing can be counted. */
function underUnknown(segment: VerifiedSegment): VerifiedSegment {
  const header = canonicalJson({ ...JSON.parse(segment.header), program: UNKNOWN_PROGRAM });
  return { ...segment, header, hash: shaOf(header), deltas: [] };
}
