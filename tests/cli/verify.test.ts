/** `xunbo verify` tells an inspector what is proved, in both languages and as JSON, and rejects a file of which one bit was changed. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { runVerify } from '../../cli/verify.ts';
import { writeBundle } from '../../server/export/write-bundle.ts';
import { provedTown } from '../helpers/proved-town.ts';
import { seededRandom } from '../helpers/random-program.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

/** A bundle's file and a policy's. */
async function exported(): Promise<{ bundle: string; policy: string }> {
  const folder = await tempFolder();
  const [bundle, policy] = [join(folder, 'town.xunbo'), join(folder, 'policy')];
  const town = await provedTown();
  const device = await town.enrol('a');
  for (const date of ['2026-07-01', '2026-07-02']) await town.playDay(device, date);
  await writeBundle(Readable.from(await town.bundle(['a'], '2026-07-01', '2026-07-01')), bundle);
  await writeFile(policy, town.policy);
  return { bundle, policy };
}

/** Runs the command on a file; gives what it printed. */
async function verify(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const printed = { out: '', err: '' };
  const into = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _, done) {
        printed[name] += String(chunk);
        done();
      },
    });
  const io = { stdin: Readable.from([]), stdout: into('out'), stderr: into('err') };
  return { code: await runVerify(words, io, {}), ...printed };
}

describe('xunbo verify', () => {
  test('[BV7] says what is proved, in both languages and as JSON', async () => {
    const { bundle, policy } = await exported();
    const english = await verify(bundle, '--policy', policy, '--lang', 'en');
    expect(english).toMatchObject({ code: 0, err: '' });
    expect(english.out).toContain('2026-07-01  proved');
    expect(english.out).toContain('c1: 9 of 6 plays, met');
    const chinese = await verify(bundle, '--policy', policy);
    expect(chinese.out).toContain('2026-07-01  已证实');
    expect(chinese.out).toContain('c1: 播放 9 次，承诺 6 次，达标');
    const json = await verify(bundle, '--policy', policy, '--json');
    expect(JSON.parse(json.out)).toMatchObject({ verdict: 'proved', screens: [{ screen: 'a' }] });
  });

  test('[BV7] names bad words, a bad policy and a file that is not there', async () => {
    const { bundle, policy } = await exported();
    expect(await verify(bundle)).toMatchObject({ code: 1, err: expect.stringContaining('--policy') });
    const bad = join(await tempFolder(), 'policy');
    await writeFile(bad, 'log nothing\nquorum none');
    expect(await verify(bundle, '--policy', bad)).toMatchObject({ code: 1, err: expect.stringContaining('line 1') });
    expect(await verify(`${bundle}.gone`, '--policy', policy)).toMatchObject({ code: 3 });
    expect(await verify(policy, '--policy', policy)).toMatchObject({ code: 5 });
  });

  test('[I13] [BV6] any one-bit change of the file is rejected, and so is any shorter one', async () => {
    const { bundle, policy } = await exported();
    const whole = await readFile(bundle);
    const seed = Number(process.env.XUNBO_TEST_SEED ?? 13);
    console.info(`seed ${seed}`);
    const random = seededRandom(seed);
    const file = join(await tempFolder(), 'changed');
    const bits = Array.from({ length: Number(process.env.XUNBO_TEST_FLIPS ?? 150) }, () =>
      Math.floor(random() * whole.length * 8),
    );
    // The head, the packed stream's own head and its end, where a flip may leave the text as it was.
    for (let k = 0; k < 10; k += 1) bits.push((88 + k) * 8 + 1, (whole.length - 9 - k) * 8 + 7, k * 8);
    for (const bit of bits) {
      const changed = Buffer.from(whole);
      changed[Math.floor(bit / 8)] = (changed[Math.floor(bit / 8)] ?? 0) ^ (1 << (bit % 8));
      await writeFile(file, changed);
      expect([bit, (await verify(file, '--policy', policy)).code]).toEqual([bit, 5]);
    }
    for (const length of [0, 50, 88, 100, whole.length - 1]) {
      await writeFile(file, whole.subarray(0, length));
      expect([length, (await verify(file, '--policy', policy)).code]).toEqual([length, 5]);
    }
  });
});
