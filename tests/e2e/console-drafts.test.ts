/** What is typed into the console and not saved yet, in a real Chromium: it is kept, and what does not fit is saved with a reason only. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { campaignSchema, screenSchema } from '../../protocol/catalogue.ts';
import { wireError } from '../../protocol/errors.ts';
import { consoleHouseForTests } from '../helpers/console-house.ts';

const house = consoleHouseForTests();

const campaign = async (): Promise<z.infer<typeof campaignSchema>> => {
  const all = await house.product.api(z.array(campaignSchema), 'GET', '/api/campaigns');
  const demo = all.find(({ id }) => id === 'demo');
  if (!demo) throw new Error('there is no campaign');
  return demo;
};
/** What somebody else saves meanwhile. */
const saveElsewhere = async (nameEn: string): Promise<void> => {
  const body = { ...(await campaign()), nameEn };
  await house.product.api(z.unknown(), 'PUT', '/api/campaigns/demo', body);
};
const englishName = (page: Page) => page.getByLabel('English name').first();
const go = (page: Page, place: string): Promise<void> => page.locator('nav a', { hasText: place }).click();

test('[CC12] a changed form asks before it is left and keeps what was typed; one that is not changed follows others', async () => {
  const page = await house.open('/campaigns/demo', { locale: 'en-GB' });
  const field = englishName(page);
  await field.waitFor();
  await saveElsewhere('Saved by another');
  await page.waitForFunction(() => document.querySelector('h1')?.textContent?.includes('Saved by another'));
  expect(await field.inputValue()).toBe('Saved by another');

  await field.fill('Typed here');
  await saveElsewhere('Saved by another again');
  await page.getByText('Unsaved changes').waitFor();
  await go(page, 'Library');
  await page.getByRole('button', { name: 'Keep editing' }).click();
  expect(new URL(page.url()).pathname).toBe('/campaigns/demo');
  expect(await field.inputValue()).toBe('Typed here');

  const asked = new Promise<string>((resolve) => {
    page.once('dialog', (dialog) => {
      resolve(dialog.type());
      void dialog.dismiss();
    });
  });
  await page.close({ runBeforeUnload: true });
  expect(await asked).toBe('beforeunload');
  expect(await field.inputValue()).toBe('Typed here');

  await go(page, 'Library');
  await page.getByRole('button', { name: 'Leave without saving' }).click();
  await page.getByRole('heading', { name: 'Library' }).waitFor();
  await go(page, 'Campaigns');
  await page.getByRole('link', { name: 'Saved by another again' }).click();
  await field.waitFor();
  await go(page, 'Library');
  await page.getByRole('heading', { name: 'Library' }).waitFor();
});

test('[CC12][C17a] what is typed while a save is on its way stays, and the button keeps its name', async () => {
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const page = await house.open('/campaigns/demo', {
    locale: 'en-GB',
    before: (fresh) =>
      fresh.route(/\/api\/campaigns\//, async (route) => {
        if (route.request().method() !== 'PUT') return route.continue();
        const response = await route.fetch();
        await answered;
        return route.fulfill({ response });
      }),
  });
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await englishName(page).fill('Sent');
  await save.click();
  await save.locator('.anticon-loading').waitFor();
  await englishName(page).fill('Typed meanwhile');
  answer();
  await save.locator('.anticon-loading').waitFor({ state: 'detached' });
  await page.getByText('Unsaved changes').waitFor();
  expect(await englishName(page).inputValue()).toBe('Typed meanwhile');
  expect((await campaign()).nameEn).toBe('Sent');
  await save.click();
  await expect.poll(async () => (await campaign()).nameEn).toBe('Typed meanwhile');
});

const dialog = (page: Page) => page.getByRole('dialog').filter({ hasText: 'Save it anyway?' });
const reason = (page: Page) => page.getByLabel('Reason');

