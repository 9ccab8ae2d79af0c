/** The console in trouble, in a real Chromium: a lost connection, a page that fails, a session that has ended. */
import type { Page, WebSocketRoute } from 'playwright-core';
import { expect, test } from 'vitest';
import { consoleHouseForTests } from '../helpers/console-house.ts';

const house = consoleHouseForTests();

/** The page's way to the server's live link, which can be cut and opened again. */
async function cuttableLink(page: Page): Promise<{ cut(): Promise<void>; mend(): void }> {
  let isCut = false;
  const open = new Set<WebSocketRoute>();
  await page.routeWebSocket(/socket\.io/, (socket) => {
    if (isCut) return void socket.close();
    socket.connectToServer();
    open.add(socket);
  });
  await page.route(/socket\.io/, (route) => (isCut ? route.abort() : route.continue()));
  return {
    async cut() {
      isCut = true;
      for (const socket of open) await socket.close();
      open.clear();
    },
    mend() {
      isCut = false;
    },
  };
}

test('[C9] a connection lost for more than 2.5 seconds is said calmly; on return all on show is fetched anew', async () => {
  const asked: string[] = [];
  let link = { cut: async (): Promise<void> => undefined, mend: (): void => undefined };
  const page = await house.open('/', {
    locale: 'en-GB',
    async before(fresh) {
      await fresh.clock.install();
      link = await cuttableLink(fresh);
      fresh.on('request', (request) => {
        const { pathname } = new URL(request.url());
        if (pathname.startsWith('/api/')) asked.push(pathname);
      });
    },
  });
  const note = page.locator('.x-lost');
  const live = page.locator('.x-header').getByText('Live', { exact: true });
  await live.waitFor();
  await page.locator('.ant-table-row').first().waitFor();
  await page.waitForLoadState('networkidle');
  const onShow = new Set(asked);
  expect([...onShow]).toEqual(expect.arrayContaining(['/api/today', '/api/targets', '/api/screens', '/api/incidents']));

  // From here on the page's time is turned by hand.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000));
  await link.cut();
  await page.clock.runFor(2_400);
  expect(await note.count()).toBe(0);
  await page.clock.runFor(300);
  await note.getByText('may be out of date').waitFor();
  expect(await note.getAttribute('role')).toBe('status');
  expect(await page.locator('.ant-table-row').count()).toBeGreaterThan(0);

  asked.length = 0;
  link.mend();
  await page.clock.resume();
  await note.waitFor({ state: 'detached' });
  await live.waitFor();
  await page.waitForLoadState('networkidle');
  expect([...onShow].filter((path) => !asked.includes(path))).toEqual([]);
});

test('[C19] a page that fails leaves the others working, whether it does not come or breaks as it is drawn', async () => {
  const page = await house.open('/', {
    locale: 'en-GB',
    async before(fresh) {
      await fresh.route(/playlists-page-.*\.js$/, (route) => route.abort());
      await fresh.route(/\/api\/screens\/demo\/day/, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ json: { ...(await answer.json()), timeZone: 'Nowhere/At-All' } });
      });
    },
  });
  const go = (place: string): Promise<void> => page.locator('nav a', { hasText: place }).click();
  const failed = page.getByText('This page has failed');
  await go('Playlists');
  await failed.waitFor();
  await go('Library');
  await page.getByRole('heading', { name: 'Library' }).waitFor();
  expect(await failed.count()).toBe(0);
  await go('Screens');
  await page.getByRole('link', { name: 'Demo screen' }).click();
  await failed.waitFor();
  await go('Campaigns');
  await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
  expect(await failed.count()).toBe(0);
});

test('[C19] a session that has ended leads to signing in, and from there back to where one was', async () => {
  const page = await house.newPage({ locale: 'en-GB' });
  const signIn = async (): Promise<void> => {
    await page.getByLabel('Sign-in name').fill('admin');
    await page.getByLabel('Password').fill('correct horse');
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  await page.goto(`${house.url}/campaigns`);
  await signIn();
  await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
  expect((await page.request.delete(`${house.url}/api/session`)).status()).toBe(200);
  // Nothing is clicked: the live link ends with the session.
  await page.getByLabel('Password').waitFor();
  await signIn();
  await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
});
