/** How the console tells verdicts and states in a real Chromium: what is proven and what only attested, and nothing by colour alone. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type CommitmentDay, commitmentDaySchema, type ScreenView, VERDICTS } from '../../protocol/http/views.ts';
import { consoleHouseForTests } from '../helpers/console-house.ts';

/** High enough for every line of a list to be drawn. */
const TALL = { width: 1440, height: 3600 };

const house = consoleHouseForTests();
const rowsSchema = z.array(commitmentDaySchema);

/** Opens Today with `rows` for an answer of the server. */
const todayWith = (locale: 'zh-CN' | 'en-GB', rows: readonly CommitmentDay[]): Promise<Page> =>
  house.open('/', {
    locale,
    viewport: TALL,
    async before(page) {
      await page.route(`${house.url}/api/today`, (route) => route.fulfill({ json: rows }));
      await page.route(`${house.url}/api/targets`, (route) => route.fulfill({ json: [] }));
    },
  });

/** A promise of four plays a day on a screen called `id`. */
async function promise(id: string, over: Partial<CommitmentDay>): Promise<CommitmentDay> {
  const [real] = await house.product.api(rowsSchema, 'GET', '/api/today');
  if (!real) throw new Error('nothing is promised today');
  const screen = { ...real.screen, id, name: id, nameEn: null };
  return { ...real, screen, required: 4, makeGoods: 0, reasons: [], broken: [], verdict: 'on-track', ...over };
}

