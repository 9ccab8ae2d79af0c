/** Why a bundle is not looked into any further: each reason by itself, as the verifier has it without the readers' help. */
import { describe, expect, test } from 'vitest';
import type { BundlePart } from '../../../domain/bundle/bundle-part.ts';
import type { BundleReport } from '../../../domain/bundle/bundle-report.ts';
import { createBundleVerifier, type Rejection, type VerifierParts } from '../../../domain/bundle/verify-bundle.ts';
import { canonicalJson } from '../../../domain/proof/canonical-json.ts';
import { parseInspectionPolicy } from '../../../domain/proof/inspection-policy.ts';
import type { Result } from '../../../domain/result.ts';
import { addDays } from '../../../domain/time/zone-time.ts';
import { toBase64 } from '../../../domain/tlog/base64.ts';
import { checkpointText, parseCheckpoint, type TreeHead } from '../../../domain/tlog/checkpoint.ts';
import { formatNote, formatVkey } from '../../../domain/tlog/signed-note.ts';
import { readProgram } from '../../../protocol/bundle.ts';
import { readLogEntry } from '../../../protocol/log-entry.ts';
import { readHeader } from '../../../protocol/read-header.ts';
import { readRecordLine } from '../../../protocol/read-record-line.ts';
import { sha256 } from '../../../server/sha256.ts';
import { makeSigner } from '../../../server/tlog/note-signer.ts';
import { signByNode, verifyByNode } from '../../../server/tlog/raw-keys.ts';
import { provedTown } from '../../helpers/proved-town.ts';

const [DAY, NEXT] = ['2026-07-01', '2026-07-02'];
type Part<Type extends BundlePart['type']> = Extract<BundlePart, { type: Type }>;

const ORIGIN = 'town.example/xunbo';
const [signer, other] = [makeSigner(ORIGIN), makeSigner('other.example/log')];
if (!signer || !other) throw new Error('two keys');
const { note } = signer;
const POLICY = `log ${formatVkey(note)}\nquorum none\n`;

/** The checkpoint with any content, signed by the key of the policy; or the one of another log. */
function resigned(of: string, change = (head: TreeHead) => head, by = signer): string {
  const head = parseCheckpoint(of);
  if (!head || !by) throw new Error('a checkpoint');
  const text = checkpointText(change(by === signer ? head : { ...head, origin: by.note.name }));
  return formatNote({ text, signatures: [{ ...by.note, signature: signByNode(text, by.privateKey) }] });
}

/** A good bundle of one screen and date. All its checkpoints are signed by the one key of the policy. */
async function soundParts(): Promise<BundlePart[]> {
  const town = await provedTown();
  const device = await town.enrol('a');
  for (const date of [DAY, NEXT]) await town.playDay(device, date);
  return (await town.bundle(['a'], DAY, DAY)).map((part) => {
    if (part.type === 'bundle') return { ...part, checkpoint: resigned(part.checkpoint) };
    return part.type === 'checkpoint' ? { ...part, note: resigned(part.note) } : part;
  });
}

function verifierOf(over: Partial<VerifierParts> = {}, policy = POLICY) {
  const parsed = parseInspectionPolicy(policy, sha256);
  if (!parsed.ok) throw new Error(parsed.error.what);
  const readers = { readHeader, readRecord: readRecordLine, readEntry: readLogEntry, readProgram };
  return createBundleVerifier({ ...readers, policy: parsed.value, sha256, verify: verifyByNode, ...over });
}

/** The report, or the rejection, which every part after it and the report are answered with too. */
async function verified(
  parts: readonly BundlePart[],
  verifier = verifierOf(),
): Promise<Result<BundleReport, Rejection>> {
  for (const part of parts) {
    const taken = await verifier.take(part);
    if (taken.ok) continue;
    expect(await verifier.take(part)).toEqual(taken);
    expect(verifier.report()).toEqual(taken);
    return taken;
  }
  return verifier.report();
}

