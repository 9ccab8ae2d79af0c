/** Who may do what in the console, in a real Chromium: what is offered to each role, where the first administrator comes from, and whom a page may ask. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { ROLES, type Role } from '../../domain/catalogue/organisation.ts';
import { wireErrorSchema } from '../../protocol/errors.ts';
import { API } from '../../protocol/http/api.ts';
import { consoleHouseForTests } from '../helpers/console-house.ts';
import { createProduct } from '../helpers/product.ts';

const house = consoleHouseForTests();
beforeAll(() => house.hire(ROLES.filter((role) => role !== 'admin')));

const includes = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** What is offered at a path, the selector it has there, and the least role that may do it. */
const OFFERS: readonly [path: string, selector: string, needed: Role][] = [
  ['/campaigns', 'button:has-text("New campaign")', 'editor'],
  ['/campaigns', 'button[aria-label^="Actions: "]', 'editor'],
  ['/campaigns/demo', 'main button:has(:text-is("Save"))', 'editor'],
  ['/campaigns/demo', 'main input:enabled', 'editor'],
  ['/playlists', 'button:has-text("New playlist")', 'editor'],
  ['/playlists/loop-town', 'main button:has(:text-is("Save"))', 'editor'],
  ['/library/films', 'input[type=file]', 'editor'],
  ['/library/films', 'button[aria-label^="Actions: "]', 'editor'],
  ['/library/slogans', 'button:has-text("New slogan")', 'editor'],
  ['/library/streams', 'button:has-text("Add a live source")', 'editor'],
  ['/screens', 'button:has-text("Add a screen")', 'operator'],
  ['/screens', 'button[aria-label^="Actions "]', 'operator'],
  ['/screens/demo', 'main button:has(:text-is("Edit"))', 'operator'],
  ['/screens/demo', 'button[aria-label^="Actions "]', 'operator'],
  ['/takeover', 'main button:has-text("New takeover")', 'operator'],
  ['/', 'nav a:has-text("Takeover")', 'operator'],
  ['/system', 'button:has(:text-is("Run now"))', 'admin'],
  ['/system', '[role=tab]:has-text("People")', 'admin'],
  ['/system?tab=units', 'button:has-text("Add a unit")', 'admin'],
  ['/system?tab=units', 'main button:has(:text-is("Edit"))', 'admin'],
  ['/system?tab=units', 'button:has-text("Signing key")', 'admin'],
];

for (const role of ROLES)
  test(`[C17] to the role ${role} is offered what it may do and nothing else, and the server refuses it the rest`, async () => {
    const page = await house.open('/', { as: role, locale: 'en-GB' });
    for (const path of new Set(OFFERS.map(([at]) => at))) {
      await page.goto(house.url + path);
      await page.locator('main h1').waitFor();
      await page.waitForLoadState('networkidle');
      for (const [, selector, needed] of OFFERS.filter(([at]) => at === path)) {
        const offer = page.locator(selector);
        if (includes(role, needed)) await offer.first().waitFor({ state: 'attached' });
        else expect([path, selector, await offer.count()]).toEqual([path, selector, 0]);
      }
    }
    if (includes(role, 'editor')) {
      await page.goto(`${house.url}/library/films`);
      await page.locator('button[aria-label^="Actions: "]').first().click();
      await page.getByRole('menuitem', { name: 'Rename' }).waitFor();
      expect(await page.getByRole('menuitem', { name: 'Withdraw' }).count()).toBe(includes(role, 'operator') ? 1 : 0);
    }
    for (const { method, path, access } of Object.values(API)) {
      if (access === 'public' || includes(role, access)) continue;
      const answer = await page.request.fetch(house.url + path.replace(/:\w+/g, 'demo'), { method, data: {} });
      const { error } = wireErrorSchema.parse(await answer.json());
      expect([method, path, answer.status(), error.code]).toEqual([method, path, 403, 'not-allowed']);
    }
  });

