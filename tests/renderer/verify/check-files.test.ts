/** The verifier's page says of a bundle what the command says, and says so where a browser cannot check. */
import { hash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bundleHead } from '../../../protocol/bundle.ts';
import { type CheckedFiles, checkFiles, MAX_BUNDLE_BYTES } from '../../../renderer/verify/check/check-files.ts';
import type { CheckOutcome } from '../../../renderer/verify/check/check-outcome.ts';
import { type BundleFiles, byCommand, saysMore, slept, townFiles } from '../../helpers/bundle-files.ts';
import { seededRandom } from '../../helpers/random-program.ts';

const { subtle } = globalThis.crypto;
const deaf = (): void => {};

const blobs = async ({ bundle, policy }: BundleFiles): Promise<CheckedFiles> => ({
  bundle: await openAsBlob(bundle),
  policy: await openAsBlob(policy),
});

/** What the page saves. */
function jsonOf(outcome: CheckOutcome): string {
  if (outcome.kind !== 'checked') throw new Error(outcome.kind);
  const { result } = outcome;
  return `${JSON.stringify(result.ok ? result.value : { rejected: result.error })}\n`;
}

describe('the page and the command', () => {
  for (const [name, change, verdict] of [
    ['a good bundle', {}, 'proved'],
    ['gaps', slept, 'proved-with-gaps'],
    ['a segment that was not sent', { push: (number: number) => number !== 1 }, 'incomplete'],
    ['totals that the records do not hold', saysMore, 'contradicted'],
  ] as const) {
    test(`[VP2] say the same of ${name}`, async () => {
      const files = await townFiles(change);
      const outcome = await checkFiles(await blobs(files), subtle, deaf);
      expect(jsonOf(outcome)).toBe(await byCommand(files));
      expect(outcome).toMatchObject({ result: { value: { verdict } } });
      const [bundle, policy] = await Promise.all([readFile(files.bundle), readFile(files.policy)]);
      expect(outcome).toMatchObject({ bundleSha: hash('sha256', bundle), policySha: hash('sha256', policy) });
    });
  }

  test('[VP2] [I13] reject any one-bit change and any shorter file; the page says that it is damaged', async () => {
    const files = await townFiles();
    const whole = await readFile(files.bundle);
    const policy = await openAsBlob(files.policy);
    const seed = Number(process.env.XUNBO_TEST_SEED ?? 17);
    console.info(`seed ${seed}`);
    const random = seededRandom(seed);
    const bits = Array.from({ length: 60 }, () => Math.floor(random() * whole.length * 8));
    for (let k = 0; k < 8; k += 1) bits.push((88 + k) * 8 + 1, (whole.length - 9 - k) * 8 + 7, k * 8);
    const changed = bits.map((bit) => {
      const bytes = Buffer.from(whole);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return bytes;
    });
    const shorter = [0, 50, 88, 100, whole.length - 1].map((length) => whole.subarray(0, length));
    for (const bytes of [...changed, ...shorter]) {
      const outcome = await checkFiles({ bundle: new Blob([Uint8Array.from(bytes)]), policy }, subtle, deaf);
      await writeFile(files.bundle, bytes);
      expect(JSON.parse(await byCommand(files))).toHaveProperty('rejected');
      // The hash is of the whole file, however early the check ended.
      const bundleSha = hash('sha256', bytes);
      expect(outcome).toMatchObject({ bundleSha, result: { ok: false, error: 'not-a-bundle' } });
    }
  });

  test('[VP2] [VC1] say of the published bundles what was published of them', async () => {
    const bundles = JSON.parse(await readFile(`${import.meta.dirname}/../../vectors/bundles.json`, 'utf8'));
    expect(bundles).toHaveLength(5);
    for (const { name, policy, lines, report, rejected } of bundles) {
      const packed = gzipSync(`${lines.join('\n')}\n`);
      const bundle = new Blob([bundleHead(hash('sha256', packed)), packed]);
      const outcome = await checkFiles({ bundle, policy: new Blob([policy.join('\n')]) }, subtle, deaf);
      expect([name, JSON.parse(jsonOf(outcome))]).toEqual([name, report ?? { rejected }]);
    }
  });

  test('[VP2] reject a bundle of a log that the policy does not name', async () => {
    const [files, other] = [await townFiles(), await townFiles()];
    const mixed = { bundle: files.bundle, policy: other.policy };
    const json = jsonOf(await checkFiles(await blobs(mixed), subtle, deaf));
    expect(json).toBe(await byCommand(mixed));
    expect(JSON.parse(json)).toHaveProperty('rejected');
  });
});

