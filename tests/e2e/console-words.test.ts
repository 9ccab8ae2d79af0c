/** What the console calls things in a real Chromium: names in the language of the interface, times on the clock of the screen. */
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { screenSchema } from '../../protocol/catalogue.ts';
import { commitmentDaySchema, screenDaySchema } from '../../protocol/http/views.ts';
import { consoleHouseForTests } from '../helpers/console-house.ts';
import { eventually } from '../helpers/product.ts';

/** High enough for every line of a list to be drawn. */
const TALL = { width: 1440, height: 3600 };

const house = consoleHouseForTests();

/** Where there is no English name the English interface shows the other. */
const nameIn = (locale: 'zh-CN' | 'en-GB', { name, nameEn }: Named): string =>
  locale === 'zh-CN' ? name : (nameEn ?? name);

const namedSchema = z.looseObject({ name: z.string(), nameEn: z.string().nullable() });
type Named = z.infer<typeof namedSchema>;
const rowsSchema = z.array(commitmentDaySchema);

beforeAll(async () => {
  const annex = { id: 'annex', name: '云汀附属中心', nameEn: null, parentId: 'centre' };
  await house.product.api(z.unknown(), 'PUT', '/api/units/annex', annex);
  const like = z.object(screenSchema.shape).parse(await house.demoScreen());
  const london = { ...like, id: 'london', name: '伦敦屏', nameEn: null, unitId: 'annex', timeZone: 'Europe/London' };
  await house.product.api(z.unknown(), 'PUT', '/api/screens/london', london);
});

test('[C3] what has an English name bears it in the English interface; all else bears its own name', async () => {
  const lists = ['/api/units', '/api/sites', '/api/screens', '/api/campaigns', '/api/playlists', '/api/media'];
  const read = async (path: string) => await house.product.api(z.array(namedSchema), 'GET', path);
  const [units = [], sites = [], screens = [], campaigns = [], playlists = [], media = []] = await Promise.all(
    lists.map(read),
  );
  expect([units, screens].map((list) => list.filter(({ nameEn }) => nameEn === null).length)).toEqual([1, 1]);
  const shownAt: [string, Named[]][] = [
    ['/system?tab=units', units],
    ['/screens', [...screens, ...sites.filter(({ id }) => screens.some(({ siteId }) => siteId === id))]],
    ['/campaigns', campaigns],
    ['/playlists', playlists],
    ['/library/posters', media.filter(({ type }) => type === 'image')],
  ];
  for (const locale of ['zh-CN', 'en-GB'] as const) {
    const page = await house.open('/', { locale, viewport: TALL });
    for (const [path, entities] of shownAt) {
      await page.goto(house.url + path);
      if (path === '/campaigns') await page.locator('.ant-segmented-item').last().click();
      const words = (): Promise<string> => page.locator('main').innerText();
      const missing = await eventually(
        `every name at ${path} in ${locale}`,
        async () => {
          const text = await words();
          return entities.every((entity) => text.includes(nameIn(locale, entity))) ? [] : undefined;
        },
        20_000,
      );
      expect(missing).toEqual([]);
      const text = await words();
      // A playlist's or campaign's picture may show the text of a slogan, which is no name.
      const others = path.startsWith('/s') ? entities : [];
      for (const { name, nameEn } of others)
        if (nameEn !== null) expect(text, `${path} in ${locale}`).not.toContain(locale === 'en-GB' ? name : nameEn);
    }
  }
});

const clock = (zone: string, ms: number, seconds = false): string =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds && { second: '2-digit' }),
    hourCycle: 'h23',
    timeZone: zone,
  }).format(ms);

test('[C4] a screen’s times are on its own clock, whatever the zone of the browser, and none is shown before its zone is known', async () => {
  const BROWSER = 'America/St_Johns';
  const rows = await house.product.api(rowsSchema, 'GET', '/api/today');
  const zones = new Map([
    ['demo', 'Asia/Shanghai'],
    ['london', 'Europe/London'],
  ]);
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const page = await house.open('/', {
    locale: 'en-GB',
    timezoneId: BROWSER,
    viewport: TALL,
    async before(fresh) {
      await fresh.route(`${house.url}/api/screens`, async (route) => {
        await asked;
        await route.continue();
      });
    },
  });
  const row = (name: string) => page.locator('.ant-table-row', { hasText: name }).first();
  await row('伦敦屏').waitFor();
  expect(
    await page
      .locator('.ant-table-row')
      .allInnerTexts()
      .then((all) => all.filter((one) => /\d:\d/.test(one))),
  ).toEqual([]);
  answer();
  for (const [id, name] of [
    ['demo', 'Demo screen'],
    ['london', '伦敦屏'],
  ] as const) {
    const closesAtMs = rows.find(({ screen }) => screen.id === id)?.closesAtMs ?? 0;
    const said = clock(zones.get(id) ?? '', closesAtMs);
    expect(said).not.toBe(clock(BROWSER, closesAtMs));
    await row(name).getByText(`closes ${said}`).waitFor();
  }

  await page.goto(`${house.url}/screens/demo`);
  await page.locator('.x-tl-label').first().waitFor();
  const day = await house.product.api(screenDaySchema, 'GET', '/api/screens/demo/day');
  const opensAtMs = day.open[0]?.startMs ?? 0;
  expect(await page.locator('.x-tl-label').first().innerText()).toBe(clock('Asia/Shanghai', opensAtMs));
  const firstPlay = page.locator('.ant-table-row').first().locator('td').first();
  await firstPlay.waitFor();
  const shown = await firstPlay.innerText();
  const { plays } = await house.product.api(screenDaySchema, 'GET', '/api/screens/demo/day');
  expect(plays.map(({ startMs }) => clock('Asia/Shanghai', startMs, true))).toContain(shown);
});
