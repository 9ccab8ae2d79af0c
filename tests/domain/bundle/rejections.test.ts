/** Why a bundle is not looked into any further: each reason by itself, as the verifier has it without the readers' help. */
import { describe, expect, test } from 'vitest';
import type { BundlePart } from '../../../domain/bundle/bundle-part.ts';
import type { Rejection } from '../../../domain/bundle/verify-bundle.ts';
import { addDays } from '../../../domain/time/zone-time.ts';
import { toBase64 } from '../../../domain/tlog/base64.ts';
import { parseCheckpoint, type TreeHead } from '../../../domain/tlog/checkpoint.ts';
import { formatNote, formatVkey } from '../../../domain/tlog/signed-note.ts';
import {
  changed,
  DAY,
  logKey,
  NEXT,
  otherLog,
  type Part,
  POLICY,
  resigned,
  soundParts,
  verified,
  verifierOf,
} from './support/sound-bundle.ts';

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
          return { note: formatNote({ text: head.note.text, signatures: [{ ...logKey, signature: altered }] }) };
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
    const two = `${POLICY}log ${formatVkey(otherLog.note)}\n`;
    const parts = await soundParts();
    const range = parts.find((part) => part.type === 'range');
    const foreign = changed(parts, 'checkpoint', (part) => [
      { ...part, note: resigned(part.note, undefined, otherLog) },
    ]);
    expect(await verified(foreign, verifierOf({}, two))).toEqual({ ok: false, error: 'checkpoint-foreign' });
    await rejects('checkpoint-foreign', {
      ...changesOf('checkpoint', {
        'no checkpoint': () => ({ note: 'x' }),
        'of another log': former((head) => ({ ...head, origin: 'other.example/log' })),
        'of another root': former((head) => ({ ...head, root: head.root.map((byte) => byte ^ 1) })),
        'from before the range': former((head) => ({ ...head, size: (range?.from ?? 0) - 1 })),
        'from after the last': former((head) => ({ ...head, size: 10_000 })),
        'not signed': ({ note: text }) => ({ note: text.replace(logKey.name.concat(' '), 'another ') }),
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
