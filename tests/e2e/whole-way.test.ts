/** From a campaign to counted plays through real processes, however they are stopped or killed. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Checkpoint, parseCheckpoint } from '../../domain/tlog/checkpoint.ts';
import { commitmentDaySchema } from '../../protocol/http/views.ts';
import { bookGreeting } from '../helpers/greeting.ts';
import { createProduct, eventually, killQuietly, type Product } from '../helpers/product.ts';
import { expectNothingLost, expectSoundLedger } from '../helpers/proof-checks.ts';

const CHROMIUM = { env: { XUNBO_SHELL: 'chromium', XUNBO_HEADLESS: 'true', XUNBO_LOG_LEVEL: 'warn' } };
const COMMITMENT = 'greeting.min.now';
const rows = z.array(commitmentDaySchema);
const batchSchema = z.object({ checkpoint: z.string(), receipts: z.array(z.unknown()) });

let product: Product;
beforeAll(async () => {
  product = await createProduct();
  await product.start(CHROMIUM);
});
afterAll(() => product.remove());

/** The promise's row on the demo screen. */
async function promise(): Promise<z.infer<typeof commitmentDaySchema> | undefined> {
  const today = await product.api(rows, 'GET', '/api/today');
  return today.find((row) => row.screen.id === 'demo' && row.commitment === COMMITMENT);
}

const provenAtLeast = (count: number): Promise<number> =>
  eventually(`${count} proven plays of ${COMMITMENT}`, async () => {
    const proven = (await promise())?.proven ?? 0;
    return proven >= count ? proven : undefined;
  });

test('[W1] a campaign made over the API is played in a real Chromium, recorded, acknowledged and counted', async () => {
  await bookGreeting(product, 'greeting-card', '您好，欢迎光临', 3000);
  await provenAtLeast(1);
  const plays = await product.plays();
  const greeting = plays.find((play) => play.commitment === COMMITMENT && play.counted);
  expect(greeting).toMatchObject({
    screenId: 'demo',
    item: 'greeting-card',
    campaign: 'greeting',
    outcome: 'complete',
  });
  expect((greeting?.endMs ?? 0) - (greeting?.startMs ?? 0)).toBeGreaterThanOrEqual(2500);
});

test('[W2] stopped with Ctrl-C and started again, nothing is lost and nothing counted twice', async () => {
  const before = await expectSoundLedger(product);
  expect(await product.stop()).toBe(0);
  await product.start(CHROMIUM);
  expectNothingLost(before, await expectSoundLedger(product));
  await provenAtLeast(((await promise())?.proven ?? 0) + 1);
});

test('[W3] the player killed in the middle of a play, again and again: nothing acknowledged lost, nothing doubled', async () => {
  for (let round = 0; round < 3; round += 1) {
    const before = await expectSoundLedger(product);
    const showing = z.array(
      z.looseObject({ id: z.string(), status: z.looseObject({ showing: z.unknown() }).nullable() }),
    );
    await eventually('the demo screen showing something', async () => {
      const screens = await product.api(showing, 'GET', '/api/screens');
      return screens.find((s) => s.id === 'demo')?.status?.showing ?? undefined;
    });
    for (const pid of product.playerPids()) killQuietly(pid);
    await eventually('plays after the crash', async () => {
      const plays = await product.plays();
      return plays.length > before.length ? plays : undefined;
    });
    expectNothingLost(before, await expectSoundLedger(product));
  }
});

test('[W4] the server killed while plays come in, again and again: what it acknowledged is there, once', async () => {
  for (let round = 0; round < 2; round += 1) {
    const before = await expectSoundLedger(product);
    await eventually('a play more', async () => ((await product.plays()).length > before.length ? true : undefined));
    const acknowledged = await product.plays();
    await product.kill();
    for (const pid of product.playerPids()) killQuietly(pid);
    await product.start(CHROMIUM);
    expectNothingLost(acknowledged, await expectSoundLedger(product));
  }
  await provenAtLeast(((await promise())?.proven ?? 0) + 1);
});

test('[LG1][TL10] after all of that the log goes on, and the player keeps receipts that hold against it', async () => {
  const checkpoint = async (): Promise<Checkpoint | undefined> =>
    parseCheckpoint(await (await product.fetch('/log/checkpoint')).text()) ?? undefined;
  const journal = join(product.data, 'player/journal');
  const batches = await eventually('receipts in the journal', async () => {
    const files = (await readdir(journal, { recursive: true })).filter((name) => name.endsWith('.receipts'));
    const texts = await Promise.all(files.map((name) => readFile(join(journal, name), 'utf8')));
    const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '');
    return lines.length > 0 ? lines.map((line) => batchSchema.parse(JSON.parse(line))) : undefined;
  });
  const now = await checkpoint();
  if (!now) throw new Error('no checkpoint');
  for (const batch of batches) {
    const then = parseCheckpoint(batch.checkpoint);
    expect(then?.origin).toBe(now.origin);
    expect(then?.size).toBeLessThanOrEqual(now.size);
    expect(batch.receipts.length).toBeGreaterThan(0);
  }
});
