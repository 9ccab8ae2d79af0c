/** The console in a real Chromium against the real product, with a simulated screen for speed. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProduct, eventually, type Product } from '../helpers/product.ts';

const CHROMIUMS = [process.env.XUNBO_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'];
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

let product: Product;
let browser: Browser;
let url: string;
/** What pages complained about, policy violations among it. */
const complaints: string[] = [];

beforeAll(async () => {
  product = await createProduct();
  ({ url } = await product.start({ env: { XUNBO_SHELL: 'none', XUNBO_LOG_LEVEL: 'warn' } }));
  const executablePath = CHROMIUMS.find((path) => path !== undefined && existsSync(path));
  browser = await chromium.launch({ ...(executablePath && { executablePath }), args: QUIET });
});
afterAll(async () => {
  await browser?.close();
  await product.remove();
});

/** A signed-in page in a language of its own. */
async function signIn(locale: 'zh-CN' | 'en-GB'): Promise<Page> {
  const page = await (await browser.newContext({ locale, viewport: { width: 1440, height: 900 } })).newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A browser reports every refused request as an error; being told to sign in is one of them.
    if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text());
  });
  await page.goto(`${url}/`);
  await page.locator('input').first().fill('admin');
  await page.locator('input[type=password]').fill('correct horse');
  await page.locator('button[type=submit]').click();
  await page.getByRole('link', { name: locale === 'zh-CN' ? '今日' : 'Today' }).waitFor();
  return page;
}

/** The count that Today shows for a screen's first promise; -1 while it shows none. */
async function shownCount(page: Page, screen: string): Promise<number> {
  const row = page.locator('.ant-table-row', { hasText: screen }).first();
  await row.waitFor();
  return Number(/(\d+)\s*\/\s*\d+/.exec((await row.textContent()) ?? '')?.[1] ?? -1);
}

test('[C5] counts rise on Today without a reload', async () => {
  const page = await signIn('zh-CN');
  const before = await shownCount(page, '演示屏');
  await eventually('a higher count', async () => ((await shownCount(page, '演示屏')) > before ? true : undefined));
});

test('[C1][C2] the interface speaks the browser’s language, and names have theirs', async () => {
  const page = await signIn('en-GB');
  await page.goto(`${url}/screens`);
  await page.getByText('Demo screen').first().waitFor();
  for (const [path, words] of [
    ['/campaigns', 'Campaigns'],
    ['/library', 'Library'],
    ['/playlists', 'Playlists'],
    ['/system', 'System'],
    ['/screens/demo', 'Demo screen'],
  ] as const) {
    await page.goto(url + path);
    await page.getByRole('heading', { name: words }).first().waitFor();
  }
});

test('[CC13] the campaign form shows at once whether it fits', async () => {
  const page = await signIn('en-GB');
  await page.goto(`${url}/campaigns/demo`);
  const check = page.getByRole('region', { name: 'Booking check' });
  await check.getByText('Fits', { exact: true }).waitFor();
  const plays = page.getByLabel('At least, a day per screen').first();
  await plays.fill('9999');
  await check.getByText('Does not fit', { exact: true }).waitFor();
});

test('[B1] nothing a page did broke the content policy or threw', () => {
  expect(complaints).toEqual([]);
});
