/** Makes the test vectors from a small town: what a verifier or a player in another language is to come to. */

import type { BundlePart } from '../../domain/bundle/bundle-part.ts';
import { partText } from '../../domain/bundle/bundle-text.ts';
import { leafHash } from '../../domain/proof/merkle.ts';
import type { ProofRecord } from '../../domain/proof/record.ts';
import { headerHash, hex, recordLine, recordsRoot } from '../../domain/proof/segment.ts';
import { toBase64 } from '../../domain/tlog/base64.ts';
import { formatTlogProof } from '../../domain/tlog/tlog-proof.ts';
import { sha256 } from '../../server/sha256.ts';
import { checkpointOf } from '../../server/tlog/log-head.ts';
import { type DayChange, dayRecords, provedTown, townProgram } from './proved-town.ts';

const [DAY, NEXT] = ['2026-07-01', '2026-07-02'];
const program = { ...townProgram(), openingHours: townProgram().openingHours.map((o) => ({ ...o, to: '08:10' })) };

type Town = Awaited<ReturnType<typeof provedTown>>;

/** Every file by its name. */
export async function makeVectors(): Promise<Record<string, unknown>> {
  const town = await provedTown();
  const device = await town.enrol('a', program);
  for (const date of [DAY, NEXT]) await town.playDay(device, date, { program });
  return {
    'records.json': recordVectors(),
    'segments.json': await segmentVectors(town),
    'log.json': await logVectors(town),
    'bundles.json': await bundleVectors(),
  };
}