/** Every page, with something that stands on it. */
const PAGES = ['/', '/screens', '/screens/demo', '/campaigns', '/campaigns/demo', '/playlists', '/playlists/loop-town'];
const MORE_PAGES = [
  '/library/films',
  '/library/posters',
  '/library/slogans',
  '/takeover',
  '/system',
  '/system?tab=server',
];

test('[C20] pages ask no other host, and neither eval nor inline scripts run in them', async () => {
  const asked = new Set<string>();
  const page = await house.open('/', {
    locale: 'zh-CN',
    async before(fresh) {
      fresh.on('request', (request) => asked.add(request.url()));
      fresh.on('websocket', (socket) => asked.add(socket.url()));
    },
  });
  for (const path of [...PAGES, ...MORE_PAGES]) {
    const answer = await page.goto(house.url + path);
    const policy = (answer?.headers()['content-security-policy'] ?? '').split(';').map((one) => one.trim());
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self'");
    await page.locator('main h1').waitFor();
    await page.waitForLoadState('networkidle');
  }
  const { host } = new URL(house.url);
  const others = [...asked].filter((one) => !/^(data|blob):/.test(one) && new URL(one).host !== host);
  expect(others).toEqual([]);
  expect([...asked].some((one) => one.startsWith('ws:'))).toBe(true);
  expect(house.complaints).toEqual([]);
  expect(await scriptsThatRan(page)).toEqual({ inline: false, evaluated: false });
});

/** Tries an inline script and `eval` as the page itself could; a debugger's own scripts are exempt, those of a timer are not. */
const scriptsThatRan = (page: Page): Promise<{ inline: boolean; evaluated: boolean }> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const inline = document.createElement('script');
        inline.textContent = 'document.body.dataset.inline = "ran"';
        document.head.append(inline);
        setTimeout(() => {
          let evaluated = true;
          try {
            Reflect.apply(Reflect.get(window, 'eval'), window, ['1']);
          } catch {
            evaluated = false;
          }
          resolve({ inline: document.body.dataset.inline === 'ran', evaluated });
        });
      }),
  );

test('[C21] nobody is there before the one-time link makes the first administrator, and it does so once', async () => {
  const fresh = await createProduct();
  try {
    const { url } = await fresh.start({ isLeftNew: true, env: { XUNBO_SHELL: 'none', XUNBO_LOG_LEVEL: 'warn' } });
    const ask = async (path: string, body: unknown): Promise<number> =>
      (
        await fetch(url + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).status;
    for (const [login, password] of [
      ['admin', 'admin'],
      ['admin', 'password'],
      ['admin', ''],
      ['root', 'root'],
      ['xunbo', 'xunbo'],
    ])
      expect(await ask('/api/session', { login, password })).toBeGreaterThanOrEqual(400);

    const page = await house.newPage({ locale: 'en-GB' });
    await page.goto(url);
    await page.getByText('This server has no administrator yet').waitFor();
    expect(await page.locator('input').count()).toBe(0);
    const fill = async (): Promise<void> => {
      await page.getByLabel('Your name').fill('林晓');
      await page.getByLabel('Sign-in name').fill('linxiao');
      await page.getByLabel('Password', { exact: true }).fill('correct horse');
      await page.getByLabel('Password again').fill('correct horse');
      await page.getByRole('button', { name: 'Create and sign in' }).click();
    };
    await page.goto(`${url}/setup?token=guessed`);
    await fill();
    await page.locator('.ant-alert-error').waitFor();

    const link = /http:\S+\/setup\?token=(\S+)/.exec(fresh.output());
    const token = link?.[1] ?? '';
    await page.goto(`${url}/setup?token=${token}`);
    await fill();
    await page.getByRole('link', { name: 'Today' }).waitFor();
    const users = await page.request.get(`${url}${API.users.path}`);
    expect(await users.json()).toMatchObject([{ login: 'linxiao', role: 'admin' }]);

    const again = await house.newPage({ locale: 'en-GB' });
    await again.goto(`${url}/setup?token=${token}`);
    await again.getByText('There is an administrator already').waitFor();
    expect(await ask('/api/setup', { token, login: 'eve', name: 'Eve', password: 'correct horse' })).toBe(403);
  } finally {
    await fresh.remove();
  }
});