test('[CC17] a campaign that does not fit goes live only with a reason, asked for each time; who gave it, when and why stays above it', async () => {
  // What the campaign stands on was changed before: the demo screen was given ten minutes a day.
  const demo = z.object(screenSchema.shape).parse(await house.demoScreen());
  const openingHours = demo.openingHours.map((hours) => ({ ...hours, from: '09:00', to: '09:10' }));
  await house.product.api(z.unknown(), 'PUT', '/api/screens/demo?overrideReason=Works%20on%20the%20hall', {
    ...demo,
    openingHours,
  });

  const page = await house.open('/campaigns/demo', { locale: 'en-GB' });
  /** Reasons that were sent; what is refused before without one has none. */
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'PUT') return;
    const { overrideReason } = z.looseObject({ overrideReason: z.string().nullable() }).parse(request.postDataJSON());
    if (overrideReason !== null) sent.push(overrideReason);
  });
  const book = async (plays: string): Promise<void> => {
    await page.getByLabel('At least, a day per screen').first().fill(plays);
    await page.getByRole('region', { name: 'Booking check' }).getByText('Does not fit', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('It does not fit. Book it anyway?').waitFor();
  };
  await book('9998');
  await page.getByRole('button', { name: 'Book anyway' }).click();
  await page.locator('.f-fault').first().waitFor();
  expect(sent).toEqual([]);
  await reason(page).fill('City-wide order');
  await page.getByRole('button', { name: 'Book anyway' }).click();
  await page
    .getByText('All changes are saved')
    .or(page.getByText('Saved', { exact: true }))
    .first()
    .waitFor();
  expect(sent).toEqual(['City-wide order']);

  const history = page.locator('.c-overrides li');
  const today = new Intl.DateTimeFormat('en-GB', { month: 'short', day: 'numeric' }).format(Date.now());
  await history.filter({ hasText: 'City-wide order' }).waitFor();
  expect(await history.allInnerTexts()).toEqual([
    expect.stringMatching(new RegExp(`^${today}.*管理员 \\(campaign booked\\): City-wide order`)),
    expect.stringMatching(new RegExp(`^${today}.*管理员 \\(screen changed\\): Works on the hall`)),
  ]);

  await book('9999');
  expect(await reason(page).inputValue()).toBe('City-wide order');
  expect(sent).toHaveLength(1);
  await page.getByRole('button', { name: 'Back to the form' }).click();
  expect(sent).toHaveLength(1);
});

/** Where each of the others is changed: the way to its form, where its English name is. */
const OTHERS: [what: string, path: string, open: (page: Page) => Promise<void>][] = [
  ['screens', '/screens/demo', (page) => page.getByRole('button', { name: 'Edit', exact: true }).click()],
  ['playlists', '/playlists/loop-town', async () => undefined],
  ['slogans', '/library/slogans', (page) => page.locator('.l-item-picture').first().click()],
  ['units', '/system?tab=units', (page) => page.getByRole('button', { name: 'Edit', exact: true }).first().click()],
];

for (const [what, path, open] of OTHERS)
  test(`[CC17] a change of ${what} that breaks promises is saved only with a reason, asked for each time`, async () => {
    const sent: (string | null)[] = [];
    const page = await house.open(path, {
      locale: 'en-GB',
      before: (fresh) =>
        // Stands in for what breaks a promise: refused without a reason, as the server does it.
        fresh.route(new RegExp(`/api/${what}/`), async (route) => {
          if (route.request().method() !== 'PUT') return route.continue();
          const given = new URL(route.request().url()).searchParams.get('overrideReason');
          sent.push(given);
          const refusal = { status: 409, json: wireError('does-not-fit', 'promises would break') };
          return given === null ? route.fulfill(refusal) : route.continue();
        }),
    });
    for (const [round, why] of ['A first reason', 'Another reason'].entries()) {
      await page.goto(house.url + path);
      await open(page);
      const name = page.getByLabel('English name').filter({ visible: true }).last();
      await name.fill(`Called so ${round}`);
      await page.getByRole('button', { name: 'Save', exact: true }).filter({ visible: true }).last().click();
      await dialog(page).waitFor();
      expect(await reason(page).inputValue()).toBe('');
      await page.getByRole('button', { name: 'Save anyway' }).click();
      await dialog(page).locator('.f-fault').waitFor();
      expect(sent.filter((given) => given !== null)).toHaveLength(round);
      await reason(page).fill(why);
      await page.getByRole('button', { name: 'Save anyway' }).click();
      await dialog(page).waitFor({ state: 'hidden' });
      expect(sent.slice(-2)).toEqual([null, why]);
    }
  });

test('[CC17] a change can be saved anyway once it is known what it breaks, not before', async () => {
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const page = await house.open('/playlists/loop-town', {
    locale: 'en-GB',
    before: async (fresh) => {
      await fresh.route(/\/api\/playlists\//, (route) =>
        route.request().method() === 'PUT'
          ? route.fulfill({ status: 409, json: wireError('does-not-fit', 'promises would break') })
          : route.continue(),
      );
      await fresh.route(/\/api\/changes\/check/, async (route) => {
        await answered;
        return route.continue();
      });
    },
  });
  await page.getByLabel('English name').filter({ visible: true }).last().fill('Called so');
  await page.getByRole('button', { name: 'Save', exact: true }).filter({ visible: true }).last().click();
  await dialog(page).waitFor();
  const saveAnyway = page.getByRole('button', { name: 'Save anyway' });
  expect(await saveAnyway.isDisabled()).toBe(true);
  answer();
  await saveAnyway.click();
  await dialog(page).locator('.f-fault').waitFor();
});
