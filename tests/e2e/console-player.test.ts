/** A screen and its real player in the console, both in a real Chromium: what it shows now, what can be asked of it, and pictures of its plays. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { consoleHouseForTests } from '../helpers/console-house.ts';
import { bookGreeting } from '../helpers/greeting.ts';
import { eventually, killQuietly } from '../helpers/product.ts';

/** Records come to the server with their segment, which is sealed every so many of them. */
const RECORDS_MS = 180_000;

const house = consoleHouseForTests({ env: { XUNBO_SHELL: 'chromium', XUNBO_HEADLESS: 'true', XUNBO_SHOT_EVERY: '1' } });

beforeAll(async () => {
  await house.hire(['viewer', 'operator']);
  await bookGreeting(house.product, 'jade-card', '您好', 3000);
});

test(
  '[C24] a play whose record names a picture shows it, larger where it is pointed at; one the server has not is left out',
  async () => {
    const pictured = async (): Promise<string[]> =>
      (await house.product.plays()).flatMap(({ shot }) => (shot === null ? [] : [shot]));
    const folder = join(house.product.data, 'shots/demo');
    const kept = async (): Promise<string[]> =>
      (await readdir(folder).catch(() => [])).map((name) => name.slice(0, 64));
    await eventually(
      'two plays with pictures that the server has',
      async () => {
        const [named, here] = [await pictured(), await kept()];
        return named.filter((sha) => here.includes(sha)).length >= 2 ? true : undefined;
      },
      RECORDS_MS,
    );
    const page = await house.open('/screens/demo', { locale: 'en-GB' });
    const small = page.locator('.x-play-picture');
    await small.first().waitFor();
    const source = await small.first().locator('img').getAttribute('src');
    expect(await pictured()).toContain(source?.split('/').at(-1));
    const sizeOf = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate(async (one) => {
          const image = one as HTMLImageElement;
          await image.decode();
          return { wide: image.offsetWidth, full: image.naturalWidth };
        });
    const before = await sizeOf('.x-play-picture img');
    await small.first().hover();
    await page.locator('.x-play-picture-large img').waitFor();
    const after = await sizeOf('.x-play-picture-large img');
    expect([before.full, after.full]).toEqual([480, 480]);
    expect(after.wide).toBeGreaterThan(3 * before.wide);
    await page.close();

    // One of the pictures is lost, and the oldest that is left is still shown.
    const gone = source?.split('/').at(-1) ?? '';
    await rm(join(folder, `${gone}.webp`));
    const later = await house.open('/screens/demo', { locale: 'en-GB' });
    const refused = later.waitForResponse((answer) => answer.url().endsWith(gone) && answer.status() === 404);
    await later.reload();
    await refused;
    await eventually('the lost picture to be left out', async () => {
      const sources = await later
        .locator('.x-play-picture img')
        .evaluateAll((all) => all.map((one) => one.getAttribute('src')));
      return sources.length > 0 && !sources.some((one) => one?.endsWith(gone)) ? true : undefined;
    });
  },
  RECORDS_MS + 90_000,
);

test('[C23] the drawer of a player shows its screen on request and how its machine is; only who runs screens asks', async () => {
  await eventually('a word on the machine', async () => (await house.demoScreen()).status?.health ?? undefined);
  const page = await house.open('/screens/demo', { as: 'operator', locale: 'en-GB' });
  await page.getByRole('button', { name: 'Player', exact: true }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('Press “Screenshot”').waitFor();
  await drawer.getByRole('button', { name: 'Screenshot' }).click();
  const picture = drawer.locator('.x-picture img');
  await picture.waitFor();
  const wide = await picture.evaluate(async (one) => {
    await (one as HTMLImageElement).decode();
    return (one as HTMLImageElement).naturalWidth;
  });
  expect(wide).toBe(480);
  await drawer.getByText(/^As of \d\d:\d\d:\d\d$/).waitFor();

  const { build, memoryBytes, diskFreeBytes } = (await house.demoScreen()).status?.health ?? {};
  expect([typeof memoryBytes, typeof diskFreeBytes]).toEqual(['number', 'number']);
  const health = drawer.locator('.x-player-facts');
  for (const fact of [
    'Temperature',
    'Free disk space',
    'Memory in use',
    'Dropped frames',
    'Clock last set',
    'Running for',
  ])
    await health.getByText(fact).waitFor();
  await health.getByText(build ?? '').waitFor();

  await drawer.getByRole('button', { name: 'Log' }).click();
  await page.locator('.x-log').getByText('linked').first().waitFor();

  const looking = await house.open('/screens/demo', { as: 'viewer', locale: 'en-GB' });
  await looking.getByRole('button', { name: 'Player', exact: true }).click();
  await looking.getByRole('dialog').locator('.x-player-facts').waitFor();
  expect(await looking.getByRole('dialog').locator('.x-player-buttons, .x-picture').count()).toBe(0);
});

test('[C23] what an offline player cannot do is not offered, and why is said', async () => {
  const page = await house.open('/screens/demo', { as: 'operator', locale: 'en-GB' });
  await page.getByRole('button', { name: 'Player', exact: true }).click();
  const buttons = page.getByRole('dialog').locator('.x-player-buttons button');
  await buttons.first().waitFor();
  const enabled = (): Promise<boolean[]> =>
    buttons.evaluateAll((all) => all.map((one) => !(one as HTMLButtonElement).disabled));
  expect(await enabled()).toEqual([true, true, true, true, true]);
  const why = page.getByText('The player is offline; this has to wait until it is back.');
  expect(await why.count()).toBe(0);
  // Its supervisor starts it again each time: it is kept away until the page has said so.
  await eventually('the console to say that it is offline', async () => {
    for (const pid of house.product.playerPids()) killQuietly(pid);
    return (await why.count()) > 0 && (await enabled()).every((one) => !one) ? true : undefined;
  });
});
