/** What becomes of a bundle's parts as they are taken: segments stand in order, a bad one contradicts its date, and entries may be cut into parts anywhere. */
import { describe, expect, test } from 'vitest';
import type { BundlePart } from '../../../domain/bundle/bundle-part.ts';
import type { VerifierParts } from '../../../domain/bundle/verify-bundle.ts';
import { canonicalJson } from '../../../domain/proof/canonical-json.ts';
import { toBase64 } from '../../../domain/tlog/base64.ts';
import { readLogEntry } from '../../../protocol/log-entry.ts';
import { readHeader } from '../../../protocol/read-header.ts';
import { changed, type Part, soundParts, verified, verifierOf } from './support/sound-bundle.ts';

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