/** Lines, and whether a record may be read from each. */
function recordVectors(): { line: string; isRecord: boolean; why: string }[] {
  const [boot, , play] = dayRecords(program, DAY, true).map((record, seq) =>
    recordLine({ ...record, seq } as ProofRecord),
  );
  const end = recordLine({ ...dayRecords(program, DAY, true).at(-1), seq: 9 } as ProofRecord);
  const good = [boot, play, end].map((line) => ({
    line: (line ?? '').trimEnd(),
    isRecord: true,
    why: 'as it is written',
  }));
  const line = (play ?? '').trimEnd();
  const bad: [string, string][] = [
    [line.replace('"campaign":null,', ''), 'a key is missing'],
    [line.replace('{"campaign":null,"commitment":null', '{"commitment":null,"campaign":null'), 'keys are not in order'],
    [line.replace('":', '": '), 'a blank'],
    [line.replace('"kind":"play"', '"kind":"song"'), 'no such kind'],
    [line.replace('"m0":', '"m0":-'), 'a negative number'],
    [line.replace('"visible":1', '"visible":2'), 'out of range'],
    [`${line} `, 'a blank behind'],
    [line.replace('"seq":2', '"seq":2.0'), 'a number in another spelling'],
    [line.replace(/"sha":"./, '"sha":"F'), 'upper case in a hash'],
  ];
  return [...good, ...bad.map(([text, why]) => ({ line: text, isRecord: false, why }))];
}

/** Segments with the key they are signed by, their root and hash, and the same with something wrong. */
async function segmentVectors(town: Town): Promise<unknown> {
  const parts = await town.bundle(['a'], DAY, DAY);
  const enrolment = parts
    .flatMap((part) => (part.type === 'entry' ? [part.entry] : []))
    .find((text) => text.includes('enrolment'));
  const segments = parts.filter((part) => part.type === 'segment');
  const [first, second] = segments;
  if (!first || !second || enrolment === undefined) throw new Error('two segments and an enrolment');
  const of = (segment: typeof first, fault: string | null) => ({
    header: segment.header,
    signature: segment.signature,
    records: segment.records,
    root: recordsRoot(segment.records, sha256),
    hash: headerHash(segment.header, sha256),
    fault,
  });
  const { publicKey, screen } = JSON.parse(enrolment) as { publicKey: string; screen: string };
  return {
    publicKey,
    screen,
    signed: 'xunbo/segment/v1\n + header',
    segments: [
      of(first, null),
      of(second, null),
      of({ ...first, signature: second.signature }, 'signature-wrong'),
      of({ ...first, records: first.records.slice(1) }, 'count-wrong'),
      of({ ...first, records: first.records.with(2, first.records[3] ?? '') }, 'root-wrong'),
      of({ ...first, header: first.header.replace('"screen":"a"', '"screen":"b"') }, 'screen-foreign'),
      of({ ...first, header: first.header.replace('{', '{ ') }, 'header-malformed'),
    ],
  };
}

/** The log of the town: its entries, its keys, a checkpoint with signatures, proofs and a receipt. */
async function logVectors(town: Town): Promise<unknown> {
  const entries = await town.ledger.log.entries(0, 1000);
  const checkpoint = town.log.checkpoint();
  const { size, root } = checkpointOf(checkpoint);
  const hash = JSON.parse(entries.find((entry) => entry.includes('"kind":"segment"')) ?? '{}').hash as string;
  const { receipts } = await town.log.receipts([hash]);
  const [receipt] = receipts;
  if (!receipt) throw new Error('a receipt');
  const consistency = await Promise.all(
    [1, 3, 4, size].map(async (old) => ({
      old,
      proof: ((await town.log.consistencyFrom(old)).proof ?? []).map(toBase64),
    })),
  );
  return {
    policy: town.policy,
    entries,
    leaves: entries.map((entry) => hex(leafHash(entry, sha256))),
    checkpoint,
    size,
    root: hex(root),
    consistency,
    inclusion: { index: receipt.index, proof: receipt.proof.map(toBase64) },
    receipt: formatTlogProof({ index: receipt.index, proof: receipt.proof, checkpoint }),
  };
}

/** A bundle for each verdict: its lines, the policy, and the report or why it is rejected. */
async function bundleVectors(): Promise<unknown[]> {
  const cut = { records: (records: ReturnType<typeof dayRecords>) => records.slice(0, 20) };
  const gap: DayChange = {
    records: (records) =>
      records.map((record, k) =>
        k === 9
          ? { kind: 'gap', reason: 'asleep', t0: record.t0, t1: record.t1, m0: record.m0, m1: record.m1, evidence: {} }
          : record.kind === 'dayclose'
            ? { ...record, evidence: { ...record.evidence, plays: { c1: 3, c2: 0 } } }
            : record,
      ),
  };
  const lie: DayChange = {
    records: (records) =>
      records.map((record) =>
        record.kind === 'dayclose' ? { ...record, evidence: { ...record.evidence, plays: { c1: 30, c2: 2 } } } : record,
      ),
  };
  const [proved, gaps, incomplete, contradicted] = [
    await bundleOf({}),
    await bundleOf(gap),
    await bundleOf(cut, false),
    await bundleOf(lie),
  ];
  const changed = proved.parts.map((part) =>
    part.type === 'entries' ? { ...part, entries: part.entries.with(1, part.entries[0] ?? '') } : part,
  );
  return [
    await vector('proved', proved),
    await vector('proved-with-gaps', gaps),
    await vector('incomplete', incomplete),
    await vector('contradicted', contradicted),
    await vector('rejected', { ...proved, parts: changed }),
  ];
}

type TownBundle = { town: Town; policy: string; parts: BundlePart[] };

async function bundleOf(change: DayChange, isFollowed = true): Promise<TownBundle> {
  const town = await provedTown();
  const device = await town.enrol('a', program);
  await town.playDay(device, DAY, { program, ...change });
  if (isFollowed) await town.playDay(device, NEXT, { program });
  // Without the log's ML-DSA-44 signatures, of 2,420 bytes each, which not everybody can verify.
  const [ed25519 = '', mlDsa44 = '', ...rest] = town.policy.split('\n');
  const id = Buffer.from(mlDsa44.split('+')[1] ?? '', 'hex')
    .toString('base64')
    .slice(0, 5);
  const without = (note: string): string =>
    note
      .split('\n')
      .filter((line) => !line.startsWith('— town.example/xunbo') || !line.split(' ')[2]?.startsWith(id))
      .join('\n');
  const parts = (await town.bundle(['a'], DAY, DAY)).map((part) =>
    part.type === 'bundle'
      ? { ...part, checkpoint: without(part.checkpoint) }
      : part.type === 'checkpoint'
        ? { ...part, note: without(part.note) }
        : part,
  );
  return { town, policy: [ed25519, ...rest].join('\n'), parts };
}

async function vector(name: string, { town, policy, parts }: TownBundle): Promise<unknown> {
  const result = await town.verify(parts, policy);
  const lines = parts.map(partText).join('').trimEnd().split('\n');
  return {
    name,
    policy: policy.split('\n'),
    lines,
    ...(result.ok ? { report: result.value } : { rejected: result.error }),
  };
}
