/** Ways to change a bundle that somebody might try: by accident, or to have it say something else. */
import { sign } from 'node:crypto';
import type { BundlePart } from '../../domain/bundle/bundle-part.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { leafHash } from '../../domain/proof/merkle.ts';
import { recordsRoot, segmentSigningText } from '../../domain/proof/segment.ts';
import { fromBase64, toBase64 } from '../../domain/tlog/base64.ts';
import { withLeaf } from '../../domain/tlog/compact-range.ts';
import { sha256 } from '../../server/sha256.ts';
import type { TownDevice } from './proved-town.ts';
import { pickInt } from './random-program.ts';

/** What a mutation works on; `strangers` are keys that nobody enrolled. */
export type MutationGround = {
  parts: readonly BundlePart[];
  /** The same of another town. */
  foreign: readonly BundlePart[];
  devices: readonly TownDevice[];
  strangers: readonly TownDevice[];
  random: () => number;
};

/** One mutated bundle; null where this draw changes nothing. */
type Mutation = (ground: MutationGround) => BundlePart[] | null;

type Of<Type extends BundlePart['type']> = Extract<BundlePart, { type: Type }>;

/** Makes a mutation of one part of a type. */
function ofPart<Type extends BundlePart['type']>(
  type: Type,
  change: (part: Of<Type>, ground: MutationGround) => BundlePart | null,
): Mutation {
  return (ground) => {
    const places = ground.parts.flatMap((part, k) => (part.type === type ? [k] : []));
    const at = pick(places, ground.random);
    const part = at === undefined ? undefined : ground.parts[at];
    if (at === undefined || part?.type !== type) return null;
    const changed = change(part as Of<Type>, ground);
    return changed === null || canonicalJson(changed) === canonicalJson(part) ? null : ground.parts.with(at, changed);
  };
}

const pick = <Value>(values: readonly Value[], random: () => number): Value | undefined =>
  values[pickInt(random, 0, values.length - 1)];

/** Flips a bit of one character so that it stays one that a line may hold. */
function flipped(text: string, random: () => number): string {
  const at = pickInt(random, 0, Math.max(0, text.length - 1));
  const code = text.charCodeAt(at) ^ (1 << pickInt(random, 0, 6));
  const letter = code === 10 || code === 13 ? '~' : String.fromCharCode(code);
  return text.slice(0, at) + letter + text.slice(at + 1);
}

const flippedIn = (lines: readonly string[], random: () => number): string[] => {
  const at = pickInt(random, 0, lines.length - 1);
  return lines.map((line, k) => (k === at ? flipped(line, random) : line));
};

/** A segment with another header or other records, signed anew. */
function signedAnew(
  part: Of<'segment'>,
  by: TownDevice,
  over: Record<string, unknown>,
  records = part.records,
): Of<'segment'> {
  const header = canonicalJson({
    ...(JSON.parse(part.header) as Record<string, unknown>),
    count: records.length,
    root: recordsRoot(records, sha256),
    ...over,
  });
  const signature = sign(null, Buffer.from(segmentSigningText(header)), by.key.privateKey).toString('base64');
  return { type: 'segment', header, signature, records: [...records] };
}

const ownerOf = (part: Of<'segment'>, devices: readonly TownDevice[]): TownDevice | undefined =>
  devices.find(({ key }) => part.header.includes(key.id));

function otherSegment(part: Of<'segment'>, { parts, random }: MutationGround): Of<'segment'> | null {
  const others = parts.filter((one): one is Of<'segment'> => one.type === 'segment' && one !== part);
  return pick(others, random) ?? null;
}

const HEADER_FIELDS: ((random: () => number) => Record<string, unknown>)[] = [
  () => ({ screen: 'b' }),
  (random) => ({ epoch: pickInt(random, 1, 9) }),
  (random) => ({ segment: pickInt(random, 0, 20) }),
  (random) => ({ firstSeq: pickInt(random, 0, 400) }),
  () => ({ prev: 'f'.repeat(64) }),
  () => ({ program: 'f'.repeat(64) }),
  () => ({ manifest: 'f'.repeat(64) }),
  () => ({ beacon: null }),
  (random) => ({ beacon: { size: pickInt(random, 0, 40), root: 'f'.repeat(64) } }),
  (random) => ({ closedAt: pickInt(random, 0, 2 ** 40) }),
  () => ({ clock: { source: 'system', lastSyncMs: null, errorMs: null } }),
  () => ({ build: 'other' }),
];

