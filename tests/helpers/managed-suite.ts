/** A player in hand from afar, through the whole product: the same tests for every shell. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { RESTART_EXIT } from '../../main/restart-exit.ts';
import { API, shotPath } from '../../protocol/http/api.ts';
import { routeUrl } from '../../protocol/http/route.ts';
import { type Play, type ScreenView, screenViewSchema } from '../../protocol/http/views.ts';
import { type PlayerCommand, type PlayerCommandAnswer, playerCommandAnswerSchema } from '../../protocol/player-link.ts';
import { bookGreeting } from './greeting.ts';
import { createProduct, eventually, type Product, type Run } from './product.ts';
import { expectNothingLost, expectSoundLedger } from './proof-checks.ts';

/** The ground of the theme jade (`renderer/player/theme/slogan-colours.ts`), both ends. */
const JADE = [
  [11, 76, 64],
  [6, 58, 48],
] as const;

/** Defines the tests for a product run as `run`. */
export function testManaged(run: Run): void {
  let product: Product;
  beforeAll(async () => {
    product = await createProduct();
    // A program that takes any word stands in for whatever this machine has to switch a display with.
    const env = { ...run.env, XUNBO_LOG_LEVEL: 'warn', XUNBO_SHOT_EVERY: '2', XUNBO_DISPLAY_COMMAND: 'true' };
    await product.start({ ...run, env });
    await bookGreeting(product, 'jade-card', '您好', 3000);
    await countedPlay('a counted play of the card', (play) => play.item === 'jade-card');
  });
  afterAll(() => product.remove());

  const ask = (command: PlayerCommand): Promise<PlayerCommandAnswer> =>
    product.api(playerCommandAnswerSchema, 'POST', routeUrl(API.commandScreen.path, { id: 'demo' }), command);

  async function demo(): Promise<ScreenView> {
    const found = (await product.api(z.array(screenViewSchema), 'GET', API.screens.path)).find((s) => s.id === 'demo');
    if (!found) throw new Error('there is no demo screen');
    return found;
  }

  const countedPlay = (what: string, isMeant: (play: Play) => boolean): Promise<Play> =>
    eventually(what, async () => (await product.plays()).find((play) => play.counted && isMeant(play)));
  /** The player goes on playing: something that starts after its own last word counts. */
  const goesOn = async (): Promise<Play> => {
    const sinceMs = (await demo()).status?.atMs ?? 0;
    return await countedPlay('a counted play after that', (play) => play.startMs > sinceMs);
  };

  async function pictureOf(sha: string): Promise<Buffer> {
    const answer = await product.fetch(shotPath('demo', sha));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp']);
    const webp = Buffer.from(await answer.arrayBuffer());
    expect(createHash('sha256').update(webp).digest('hex')).toBe(sha);
    return webp;
  }

  test('[UK1][UK5] a screenshot over the API is a WebP of what the screen shows', async () => {
    const webp = await eventually('a picture of the card', async () => {
      // Only so many pictures a minute are taken.
      if ((await demo()).status?.showing?.item !== 'jade-card') return undefined;
      const answer = await ask({ type: 'screenshot' });
      if (answer.kind !== 'shot') throw new Error(JSON.stringify(answer));
      const picture = await pictureOf(answer.sha);
      return (await jadeShare(picture)) > 0.6 ? picture : undefined;
    });
    const { format, width, height } = await sharp(webp).metadata();
    expect([format, width]).toEqual(['webp', 480]);
    expect(height).toBeLessThanOrEqual(854);
  });

  test('[UK2][UK4] records of promised plays name pictures of these plays, and the server has them', async () => {
    const play = await eventually('a counted play with a picture', async () =>
      (await product.plays()).find((one) => one.item === 'jade-card' && one.counted && one.shot !== null),
    );
    const picture = await eventually('the picture of that play', async () => {
      const answer = await product.fetch(shotPath('demo', play.shot ?? ''));
      return answer.status === 200 ? Buffer.from(await answer.arrayBuffer()) : undefined;
    });
    expect(await jadeShare(picture)).toBeGreaterThan(0.6);
    const plays = (await product.plays()).filter((one) => one.counted);
    expect(plays.filter((one) => one.commitment === null && one.shot !== null)).toEqual([]);
    await eventually('a promised play between two pictures', async () =>
      (await product.plays()).find((one) => one.counted && one.commitment !== null && one.shot === null),
    );
  });

  test('[UK7] the screen says how its machine is', async () => {
    const { status } = await demo();
    expect(status?.health).toMatchObject({ display: 'on', build: expect.stringMatching(/^xunbo-/) });
    expect(status?.health?.memoryBytes).toBeGreaterThan(50_000_000);
    expect(status?.health?.diskFreeBytes).toBeGreaterThan(0);
  });

  test('[UK5][UK11] identify and log are answered', async () => {
    expect(await ask({ type: 'identify', forMs: 1000 })).toEqual({ kind: 'done' });
    const log = await ask({ type: 'log', lines: 200 });
    const lines =
      log.kind === 'log' ? log.lines.map((line) => z.looseObject({ msg: z.string() }).parse(JSON.parse(line))) : [];
    expect(lines.map(({ msg }) => msg)).toContain('linked');
  });

  test('[UK5] a page that was loaded anew goes on playing', async () => {
    expect(await ask({ type: 'reload' })).toEqual({ kind: 'done' });
    await goesOn();
  });

  test('[UK6] an agent that was restarted comes back as a new process, goes on playing, and has lost nothing', async () => {
    const before = await expectSoundLedger(product);
    const uptimeS = async (): Promise<number | null> => {
      const { online, status } = await demo();
      return online ? (status?.health?.uptimeS ?? null) : null;
    };
    const old = await eventually('a health report', async () => (await uptimeS()) ?? undefined);
    expect(await ask({ type: 'restart' })).toEqual({ kind: 'done' });
    await eventually('the agent to have ended as it was asked to', async () =>
      product.output().includes(`"reason":"exit ${RESTART_EXIT}"`) ? true : undefined,
    );
    await eventually('the new agent to be linked', async () => (((await uptimeS()) ?? old) < old ? true : undefined));
    await goesOn();
    expectNothingLost(before, await expectSoundLedger(product));
  });
}

/** The share of a picture (0 to 1) that has the ground of the card. */
async function jadeShare(webp: Buffer): Promise<number> {
  const { data, info } = await sharp(webp).raw().toBuffer({ resolveWithObject: true });
  let jade = 0;
  for (let at = 0; at < data.length; at += info.channels) {
    const isNear = JADE.some((ground) => ground.every((value, k) => Math.abs((data[at + k] ?? 0) - value) < 20));
    if (isNear) jade += 1;
  }
  return jade / (info.width * info.height);
}
