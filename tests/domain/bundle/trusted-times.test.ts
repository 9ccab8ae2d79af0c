/** When something was in the log, by those whom the policy names. */
import { describe, expect, test } from 'vitest';
import { trustedTimes, vouch } from '../../../domain/bundle/trusted-times.ts';
import { type Checkpoint, timestamped } from '../../../domain/tlog/checkpoint.ts';
import type { Policy } from '../../../domain/tlog/policy.ts';
import { KEY_TYPES, type KeyType, type NoteKey, noteKey } from '../../../domain/tlog/signed-note.ts';
import { sha256 } from '../../../server/sha256.ts';

const ORIGIN = 'town.example/log';
const keyOf = (name: string, type: KeyType, byte = 1): NoteKey =>
  noteKey(name, type, new Uint8Array(32).fill(byte), sha256);
const [plain, timed] = [keyOf(ORIGIN, KEY_TYPES.ed25519), keyOf(ORIGIN, KEY_TYPES.cosignMlDsa44)];
const other = keyOf('other.example/log', KEY_TYPES.ed25519);
const [a, b, c] = ['a', 'b', 'c'].map((name, k) => ({
  ...{ name, url: null, key: keyOf(`${name}.example`, KEY_TYPES.cosignEd25519, 2 + k) },
})) as [Policy['witnesses'][0], Policy['witnesses'][0], Policy['witnesses'][0]];

type Member = Policy['members'] extends ReadonlyMap<string, infer One> ? One : never;

/** A policy with `logs` and three witnesses; by default two of them are enough. */
const policyOf = (logs: NoteKey[], quorum: string | null = 'two'): Policy => ({
  logs,
  witnesses: [a, b, c],
  quorum,
  members: new Map<string, Member>([
    ...[a, b, c].map(({ name, key }): [string, Member] => [name, { kind: 'witness', key }]),
    ['two', { kind: 'group', least: 2, members: ['a', 'b', 'c'] }],
  ]),
});

/** A checkpoint with signatures of one byte: 1 stands, 0 does not. */
const checkpointBy = (...by: [NoteKey, number | null, 0 | 1][]): Checkpoint => ({
  ...{ origin: ORIGIN, size: 5, root: new Uint8Array(32) },
  note: {
    text: '',
    signatures: by.map(([{ name, id }, timeS, byte]) => {
      const signature = Uint8Array.of(byte);
      return { name, id, signature: timeS === null ? signature : timestamped(timeS, signature) };
    }),
  },
});
const verify = (_kind: string, _key: Uint8Array, _message: unknown, [byte]: Uint8Array): boolean => byte === 1;
const vouched = (policy: Policy, ...by: Parameters<typeof checkpointBy>) => vouch(checkpointBy(...by), policy, verify);

const SIGNED = { isSigned: true, isForged: false, isQuorum: true };

describe('a checkpoint is vouched for', () => {
  test('[BV6] [TL6] by each key of its log that the policy names, and by as many witnesses as it asks for', async () => {
    const both = policyOf([plain, timed, other]);
    const witnesses: Parameters<typeof checkpointBy> = [
      [a.key, 30, 1],
      [b.key, 20, 1],
    ];
    expect(await vouched(both, [plain, null, 1], [timed, 10, 1], ...witnesses)).toEqual({
      ...{ ...SIGNED, witnesses: ['b', 'a'], atMs: 30_000 },
    });
    expect(await vouched(both, [plain, null, 1], ...witnesses)).toMatchObject({ isSigned: false, isForged: false });
    expect(await vouched(policyOf([other]), [other, null, 1], ...witnesses)).toMatchObject({ isSigned: false });
  });

  test('[BV6] by nobody where any signature under a known name is forged', async () => {
    const policy = policyOf([plain, timed]);
    const forged = { isSigned: false, isForged: true };
    expect(await vouched(policy, [plain, null, 1], [timed, 10, 0])).toMatchObject(forged);
    expect(await vouched(policy, [plain, null, 0], [timed, 10, 1])).toMatchObject(forged);
    expect(await vouched(policy, [plain, null, 1], [timed, 10, 1], [c.key, 20, 0])).toMatchObject({
      ...{ isSigned: true, isForged: true, isQuorum: false, witnesses: [] },
    });
  });

  test('[BV1] at the earliest time by which enough had, and at none where too few had or one tells no time', async () => {
    const log: Parameters<typeof checkpointBy>[0] = [plain, null, 1];
    const policy = policyOf([plain]);
    const three: Parameters<typeof checkpointBy> = [
      [a.key, 40, 1],
      [b.key, 20, 1],
      [c.key, 30, 1],
    ];
    expect(await vouched(policy, log, ...three)).toEqual({ ...SIGNED, witnesses: ['b', 'c', 'a'], atMs: 30_000 });
    const few = { isSigned: true, isForged: false, isQuorum: false };
    expect(await vouched(policy, log, [b.key, 20, 1])).toEqual({ ...few, witnesses: ['b'], atMs: null });
    expect(await vouched(policy, log, [b.key, 20, 1], [c.key, 0, 1])).toEqual({ ...few, witnesses: ['b'], atMs: null });
    expect(await vouched(policyOf([plain], 'c'), log, ...three)).toEqual({
      ...{ ...SIGNED, witnesses: ['b', 'c', 'a'], atMs: 30_000 },
    });
  });

  test('[BV1] where no witness is asked for, at the time that the log itself tells', async () => {
    const policy = policyOf([plain, timed], null);
    const by: Parameters<typeof checkpointBy> = [
      [plain, null, 1],
      [timed, 50, 1],
      [a.key, 20, 1],
    ];
    expect(await vouched(policy, ...by)).toEqual({ ...SIGNED, witnesses: ['a'], atMs: 50_000 });
    const untimed = await vouched(policyOf([plain], null), [plain, null, 1], [a.key, 20, 1]);
    expect(untimed).toEqual({ ...SIGNED, witnesses: ['a'], atMs: null });
    expect(await vouched(policy, [plain, null, 1])).toMatchObject({ isSigned: false, atMs: null });
  });
});

test('[BV1] an entry joined the log between the last checkpoint without it and the first one with it', () => {
  const times = trustedTimes([
    ...[
      { size: 8, atMs: 800 },
      { size: 3, atMs: 300 },
      { size: 5, atMs: 500 },
      { size: 5, atMs: 450 },
    ],
  ]);
  expect([2, 3, 4, 5, 7, 8, 99].map(times.notBefore)).toEqual([null, 300, 300, 500, 500, 800, 800]);
  expect([0, 2, 3, 4, 5, 7, 8].map(times.notAfter)).toEqual([300, 300, 450, 450, 800, 800, null]);
  const none = trustedTimes([]);
  expect([none.notBefore(5), none.notAfter(5)]).toEqual([null, null]);
});
