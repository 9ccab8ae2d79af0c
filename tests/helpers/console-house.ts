/** The console in a real Chromium against the real product, for the tests of a file: people sign in, and what their pages complain of is kept. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { z } from 'zod';
import type { Role } from '../../domain/catalogue/organisation.ts';
import { type ScreenView, screenViewSchema } from '../../protocol/http/views.ts';
import { launchChromium } from './chromium.ts';
import { createProduct, type Product, type Run } from './product.ts';

const PASSWORD = 'correct horse';

/** Who opens a page: the administrator, or the person of that role that {@link ConsoleHouse.hire} made. `before` is called before the page is there. */
export type Visit = BrowserContextOptions & { as?: Role; before?: (page: Page) => Promise<unknown> };

/** The product, a browser, and who uses them. */
export type ConsoleHouse = {
  readonly product: Product;
  readonly url: string;
  /** What pages complained of, policy violations among it. */
  readonly complaints: readonly string[];
  /** A page in a browser of its own, in which nobody is signed in. */
  newPage(options: BrowserContextOptions): Promise<Page>;
  /** A page at `path`, signed in; see {@link Visit}. */
  open(path: string, visit: Visit): Promise<Page>;
  /** The demo screen as the server shows it. */
  demoScreen(): Promise<ScreenView>;
  /** Makes a person of each role in the centre, named by it. */
  hire(roles: readonly Role[]): Promise<void>;
};

/** A product run as `run` (a simulated screen for speed) for the file that calls this; the pages of a test go with it. */
export function consoleHouseForTests(run: Run = { env: { XUNBO_SHELL: 'none' } }): ConsoleHouse {
  let product: Product;
  let browser: Browser;
  let url = '';
  const complaints: string[] = [];
  const sessions = new Map<string, string>();
  let contexts: BrowserContext[] = [];

  beforeAll(async () => {
    product = await createProduct();
    ({ url } = await product.start({ ...run, env: { XUNBO_LOG_LEVEL: 'warn', ...run.env } }));
    browser = await launchChromium();
  });
  afterEach(async () => {
    const closing = contexts;
    contexts = [];
    for (const context of closing) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  async function newPage(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // A browser reports every refused request as an error; being told to sign in is one of them.
      if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text());
    });
    return page;
  }

  /** The session of a person; signing in is bounded, so each does it once. */
  async function sessionOf(login: string): Promise<string> {
    const known = sessions.get(login);
    if (known !== undefined) return known;
    const answer = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: PASSWORD }),
    });
    if (!answer.ok) throw new Error(`${login} cannot sign in: ${await answer.text()}`);
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    sessions.set(login, cookie);
    return cookie;
  }

  return {
    get product() {
      return product;
    },
    get url() {
      return url;
    },
    complaints,
    newPage,
    async open(path, { as = 'admin', before, ...options }) {
      const page = await newPage(options);
      const [name = '', value = ''] = (await sessionOf(as)).split('=');
      await page.context().addCookies([{ name, value, url }]);
      await before?.(page);
      await page.goto(url + path);
      return page;
    },
    async demoScreen() {
      const screens = await product.api(z.array(screenViewSchema), 'GET', '/api/screens');
      const demo = screens.find(({ id }) => id === 'demo');
      if (!demo) throw new Error('there is no demo screen');
      return demo;
    },
    async hire(roles) {
      for (const role of roles) {
        const person = { id: role, unitId: 'centre', login: role, name: role, role, password: PASSWORD };
        await product.api(z.unknown(), 'PUT', `/api/users/${role}`, person);
      }
    },
  };
}
