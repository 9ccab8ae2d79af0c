/** The console in a real Chromium against the real product, with a simulated screen for speed. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { formatVkey } from '../../domain/tlog/signed-note.ts';
import { enrolmentPageSchema } from '../../protocol/http/enrolment-api.ts';
import { townFiles } from '../helpers/bundle-files.ts';
import { consoleHouseForTests } from '../helpers/console-house.ts';
import { eventually } from '../helpers/product.ts';
import { signedNote, unitSigner } from '../helpers/unit-signer.ts';

const house = consoleHouseForTests();

/** A signed-in page in a language of its own. */
const signIn = (locale: 'zh-CN' | 'en-GB'): Promise<Page> => house.open('/', { locale });

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
  await page.goto(`${house.url}/screens`);
  await page.getByText('Demo screen').first().waitFor();
  for (const [path, words] of [
    ['/campaigns', 'Campaigns'],
    ['/library', 'Library'],
    ['/playlists', 'Playlists'],
    ['/system', 'System'],
    ['/screens/demo', 'Demo screen'],
  ] as const) {
    await page.goto(house.url + path);
    await page.getByRole('heading', { name: words }).first().waitFor();
  }
});

test('[CC13] the campaign form shows at once whether it fits', async () => {
  const page = await signIn('en-GB');
  await page.goto(`${house.url}/campaigns/demo`);
  const check = page.getByRole('region', { name: 'Booking check' });
  await check.getByText('Fits', { exact: true }).waitFor();
  const plays = page.getByLabel('At least, a day per screen').first();
  await plays.fill('9999');
  await check.getByText('Does not fit', { exact: true }).waitFor();
});

test('[CC9][CC28] exact times take the place of the count, which comes back with the way back', async () => {
  const page = await signIn('zh-CN');
  await page.goto(`${house.url}/campaigns/demo`);
  const promise = page.locator('.c-promise').first();
  await promise.getByText('每屏每天不少于 200 次').waitFor();
  await promise.getByText('准点播出', { exact: true }).click();
  await promise.getByLabel('准点时刻').fill('18点30、8，1200 ');
  await promise.getByText('每天 08:00、12:00、18:30 准点播出').waitFor();
  await promise.getByText('原来填写的“每屏每天不少于 200 次').waitFor();
  await promise.getByText('全天安排', { exact: true }).click();
  await promise.getByText('每屏每天不少于 200 次').waitFor();
  await page.getByText('已保存').waitFor();
});

test('[CC31][CC32] a row bound to past dates is out of today’s round, and says so', async () => {
  const page = await signIn('en-GB');
  await page.goto(`${house.url}/playlists/loop-town`);
  const row = page.locator('.p-row').first();
  await row.getByRole('button', { name: /^When/ }).click();
  const last = page.getByLabel('Last day');
  await last.fill('2020-01-31');
  await last.press('Enter');
  await page.getByRole('button', { name: 'Done' }).click();
  await row.getByText('until 31 Jan 2020').waitFor();
  await row.getByText('Over', { exact: true }).waitFor();
  await page.getByText('4 items, 2 of them today').waitFor();
});

test('[EX6] a slot that is pointed at says why it is there, in the language of the interface', async () => {
  for (const [locale, why] of [
    ['zh-CN', /承诺|循环列表按顺序继续/],
    ['en-GB', /promised|the loop goes on/],
  ] as const) {
    const page = await signIn(locale);
    await page.goto(`${house.url}/screens/demo`);
    const row = page.locator('.x-tl-row svg').last();
    await row.scrollIntoViewIfNeeded();
    const box = await row.boundingBox();
    if (!box) throw new Error('the timeline has no rows');
    const card = page.locator('.x-tl-why');
    await eventually('an explanation', async () => {
      for (let share = 0.02; share < 1; share += 0.02) {
        await page.mouse.move(box.x + box.width * share, box.y + 8);
        if ((await card.count()) > 0) return true;
      }
      return undefined;
    });
    expect(await card.textContent()).toMatch(why);
  }
});

test('[XP11] plays are downloaded from the list of screens and from a screen’s day, in both languages', async () => {
  const given = async (page: Page, format: string): Promise<{ name: string; start: string }> => {
    const dialog = page.getByRole('dialog');
    await dialog.getByText(format, { exact: true }).click();
    const coming = page.waitForEvent('download');
    await dialog.getByRole('link').click();
    const download = await coming;
    const start = (await readFile(await download.path(), 'utf8')).slice(0, 200);
    return { name: download.suggestedFilename(), start };
  };
  const chinese = await signIn('zh-CN');
  await chinese.goto(`${house.url}/screens`);
  await chinese.getByRole('button', { name: '下载播出记录' }).click();
  const table = await given(chinese, 'CSV 表格');
  expect(table.name).toMatch(/^plays-\d{4}-\d\d-01-\d{4}-\d\d-\d\d\.csv$/);
  expect(table.start).toMatch(/^\uFEFFdate,screen_id,/);
  const english = await signIn('en-GB');
  await english.goto(`${house.url}/screens/demo`);
  await english.getByRole('button', { name: 'Download' }).click();
  await english.getByText('Download plays of Demo screen').waitFor();
  const log = await given(english, 'ITU-T H.782');
  expect(log.name).toMatch(/^plays-(\d{4}-\d\d-\d\d)-\1\.h782\.xml$/);
  expect(log.start).toContain('<PlayLog><TerminalIdRef>demo</TerminalIdRef>');
});

test('[UE10] a screen’s page says whether the unit vouches for its player, once the unit has a key', async () => {
  const page = await signIn('zh-CN');
  const unit = unitSigner('centre.example');
  await page.goto(`${house.url}/system`);
  await page.getByRole('tab', { name: '单位' }).click();
  await page.getByRole('button', { name: '签名密钥' }).first().click();
  await page.getByLabel('公钥').fill('centre.example');
  await page.getByText('应为一行').waitFor();
  await page.getByLabel('公钥').fill(formatVkey(unit.note));
  await page
    .getByRole('button', { name: /保\s?存/ })
    .last()
    .click();
  await page.getByRole('cell', { name: 'centre.example', exact: true }).waitFor();
  await page.goto(`${house.url}/screens/demo`);
  await page.getByText('设备登记尚未签名').waitFor();
  const { enrolments } = await house.product.api(enrolmentPageSchema, 'GET', '/api/enrolments?screen=demo');
  const notes = enrolments.map(({ entry }) => signedNote(unit, entry));
  await house.product.api(z.unknown(), 'POST', '/api/enrolments/signatures', { notes });
  await page.reload();
  await page.getByText('设备登记已由本单位签名').waitFor();
});

test('[VP9] the verifier’s page is served, works there, and is offered for download', async () => {
  const page = await signIn('en-GB');
  await page.goto(`${house.url}/system?tab=server`);
  await page.getByRole('tab', { name: 'Server' }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  const saved = await coming;
  expect(saved.suggestedFilename()).toBe('xunbo-verify.html');
  const { bundle, policy } = await townFiles();
  await page.goto(`${house.url}/verify`);
  await page.setInputFiles('#bundle', bundle);
  await page.setInputFiles('#policy', policy);
  await page.getByRole('heading', { name: 'proved' }).waitFor();
  expect(await readFile(await saved.path(), 'utf8')).toBe(await (await fetch(`${house.url}/verify`)).text());
});

test('[B1] nothing a page did broke the content policy or threw', () => {
  expect(house.complaints).toEqual([]);
});
