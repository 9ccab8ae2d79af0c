/** The published test vectors hold. `XUNBO_WRITE_VECTORS=1` makes them anew, with new keys. */
import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { checkSegment } from '../../../domain/proof/check-segment.ts';
import { leafHash, merkleRoot } from '../../../domain/proof/merkle.ts';
import { headerHash, hex, recordsRoot } from '../../../domain/proof/segment.ts';
import { fromBase64 } from '../../../domain/tlog/base64.ts';
import { parseCheckpoint, signatureBy } from '../../../domain/tlog/checkpoint.ts';
import { parsePolicy } from '../../../domain/tlog/policy.ts';
import { isIncluded, parseTlogProof } from '../../../domain/tlog/tlog-proof.ts';
import { isConsistent } from '../../../domain/tlog/tree.ts';
import { readHeader } from '../../../protocol/read-header.ts';
import { readRecordLine } from '../../../protocol/read-record-line.ts';
import { sha256 } from '../../../server/sha256.ts';
import { verifyByNode } from '../../../server/tlog/raw-keys.ts';
import { makeVectors } from '../../helpers/make-vectors.ts';
import { verifyText } from '../../helpers/proved-town.ts';

const fileOf = (name: string): URL => new URL(`../../vectors/${name}`, import.meta.url);
const read = async (name: string) => JSON.parse(await readFile(fileOf(name), 'utf8'));
const bytesOf = (encoded: string): Uint8Array => fromBase64(encoded) ?? new Uint8Array();

test.runIf(process.env.XUNBO_WRITE_VECTORS === '1')(
  '[VC1] the vectors are made anew (skipped: only with XUNBO_WRITE_VECTORS=1)',
  async () => {
    for (const [name, value] of Object.entries(await makeVectors())) {
      await writeFile(fileOf(name), `${JSON.stringify(value, null, 1)}\n`);
    }
  },
);

test('[VC1] records: which lines are one', async () => {
  for (const { line, isRecord } of await read('records.json')) {
    expect([line, readRecordLine(line) !== null]).toEqual([line, isRecord]);
  }
});

test('[VC1] segments: root, hash, signature, and what is wrong with the others', async () => {
  const { publicKey, screen, segments } = await read('segments.json');
  const device = hex(sha256(bytesOf(publicKey)));
  for (const { header, signature, records, root, hash, fault } of segments) {
    expect([recordsRoot(records, sha256), headerHash(header, sha256)]).toEqual([root, hash]);
    const segment = { header, signature, body: records.map((line: string) => `${line}\n`).join('') };
    const verify = (text: string, of: string): boolean | Promise<boolean> =>
      verifyByNode('ed25519', bytesOf(publicKey), text, bytesOf(of));
    const checked = await checkSegment(
      segment,
      { device, screen },
      { sha256, readHeader, readRecord: readRecordLine, verify },
    );
    expect(checked.ok ? null : checked.error.fault).toBe(fault);
  }
});

test('[VC1] the log: leaves, root, signatures, consistency, inclusion and a receipt', async () => {
  const log = await read('log.json');
  const leaves: string[] = log.entries.map((entry: string) => hex(leafHash(entry, sha256)));
  expect(leaves).toEqual(log.leaves);
  const rootAt = (size: number): Uint8Array => merkleRoot(log.entries.slice(0, size), sha256);
  expect(hex(rootAt(log.size))).toBe(log.root);
  const checkpoint = parseCheckpoint(log.checkpoint);
  const policy = parsePolicy(log.policy, sha256);
  if (!checkpoint || !policy.ok) throw new Error('a checkpoint and a policy');
  const keys = [...policy.value.logs, ...policy.value.witnesses.map(({ key }) => key)];
  for (const key of keys) {
    const standing = await signatureBy(checkpoint, key, verifyByNode);
    expect(standing).not.toBeNull();
    expect(standing).not.toBe('forged');
  }
  for (const { old, proof } of log.consistency) {
    const [from, to] = [
      { size: old, root: rootAt(old) },
      { size: log.size, root: rootAt(log.size) },
    ];
    expect(isConsistent(from, to, proof.map(bytesOf), sha256)).toBe(true);
  }
  const receipt = parseTlogProof(log.receipt);
  expect(receipt && isIncluded(log.entries[receipt.index], receipt, sha256)).toBe(true);
  expect(receipt && isIncluded(log.entries[receipt.index + 1] ?? '', receipt, sha256)).toBe(false);
});

test('[VC1] bundles: a verdict each', async () => {
  const bundles = await read('bundles.json');
  const verdicts: string[] = [];
  for (const { name, policy, lines, report, rejected } of bundles) {
    const result = await verifyText(`${lines.join('\n')}\n`, policy.join('\n'));
    expect([name, result]).toEqual([name, report ? { ok: true, value: report } : { ok: false, error: rejected }]);
    verdicts.push(result.ok ? result.value.verdict : 'rejected');
  }
  expect(verdicts).toEqual(['proved', 'proved-with-gaps', 'incomplete', 'contradicted', 'rejected']);
});