test('[C11a] proven plays are solid, reported ones hatched, and words count them apart', async () => {
  const rows = [await promise('both', { played: 3, proven: 2 }), await promise('proven', { played: 2, proven: 2 })];
  const spoken = {
    'en-GB': ['1 arriving', /on their way: 1; proven: 2/, /signed records of all of them/],
    'zh-CN': ['1 次待上传', /1 次；已证实 2 次/, /全部已有签名记录/],
  } as const;
  for (const locale of ['en-GB', 'zh-CN'] as const) {
    const page = await todayWith(locale, rows);
    const progress = (id: string) => page.locator('.ant-table-row', { hasText: id }).locator('.x-progress');
    const [arriving, apart, all] = spoken[locale];
    await progress('both').getByText(arriving).waitFor();
    expect(await progress('both').getAttribute('title')).toMatch(apart);
    expect(await progress('proven').getAttribute('title')).toMatch(all);
    expect(await progress('proven').locator('small').innerText()).toBe('');
    const bar = (part: string) =>
      progress('both')
        .locator(part)
        .evaluate((one) => {
          const { backgroundImage, backgroundColor } = getComputedStyle(one);
          const track = one.parentElement?.getBoundingClientRect().width ?? 1;
          return { backgroundImage, backgroundColor, share: one.getBoundingClientRect().width / track };
        });
    const [proven, reported] = [await bar('.x-progress-proven'), await bar('.x-progress-reported')];
    expect([proven.backgroundImage, proven.backgroundColor]).toEqual(['none', expect.stringMatching(/^rgb\(/)]);
    expect(reported.backgroundImage).toContain('repeating-linear-gradient');
    expect([proven.share, reported.share].map((share) => Math.round(share * 100))).toEqual([50, 25]);
  }
});

test('[C11b] of a channel nothing is called proved: its log attests it, or has not come yet', async () => {
  const [model] = await house.product.api(rowsSchema, 'GET', '/api/today');
  if (!model) throw new Error('nothing is promised today');
  const screen = { ...model.screen, kind: 'external' as const, online: false };
  const rows = await Promise.all(
    VERDICTS.map(async (verdict) => {
      const row = await promise(verdict, {
        verdict,
        ...(verdict === 'unknown' ? { played: 0, proven: 0 } : { played: 4, proven: 4 }),
      });
      return { ...row, screen: { ...screen, id: verdict, name: `频道 ${verdict}`, nameEn: null } };
    }),
  );
  const spoken = {
    'en-GB': { attested: 'attested by its as-run log', none: 'No log yet', proved: /\bprove[dn]\b|signed/i },
    'zh-CN': { attested: '以导入的播出单为据', none: '尚无播出记录', proved: /已证实|签名/ },
  } as const;
  for (const locale of ['en-GB', 'zh-CN'] as const) {
    const { attested, none, proved } = spoken[locale];
    const page = await todayWith(locale, rows);
    for (const verdict of VERDICTS) {
      const line = page.locator('.ant-table-row', { hasText: `频道 ${verdict}` }).filter({ hasText: /频道/ });
      const mine = line.filter({ has: page.getByText(`频道 ${verdict}`, { exact: true }) });
      await mine.waitFor();
      const said = `${await mine.innerText()} ${await mine.locator('[title]').evaluateAll((all) => all.map((one) => one.getAttribute('title')).join(' '))}`;
      expect(said, verdict).not.toMatch(proved);
      const words = await mine.innerText();
      expect([verdict, words.includes(attested), words.includes(none)]).toEqual([
        verdict,
        verdict !== 'unknown',
        verdict === 'unknown',
      ]);
    }
    await page.goto(`${house.url}/screens/qinghe-broadcast`);
    await page.locator('.x-day-promise').first().getByText(none).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(proved);
  }
});

/** Shape, colour and word of every state inside `scope`. */
const statesIn = (
  page: Page,
  scope: string,
): Promise<{ tone: string; shape: string; colour: string; word: string }[]> =>
  page.locator(`${scope} svg.x-shape`).evaluateAll((shapes) =>
    shapes.map((one) => ({
      tone: /x-tone-(\w+)/.exec(one.getAttribute('class') ?? '')?.[1] ?? '',
      shape: one.innerHTML,
      colour: getComputedStyle(one).color,
      word:
        (one.closest('button, .x-incident-kind, .x-dot, .x-verdict') ?? one.parentElement)?.textContent?.trim() ?? '',
    })),
  );

test('[C16] every state has a shape and a word; no two tones share a shape or a colour, no two verdicts or states a word', async () => {
  const rows = await Promise.all(VERDICTS.map((verdict) => promise(verdict, { verdict, played: 1, proven: 1 })));
  const today = await todayWith('zh-CN', rows);
  await today
    .locator('.ant-table-row')
    .nth(VERDICTS.length - 1)
    .waitFor();
  const verdicts = await statesIn(today, '.ant-table-row');
  expect(verdicts).toHaveLength(VERDICTS.length);
  const tones = new Set(verdicts.map(({ tone }) => tone));
  expect([...tones].sort()).toEqual(['bad', 'blank', 'good', 'steady', 'warn']);
  expect(new Set(verdicts.map(({ shape }) => shape)).size).toBe(tones.size);
  expect(new Set(verdicts.map(({ colour }) => colour)).size).toBe(tones.size);
  expect(new Set(verdicts.map(({ word }) => word)).size).toBe(VERDICTS.length);

  const like = await house.demoScreen();
  const { status } = like;
  if (status === null || like.device === null) throw new Error('the demo screen has said nothing yet');
  const doing = (state: typeof status.state): ScreenView => ({ ...like, online: true, status: { ...status, state } });
  const screens: ScreenView[] = [
    ...(['showing', 'idle', 'closed', 'fetching', 'no-program'] as const).map(doing),
    { ...like, online: false },
    { ...like, device: null },
    { ...like, kind: 'external', device: null },
    { ...like, online: true, status: null },
  ];
  const list = await house.open('/screens', {
    locale: 'zh-CN',
    viewport: TALL,
    before: (page) =>
      page.route(`${house.url}/api/screens`, (route) =>
        route.fulfill({ json: screens.map((screen, at) => ({ ...screen, id: `s${at}`, incidents: [] })) }),
      ),
  });
  await list
    .locator('.ant-table-row')
    .nth(screens.length - 1)
    .waitFor();
  expect(new Set((await statesIn(list, '.ant-table-row')).map(({ word }) => word)).size).toBe(screens.length);

  for (const path of [
    '/',
    '/screens',
    '/screens/demo',
    '/campaigns',
    '/campaigns/demo',
    '/playlists/loop-town',
    '/system',
  ]) {
    const page = await house.open(path, { locale: 'zh-CN' });
    await page.locator('main svg.x-shape').first().waitFor();
    const states = await statesIn(page, 'body');
    expect(
      states.filter(({ word }) => word === ''),
      path,
    ).toEqual([]);
    const shapeOf = new Map(verdicts.map(({ tone, shape }) => [tone, shape]));
    for (const { tone, shape } of states) expect([tone, shape]).toEqual([tone, shapeOf.get(tone)]);
  }
});