describe('what a browser cannot check', () => {
  /** The outcome with the policy's lines changed. */
  async function under(change: (lines: string[]) => string[]): Promise<CheckOutcome> {
    const files = await townFiles();
    const lines = (await readFile(files.policy, 'utf8')).split('\n');
    const policy = new Blob([change(lines).join('\n')]);
    return checkFiles({ bundle: await openAsBlob(files.bundle), policy }, subtle, deaf);
  }
  const isLong = (line: string): boolean => line.length > 500;

  test('[VP4] keys of ML-DSA-44 are left out and named; what stands without them stands', async () => {
    const outcome = await under((lines) => lines);
    expect(outcome).toMatchObject({ leftOut: ['town.example/xunbo'], result: { value: { verdict: 'proved' } } });
    const without = await under((lines) => lines.filter((line) => !isLong(line)));
    expect(without).toMatchObject({ leftOut: [], result: { value: { verdict: 'proved' } } });
  });

  test('[VP4] a quorum that needs such a key is missed, not lowered', async () => {
    const outcome = await under((lines) => {
      const quantum = lines.find(isLong)?.replace(/^log /, 'witness w2 ') ?? '';
      return [
        ...lines.filter((line) => !isLong(line) && !line.startsWith('quorum')),
        quantum,
        'group both all w1 w2',
        'quorum both',
      ];
    });
    expect(outcome).toMatchObject({ leftOut: ['w2'], result: { value: { verdict: 'incomplete' } } });
    const findings =
      outcome.kind === 'checked' && outcome.result.ok && outcome.result.value.screens[0]?.dates[0]?.findings;
    expect(findings).toContainEqual({ kind: 'quorum-missing' });
  });

  test('[VP4] a policy whose logs have only such keys is not judged by', async () => {
    const outcome = await under((lines) => lines.filter((line) => !line.startsWith('log ') || isLong(line)));
    expect(outcome).toEqual({ kind: 'no-checkable-log' });
  });

  test('[VP5] without Ed25519, or with one that says yes to all, nothing is judged', async () => {
    const files = await blobs(await townFiles());
    expect(await checkFiles(files, undefined, deaf)).toEqual({ kind: 'no-ed25519' });
    const lacking = new Proxy(subtle, {
      get: (target, name) =>
        name === 'importKey'
          ? () => Promise.reject(new DOMException('', 'NotSupportedError'))
          : Reflect.get(target, name),
    });
    expect(await checkFiles(files, lacking, deaf)).toEqual({ kind: 'no-ed25519' });
    const yes = { importKey: () => Promise.resolve({}), verify: () => Promise.resolve(true) };
    const lying = new Proxy(subtle, { get: (_, name) => Reflect.get(yes, name) });
    expect(await checkFiles(files, lying, deaf)).toEqual({ kind: 'no-ed25519' });
  });

  test('[VP5] what is too large, no policy, or not to be read any more is said as such, without a verdict', async () => {
    const { bundle, policy } = await blobs(await townFiles());
    const huge = new Proxy(bundle, { get: (_, name) => (name === 'size' ? MAX_BUNDLE_BYTES + 1 : undefined) });
    expect(await checkFiles({ bundle: huge, policy }, subtle, deaf)).toEqual({ kind: 'bundle-too-large' });
    const long = new Blob(['#'.repeat(4_000_001)]);
    expect(await checkFiles({ bundle, policy: long }, subtle, deaf)).toEqual({ kind: 'policy-too-large' });
    const wrong = new Blob(['# whom we trust\nlog nothing\nquorum none']);
    const fault = { kind: 'policy-wrong', line: 2, text: 'log nothing' };
    expect(await checkFiles({ bundle, policy: wrong }, subtle, deaf)).toMatchObject(fault);
    const gone = new Blob(['x'.repeat(200)]);
    gone.slice = () => {
      const part = new Blob();
      part.arrayBuffer = () => Promise.reject(new DOMException('it was changed', 'NotReadableError'));
      return part;
    };
    expect(await checkFiles({ bundle: gone, policy }, subtle, deaf)).toMatchObject({ kind: 'unreadable' });
  });

  test('[VP5] a file that cannot be read to its end is unreadable, not damaged', async () => {
    const { bundle, policy } = await blobs(await townFiles());
    const bytes = new Uint8Array(await bundle.arrayBuffer());
    const torn = new Blob([bytes]);
    torn.slice = (from = 0, to = bytes.length) => {
      const part = new Blob([bytes.slice(from, to)]);
      let pieces = 0;
      part.stream = () =>
        new ReadableStream({
          pull(stream) {
            pieces += 1;
            if (pieces > 3) stream.error(new DOMException('the disk is gone', 'NotReadableError'));
            else stream.enqueue(bytes.slice(from + (pieces - 1) * 1000, from + pieces * 1000));
          },
        });
      return part;
    };
    const outcome = await checkFiles({ bundle: torn, policy }, subtle, deaf);
    expect(outcome).toEqual({ kind: 'unreadable', message: 'the disk is gone' });
  });

  test('[VP6] how much was read is told on the way, up to all of it', async () => {
    const shares: number[] = [];
    await checkFiles(await blobs(await townFiles()), subtle, (share) => shares.push(share));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});