/** Changes the first part of a type. */
function changed<Type extends BundlePart['type']>(
  parts: readonly BundlePart[],
  type: Type,
  change: (part: Part<Type>) => BundlePart[],
): BundlePart[] {
  const at = parts.findIndex((part) => part.type === type);
  const part = parts[at];
  if (part?.type !== type) throw new RangeError(type);
  return parts.toSpliced(at, 1, ...change(part as Part<Type>));
}

type Changes = Record<string, (parts: BundlePart[]) => BundlePart[]>;

/** Every change leads to that rejection; the bundle without a change to a report. */
async function rejects(rejection: Rejection, changes: Changes): Promise<void> {
  const parts = await soundParts();
  for (const [name, change] of Object.entries(changes))
    expect([name, await verified(change(parts))]).toEqual([name, { ok: false, error: rejection }]);
  expect((await verified(parts)).ok).toBe(true);
}

/** Changes of the first part of a type, each to one other. */
const changesOf = <Type extends BundlePart['type']>(
  type: Type,
  changes: Record<string, (part: Part<Type>) => Partial<Part<Type>>>,
): Changes =>
  Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [
      ...[name, (parts: BundlePart[]) => changed(parts, type, (part) => [{ ...part, ...change(part) }])],
    ]),
  );

describe('a bundle is rejected', () => {
  test('[BV6] as none, whose head means nothing', () =>
    rejects('not-a-bundle', {
      'no head': (parts) => parts.slice(1),
      ...changesOf('bundle', {
        'dates in the wrong order': () => ({ from: NEXT }),
        'a screen twice': () => ({ screens: ['a', 'a'] }),
        'no checkpoint': () => ({ checkpoint: 'x' }),
      }),
      ...changesOf('segment', {
        'a segment without a header': () => ({ header: '{}' }),
        'a segment of another screen': ({ header }) => ({ header: header.replace('"screen":"a"', '"screen":"b"') }),
      }),
    }));

  test('[BV6] as none, of more dates than ten years have', async () => {
    const [head] = await soundParts();
    if (head?.type !== 'bundle') throw new TypeError('a head');
    const most = { ...head, to: addDays(DAY, 3659) };
    expect(await verifierOf().take(most)).toEqual({ ok: true, value: null });
    expect(await verified([{ ...most, to: addDays(DAY, 3660) }])).toEqual({ ok: false, error: 'not-a-bundle' });
  });

  test('[BV6] as one of a newer format', () =>
    rejects('newer-format', changesOf('bundle', { '2': () => ({ format: 2 as 1 }) })));

  test('[BV6] whose log the policy does not name', () =>
    rejects(
      'log-unknown',
      changesOf('bundle', {
        'another name': ({ checkpoint }) => ({
          checkpoint: resigned(checkpoint, (head) => ({ ...head, origin: 'x' })),
        }),
      }),
    ));

  test('[BV6] in which a signature that bears the name of a key is not by it', () => {
    const forged = (text: string): string => text.replace(/\n(\d+)\n/, '\n1$1\n');
    return rejects('signature-forged', {
      ...changesOf('bundle', { 'of the checkpoint': (part) => ({ checkpoint: forged(part.checkpoint) }) }),
      ...changesOf('checkpoint', {
        'of a former one': (part) => {
          const head = parseCheckpoint(part.note);
          if (!head) throw new Error('a checkpoint');
          const signature = head.note.signatures[0]?.signature ?? new Uint8Array();
          const altered = signature.map((byte, k) => (k === 9 ? byte ^ 1 : byte));
          return { note: formatNote({ text: head.note.text, signatures: [{ ...note, signature: altered }] }) };
        },
      }),
    });
  });

  test('[BV6] in which an entry is not in the tree', () =>
    rejects(
      'entry-not-included',
      changesOf('entry', {
        'another text': ({ entry }) => ({ entry: `${entry} ` }),
        'another place': ({ index }) => ({ index: index + 1 }),
        'a proof without its last hash': ({ proof }) => ({ proof: proof.slice(0, -1) }),
        'a proof with a hash cut short': ({ proof }) => ({ proof: [...proof, toBase64(new Uint8Array(31))] }),
        'a proof with what is no hash': ({ proof }) => ({ proof: [...proof, '?'] }),
      }),
    ));

  test('[BV6] whose entries do not lead to the checkpoint', () =>
    rejects('range-wrong', {
      ...changesOf('range', {
        'a root left out': ({ roots }) => ({ roots: roots.slice(1) }),
        'a root that is no hash': ({ roots }) => ({ roots: [...roots.slice(1), '?'] }),
        'a root too many': ({ roots }) => ({ roots: [...roots, ...roots.slice(0, 1)] }),
      }),
      ...changesOf('entries', {
        'an entry left out': ({ entries }) => ({ entries: entries.slice(1) }),
        'an entry put in': ({ entries }) => ({ entries: [...entries, '{}'] }),
        'an entry changed': ({ entries }) => ({ entries: entries.map((entry, k) => (k === 0 ? `${entry} ` : entry)) }),
      }),
    }));

  test('[BV6] in which a former checkpoint is of another history', async () => {
    const former = (change: (head: TreeHead) => TreeHead) => (part: Part<'checkpoint'>) => ({
      note: resigned(part.note, change),
    });
    const two = `${POLICY}log ${formatVkey(other.note)}\n`;
    const parts = await soundParts();
    const range = parts.find((part) => part.type === 'range');
    const foreign = changed(parts, 'checkpoint', (part) => [{ ...part, note: resigned(part.note, undefined, other) }]);
    expect(await verified(foreign, verifierOf({}, two))).toEqual({ ok: false, error: 'checkpoint-foreign' });
    await rejects('checkpoint-foreign', {
      ...changesOf('checkpoint', {
        'no checkpoint': () => ({ note: 'x' }),
        'of another log': former((head) => ({ ...head, origin: 'other.example/log' })),
        'of another root': former((head) => ({ ...head, root: head.root.map((byte) => byte ^ 1) })),
        'from before the range': former((head) => ({ ...head, size: (range?.from ?? 0) - 1 })),
        'from after the last': former((head) => ({ ...head, size: 10_000 })),
        'not signed': ({ note: text }) => ({ note: text.replace(note.name.concat(' '), 'another ') }),
      }),
    });
  });

  test('[BV6] in which a program is none', () =>
    rejects('program-malformed', changesOf('program', { 'no program': () => ({ body: '{}' }) })));

  test('[BV6] whose parts stand in another order', () => {
    const twice =
      <Type extends BundlePart['type']>(type: Type) =>
      (parts: BundlePart[]) =>
        changed(parts, type, (part) => [part, part]);
    const moved = (type: BundlePart['type'], to: number) => (parts: BundlePart[]) => {
      const part = parts.find((one) => one.type === type);
      return part ? parts.filter((one) => one !== part).toSpliced(to, 0, part) : parts;
    };
    return rejects('out-of-order', {
      'two heads': twice('bundle'),
      'two ranges': twice('range'),
      'two ends': twice('end'),
      'a segment twice': twice('segment'),
      'more after the end': (parts) => [...parts, ...parts.filter((part) => part.type === 'program').slice(0, 1)],
      'an entry after the range': moved('entry', 4),
      'a range after checkpoints': moved('range', 8),
      'no range': (parts) => parts.filter((part) => part.type !== 'range' && part.type !== 'entry'),
      'no range, nor checkpoints': (parts) => parts.filter((part) => !['range', 'checkpoint'].includes(part.type)),
      'segments the other way round': (parts) => [
        ...parts.filter((part) => !['segment', 'end'].includes(part.type)),
        ...parts.filter((part) => part.type === 'segment').reverse(),
      ],
    });
  });

  test('[BV6] that was cut off, wherever', async () => {
    const parts = await soundParts();
    for (let length = 0; length < parts.length; length += 1)
      expect(await verified(parts.slice(0, length))).toEqual({ ok: false, error: 'cut-off' });
  });
});