/** A play that was cut short or another item, made into a good one: what a cheat would write. */
function improved(line: string, random: () => number): string {
  const record = JSON.parse(line) as Record<string, unknown>;
  if (record.kind !== 'play') return line;
  return canonicalJson({
    ...record,
    commitment: 'c1',
    campaign: 'campaign-c1',
    item: 'film-c1',
    t1: Number(record.t1) + pickInt(random, 0, 1),
  });
}

/** Mutations by name. What is named in {@link HARMLESS} may leave the report as it was. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'record, a bit': ofPart('segment', (part, { random }) => ({ ...part, records: flippedIn(part.records, random) })),
  'record, left out': ofPart('segment', (part, { random }) => ({
    ...part,
    records: part.records.toSpliced(pickInt(random, 0, part.records.length - 1), 1),
  })),
  'records, exchanged': ofPart('segment', (part, { random }) => {
    const [a, b] = [pickInt(random, 0, part.records.length - 1), pickInt(random, 0, part.records.length - 1)];
    return { ...part, records: part.records.with(a, part.records[b] ?? '').with(b, part.records[a] ?? '') };
  }),
  'record, made better and signed by a stranger': ofPart('segment', (part, { random, strangers: [by] }) =>
    by
      ? signedAnew(
          part,
          by,
          {},
          part.records.map((line) => improved(line, random)),
        )
      : null,
  ),
  'record, made better and signed by the device': ofPart('segment', (part, { random, devices }) => {
    const by = ownerOf(part, devices);
    return by
      ? signedAnew(
          part,
          by,
          {},
          part.records.map((line) => improved(line, random)),
        )
      : null;
  }),
  'header, a bit': ofPart('segment', (part, { random }) => ({ ...part, header: flipped(part.header, random) })),
  'header, a field, signed by the device': ofPart('segment', (part, { random, devices }) => {
    const by = ownerOf(part, devices);
    return by ? signedAnew(part, by, pick(HEADER_FIELDS, random)?.(random) ?? {}) : null;
  }),
  'header, a field, signed by a stranger': ofPart('segment', (part, { random, strangers: [by] }) =>
    by ? signedAnew(part, by, { device: by.key.id, ...pick(HEADER_FIELDS, random)?.(random) }) : null,
  ),
  'signature, a bit': ofPart('segment', (part, { random }) => {
    const bytes = fromBase64(part.signature) ?? new Uint8Array(64);
    const at = pickInt(random, 0, 63);
    return { ...part, signature: toBase64(bytes.with(at, (bytes[at] ?? 0) ^ (1 << pickInt(random, 0, 7)))) };
  }),
  'signature, of another segment': ofPart('segment', (part, ground) => {
    const other = otherSegment(part, ground);
    return other && { ...part, signature: other.signature };
  }),
  'records, of another segment': ofPart('segment', (part, ground) => {
    const other = otherSegment(part, ground);
    return other && { ...part, records: other.records };
  }),
  'segment, of another town': ofPart('segment', (_, { foreign, random }) => {
    const others = foreign.filter((one): one is Of<'segment'> => one.type === 'segment');
    return pick(others, random) ?? null;
  }),
  'entry, a bit': ofPart('entries', (part, { random }) => ({ ...part, entries: flippedIn(part.entries, random) })),
  'entry, left out': ofPart('entries', (part, { random }) => ({
    ...part,
    entries: part.entries.toSpliced(pickInt(random, 0, part.entries.length - 1), 1),
  })),
  'entries, exchanged': ofPart('entries', (part, { random }) => {
    const [a, b] = [pickInt(random, 0, part.entries.length - 1), pickInt(random, 0, part.entries.length - 1)];
    return { ...part, entries: part.entries.with(a, part.entries[b] ?? '').with(b, part.entries[a] ?? '') };
  }),
  'entry, put in': ofPart('entries', (part, { random }) => ({
    ...part,
    entries: part.entries.toSpliced(pickInt(random, 0, part.entries.length), 0, '{"hash":"0","kind":"program","v":1}'),
  })),
  'earlier entry, a bit': ofPart('entry', (part, { random }) => ({ ...part, entry: flipped(part.entry, random) })),
  'earlier entry, its place': ofPart('entry', (part, { random }) => ({ ...part, index: pickInt(random, 0, 40) })),
  'earlier entry, its proof': ofPart('entry', (part, { random }) => ({
    ...part,
    proof: part.proof.map((hash, k) => (k === 0 ? toBase64(sha256(hash, String(random()))) : hash)),
  })),
  'program, a bit': ofPart('program', (part, { random }) => ({ ...part, body: flipped(part.body, random) })),
  'program, a lowered minimum': ofPart('program', (part) => ({
    ...part,
    body: part.body.replace(/"minPlays":\d+/, '"minPlays":1'),
  })),
  'range, begins later': ({ parts }) => {
    const range = parts.find((part) => part.type === 'range');
    const entries = parts.find((part) => part.type === 'entries');
    if (!range || !entries) return null;
    const roots = range.roots.flatMap((root) => fromBase64(root) ?? []);
    const [first = '', ...rest] = entries.entries;
    const next = withLeaf({ size: range.from, roots }, leafHash(first, sha256), sha256);
    return parts.map((part) =>
      part === range
        ? { type: 'range', from: next.size, roots: next.roots.map(toBase64) }
        : part === entries
          ? { ...entries, entries: rest }
          : part,
    );
  },
  'range, another size': ofPart('range', (part, { random }) => ({ ...part, from: pickInt(random, 0, 40) })),
  'checkpoint, a bit': ofPart('bundle', (part, { random }) => ({
    ...part,
    checkpoint: flipped(part.checkpoint, random),
  })),
  'checkpoint, of another town': ({ parts, foreign }) => {
    const other = foreign.find((part) => part.type === 'bundle');
    return other
      ? parts.map((part) => (part.type === 'bundle' ? { ...part, checkpoint: other.checkpoint } : part))
      : null;
  },
  'checkpoint, without its witness': ofPart('bundle', (part) => ({
    ...part,
    checkpoint: part.checkpoint.replace(/— inspectorate[^\n]*\n/, ''),
  })),
  'former checkpoint, a bit': ofPart('checkpoint', (part, { random }) => ({
    ...part,
    note: flipped(part.note, random),
  })),
  'former checkpoint, of another town': ofPart('checkpoint', (_, { foreign, random }) => {
    const others = foreign.filter((one): one is Of<'checkpoint'> => one.type === 'checkpoint');
    return pick(others, random) ?? null;
  }),
  'heads, others': ofPart('entries', (part, { random }) => ({ ...part, heads: [pickInt(random, 0, 60)] })),
  'subject, other dates': ofPart('bundle', (part) => ({ ...part, to: '2026-07-05' })),
  'subject, another screen': ofPart('bundle', (part) => ({ ...part, screens: [...part.screens, 'c'] })),
  'subject, another campaign': ofPart('bundle', (part) => ({ ...part, campaign: 'campaign-c1' })),
  'part, left out': ({ parts, random }) => parts.toSpliced(pickInt(random, 0, parts.length - 1), 1),
  'part, doubled': ({ parts, random }) => {
    const at = pickInt(random, 0, parts.length - 1);
    return parts.toSpliced(at, 0, ...parts.slice(at, at + 1));
  },
  'parts, exchanged': ({ parts, random }) => {
    const [a, b] = [pickInt(random, 0, parts.length - 1), pickInt(random, 0, parts.length - 1)];
    const [one, other] = [parts[a], parts[b]];
    return one && other && a !== b ? parts.with(a, other).with(b, one) : null;
  },
  'cut off': ({ parts, random }) => parts.slice(0, pickInt(random, 0, parts.length - 1)),
};

/**
 * What may change nothing, since it carries nothing by itself: a former checkpoint bounds a time that another one may bound as well, a number of `heads` asks for a root that no
 * segment may name, and of what stands twice, or closes in the dates from outside, the report needs one.
 */
export const HARMLESS: ReadonlySet<string> = new Set([
  'former checkpoint, a bit',
  'heads, others',
  'part, left out',
  'part, doubled',
  'parts, exchanged',
]);
