/** A player whose stage stands in a real Chromium that a test can look into, paired to a screen of a running product. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { ProofRecord } from '../../domain/proof/record.ts';
import { systemTimers } from '../../main/clock.ts';
import { createPlayer, type Player } from '../../main/player.ts';
import { startLoopbackServer } from '../../main/stage/loopback-server.ts';
import { stageFiles } from '../../main/stage/stage-files.ts';
import type { StageCommand } from '../../protocol/stage.ts';
import { socketPlayerDeps } from '../main/support/socket-player.ts';
import { launchChromium } from './chromium.ts';
import { eventually, type Product } from './product.ts';

const PAGE = fileURLToPath(new URL('../../dist/stage', import.meta.url));

/** The player; `seen` are the moments (UTC ms) at which an emergency message was painted, or was gone, in the order they came. */
export type BrowserPlayer = {
  player: Player;
  page: Page;
  data: string;
  records: ProofRecord[];
  seen: { shown: boolean; atMs: number }[];
  stop(): Promise<void>;
};

/** Starts it for `screen` of `product` at `url`; resolves once it plays. */
export async function startBrowserPlayer(product: Product, url: string, screen: string): Promise<BrowserPlayer> {
  const data = await mkdtemp(join(tmpdir(), 'xunbo-browser-player-'));
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  const seen: BrowserPlayer['seen'] = [];
  await page.exposeFunction('tellTakeover', (shown: boolean, atMs: number) => void seen.push({ shown, atMs }));
  await page.addInitScript(WATCH);
  const files = stageFiles(PAGE, (sha) => player.mediaFile(sha));
  const server = await startLoopbackServer(files, systemTimers, () => undefined);
  const records: ProofRecord[] = [];
  let code: string | null = null;
  const player: Player = createPlayer({
    ...socketPlayerDeps(url, data),
    build: 'test-browser',
    stage: {
      send(command: StageCommand) {
        if (command.type === 'pairing') ({ code } = command);
        server.send(command);
      },
      onEvent: (listener) => server.onEvent(listener),
      restart: () => void page.reload().catch(() => undefined),
      capture: () => Promise.reject(new Error('not taken here')),
      picture: () => Promise.reject(new Error('not taken here')),
      memoryBytes: async () => null,
    },
    onRecord: (record) => records.push(record),
  });
  player.start();
  await page.goto(server.url);
  const shown = await eventually('a pairing code', async () => code ?? undefined);
  await product.api(z.unknown(), 'POST', `/api/screens/${screen}/pair`, { code: shown });
  await eventually('a play', async () => (records.some(({ kind }) => kind === 'play') ? true : undefined));
  return {
    player,
    page,
    data,
    records,
    seen,
    async stop() {
      await player.stop();
      await browser.close();
      await server.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Runs in the page: tells when the message stands, on the frame after it was put there, and when it is gone. */
const WATCH = `
  let stood = false;
  new MutationObserver(() => {
    const stands = document.querySelector('.takeover[data-on]') !== null;
    if (stands === stood) return;
    stood = stands;
    requestAnimationFrame(() => requestAnimationFrame(() => window.tellTakeover(stands, Date.now())));
  }).observe(document, { subtree: true, attributes: true, childList: true });
`;
