/** Emergency takeovers and withdrawals from the API to the page and the disk of a player in a real Chromium. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { mediaSchema } from '../../protocol/catalogue.ts';
import { takeoverViewSchema } from '../../protocol/takeover.ts';
import { type BrowserPlayer, startBrowserPlayer } from '../helpers/browser-player.ts';
import { addOpenScreen } from '../helpers/open-screen.ts';
import { createProduct, eventually, type Product } from '../helpers/product.ts';

const SCREEN = 'under-test';
const TEXT = '请立即有序撤离';

let product: Product;
let one: BrowserPlayer;
let film: z.infer<typeof mediaSchema>;

beforeAll(async () => {
  product = await createProduct();
  const { url } = await product.start({ env: { XUNBO_SHELL: 'none', XUNBO_LOG_LEVEL: 'warn' } });
  const media = await product.api(z.array(mediaSchema), 'GET', '/api/media');
  const found = media.find(({ type }) => type === 'video');
  if (!found) throw new Error('the sample has no film');
  film = found;
  await product.api(z.unknown(), 'PUT', '/api/playlists/under-test', {
    id: 'under-test',
    name: '测试',
    unitId: 'centre',
    items: [{ item: film.id }],
  });
  await addOpenScreen(product, SCREEN, 'under-test');
  one = await startBrowserPlayer(product, url, SCREEN);
});
afterAll(async () => {
  await one?.stop();
  await product?.remove();
});

const modes = (reason: 'taken-over' | 'withdrawn') =>
  one.records.flatMap((r) => (r.kind === 'mode' && r.reason === reason ? [r] : []));

test('[TK1][TK8] a takeover stands over everything in the page, and goes when it is ended', async () => {
  const calledMs = Date.now();
  const started = await product.api(takeoverViewSchema, 'POST', '/api/takeovers', {
    unitId: 'centre',
    text: TEXT,
    textEn: 'Please leave calmly now',
    targets: { screens: [SCREEN] },
    forMs: 3_600_000,
  });
  const shown = await eventually('the message in the page', async () => one.seen.find((s) => s.shown));
  console.log(`takeover: ${shown.atMs - calledMs} ms from the call to the painted page`);
  const overlay = one.page.locator('.takeover[data-on]');
  expect(await overlay.textContent()).toContain(TEXT);
  expect(
    await overlay.evaluate(
      (e) => document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest('.takeover') === e,
    ),
  ).toBe(true);
  await eventually('no film behind it', async () =>
    (await one.page.evaluate(() => [...document.querySelectorAll('video')].every((v) => v.paused))) ? true : undefined,
  );
  expect(one.records.findLast((r) => r.kind === 'play')).toMatchObject({ outcome: 'cut' });
  await eventually('the player saying so', async () => {
    const [view] = await product.api(z.array(takeoverViewSchema), 'GET', '/api/takeovers');
    return view?.showing === 1 ? true : undefined;
  });

  await one.page.reload();
  await eventually('the message in the page that was loaded anew', async () =>
    one.seen.filter((s) => s.shown).length > 1 ? true : undefined,
  );

  await product.api(z.unknown(), 'POST', `/api/takeovers/${started.id}/end`);
  await eventually('the end', async () => (one.seen.at(-1)?.shown === false ? true : undefined));
  expect(modes('taken-over')).toMatchObject([{ evidence: { subject: started.id } }]);
  await eventually('a play after it', async () => (one.player.status().showing ? true : undefined));
});

test('[WD1][WD5] withdrawn content leaves the screen and the disk, and comes back when it is restored', async () => {
  const file = join(one.data, 'media', film.sha);
  await eventually('the film on the screen', async () =>
    one.player.status().showing?.item === film.id && existsSync(file) ? true : undefined,
  );
  const calledMs = Date.now();
  await product.api(z.unknown(), 'POST', `/api/media/${film.id}/withdraw`, { reason: '测试' });
  await eventually('the film off the screen', async () => (one.player.status().showing ? undefined : true));
  const offMs = Date.now();
  await eventually('the record', async () => modes('withdrawn')[0]);
  console.log(
    `withdrawal: ${offMs - calledMs} ms to the screen, recorded after ${(modes('withdrawn')[0]?.t0 ?? 0) - calledMs} ms`,
  );
  expect(modes('withdrawn')).toMatchObject([{ evidence: { subject: film.id, sha: film.sha } }]);
  expect(existsSync(file)).toBe(false);
  expect(await one.page.locator('video').evaluateAll((all) => all.every((v) => (v as HTMLVideoElement).paused))).toBe(
    true,
  );

  await product.api(z.unknown(), 'POST', `/api/media/${film.id}/restore`, { reason: '测试' });
  await eventually('the film again', async () => (one.player.status().showing?.item === film.id ? true : undefined));
  expect(existsSync(file)).toBe(true);
});
