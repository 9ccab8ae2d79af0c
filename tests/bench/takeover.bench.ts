/** From the call of the API to the painted page of a player. */
import { z } from 'zod';
import { takeoverViewSchema } from '../../protocol/takeover.ts';
import { type BrowserPlayer, startBrowserPlayer } from '../helpers/browser-player.ts';
import { addOpenScreen } from '../helpers/open-screen.ts';
import { createProduct, eventually, type Product } from '../helpers/product.ts';
import { type BenchGroup, median } from './figure.ts';

const ROUNDS = 7;
const SCREEN = 'bench-takeover';

/** Milliseconds from the call to the page's overlay, once. */
async function round(product: Product, one: BrowserPlayer, nth: number): Promise<number> {
  const before = one.seen.length;
  const calledMs = Date.now();
  const { id } = await product.api(takeoverViewSchema, 'POST', '/api/takeovers', {
    unitId: 'centre',
    text: `第 ${nth + 1} 条紧急通知`,
    targets: { screens: [SCREEN] },
    forMs: 600_000,
  });
  const shown = await eventually('the message', async () => one.seen.slice(before).find((s) => s.shown));
  await product.api(z.unknown(), 'POST', `/api/takeovers/${id}/end`);
  await eventually('its end', async () => (one.seen.at(-1)?.shown === false ? true : undefined));
  await eventually('a play', async () => (one.player.status().showing ? true : undefined));
  return shown.atMs - calledMs;
}

/** Figure `takeover-ms`: a player in Chromium on this machine, in the middle of its loop. */
export const takeoverGroup: BenchGroup = async (report) => {
  const product = await createProduct();
  try {
    const { url } = await product.start({ env: { XUNBO_SHELL: 'none', XUNBO_LOG_LEVEL: 'warn' } });
    await addOpenScreen(product, SCREEN);
    const one = await startBrowserPlayer(product, url, SCREEN);
    const rounds: number[] = [];
    for (let nth = 0; nth < ROUNDS; nth += 1) rounds.push(await round(product, one, nth));
    await one.stop();
    report({ name: 'takeover-ms', value: median(rounds), unit: 'ms', reference: null, ratio: null });
  } finally {
    await product.remove();
  }
};