test('[BV6] segments of a device stand in order of epoch and number', async () => {
  const parts = await soundParts();
  const segment = parts.find((part) => part.type === 'segment');
  const before = parts.slice(
    0,
    parts.findIndex((part) => part.type === 'segment'),
  );
  const header = segment && readHeader(segment.header);
  if (!segment || !header) throw new Error('a segment');
  /** Whether segments may stand so, by epoch, number and device. */
  const follow = async (...places: [number, number, string?][]): Promise<boolean> => {
    const verifier = verifierOf();
    for (const part of before) await verifier.take(part);
    for (const [epoch, number, device = header.device] of places) {
      const text = canonicalJson({ ...header, epoch, segment: number, device });
      if (!(await verifier.take({ ...segment, header: text })).ok) return false;
    }
    return true;
  };
  expect([await follow([0, 1], [0, 2]), await follow([0, 5], [1, 0]), await follow([0, 5], [2, 7])]).toEqual([
    ...[true, true, true],
  ]);
  expect([await follow([0, 1], [0, 1]), await follow([1, 5], [1, 4]), await follow([1, 0], [0, 5])]).toEqual([
    ...[false, false, false],
  ]);
  expect(await follow([1, 5], [0, 0, 'f'.repeat(64)])).toBe(true);
});

describe('a segment', () => {
  /** The findings of the date where the first segment is changed, or entries are read otherwise. */
  async function findingsOf(
    change: (part: Part<'segment'>) => Partial<Part<'segment'>>,
    over: Partial<VerifierParts> = {},
  ) {
    const parts = changed(await soundParts(), 'segment', (part) => [{ ...part, ...change(part) }]);
    const result = await verified(parts, verifierOf(over));
    if (!result.ok) throw new Error(result.error);
    return result.value.screens[0]?.dates[0]?.findings;
  }

  test('[BV4] that is not what it says contradicts its date', async () => {
    const bad = (fault: string) => expect.arrayContaining([{ kind: 'segment-bad', epoch: 0, segment: 0, fault }]);
    expect(await findingsOf(() => ({ signature: toBase64(new Uint8Array(64)) }))).toEqual(bad('signature-wrong'));
    expect(await findingsOf(() => ({ signature: '?' }))).toEqual(bad('signature-wrong'));
    expect(await findingsOf(({ records }) => ({ records: records.slice(1) }))).toEqual(bad('count-wrong'));
  });

  test.each([
    ['another key than the device’s', toBase64(new Uint8Array(32))],
    ['what is no key', '?'],
  ])('[BV2] of a device that was enrolled with %s proves nothing', async (_, publicKey) => {
    const readEntry: VerifierParts['readEntry'] = (text) => {
      const entry = readLogEntry(text);
      return entry?.kind === 'enrolment' ? { ...entry, publicKey } : entry;
    };
    const findings = await findingsOf(() => ({}), { readEntry });
    expect(new Set(findings?.map(({ kind }) => kind))).toEqual(new Set(['device-unknown', 'no-device']));
  });
});

test('[BV1] heads are known wherever the parts of the entries begin', async () => {
  const parts = await soundParts();
  const range = parts.find((part) => part.type === 'range');
  const all = parts.flatMap((part) => (part.type === 'entries' ? part.entries : []));
  const heads = parts.flatMap((part) => (part.type === 'entries' ? part.heads : []));
  const from = range?.from ?? 0;
  // Each part of entries begins with the head that it names.
  const cuts = [...new Set([from, ...heads, from + all.length])].sort((a, b) => a - b);
  const entries = cuts.slice(0, -1).map((cut, k): BundlePart => {
    const to = cuts[k + 1] ?? cut;
    return { type: 'entries', heads: heads.includes(cut) ? [cut] : [], entries: all.slice(cut - from, to - from) };
  });
  const at = parts.findIndex((part) => part.type === 'entries');
  const others: BundlePart[] = parts.filter((part) => part.type !== 'entries');
  expect(heads.length).toBeGreaterThan(0);
  expect(await verified(others.toSpliced(at, 0, ...entries))).toEqual(await verified(parts));
});
