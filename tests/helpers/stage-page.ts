/** The stage page in a real Chromium with a test as its agent: built once a file, opened anew for each test. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { StageCommand, StageEvent } from '../../protocol/stage.ts';
import { builtStage } from './built-stage.ts';
import { launchChromium } from './chromium.ts';
import { type StageAgent, startStageAgent } from './stage-agent.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

/** What a slot shows. */
export type Content = Extract<StageCommand, { type: 'prepare' }>['content'];

/** A page and its agent. */
export type OpenStage = {
  agent: StageAgent;
  page: Page;
  /** Errors that nobody caught in the page. */
  errors: string[];
  serve(path: string, mime: string): string;
  prepare(id: string, content: Content, durationMs?: number): Promise<void>;
  show(id: string, inMs?: number): Promise<void>;
  eventsOf(id: string): StageEvent['type'][];
  close(): Promise<void>;
};

/** The built stage and a browser. */
export type StageHouse = {
  /** A folder that goes with the house. */
  scratch: string;
  /** Where the built page is. */
  stageDir: string;
  browser: Browser;
  open(viewport?: { width: number; height: number }, before?: (page: Page) => Promise<void>): Promise<OpenStage>;
  /** Makes a file with ffmpeg; gives its path. */
  ffmpeg(name: string, ...words: string[]): Promise<string>;
  write(name: string, bytes: Uint8Array): Promise<string>;
  close(): Promise<void>;
};

/** A sample medium of the playlists. */
export const sampleMedia = (name: string): string => join(root, 'playlists/media', name);

/** Builds the stage and starts a browser. */
export async function openStageHouse(): Promise<StageHouse> {
  const { folder: scratch, stage: stageDir, remove } = await builtStage();
  const browser = await launchChromium();
  return {
    scratch,
    stageDir,
    browser,
    open: (viewport = { width: 1920, height: 1080 }, before) => openStage(browser, stageDir, viewport, before),
    async ffmpeg(name, ...words) {
      const path = join(scratch, name);
      await run('ffmpeg', ['-v', 'error', '-y', ...words, path]);
      return path;
    },
    async write(name, bytes) {
      const path = join(scratch, name);
      await writeFile(path, bytes);
      return path;
    },
    async close() {
      await browser.close();
      await remove();
    },
  };
}

/**
 * A house for the tests of the file that calls this. The stage opened last is closed after each test, and no error may have gone uncaught
 * in it.
 */
export function stageHouseForTests(): Pick<StageHouse, 'scratch' | 'open' | 'ffmpeg' | 'write'> {
  let house: StageHouse;
  let stage: OpenStage | null = null;
  beforeAll(async () => {
    house = await openStageHouse();
  });
  afterAll(() => house?.close());
  afterEach(async () => {
    const closing = stage;
    stage = null;
    await closing?.close();
    expect(closing?.errors ?? [], 'errors nobody caught in the page').toEqual([]);
  });
  return {
    get scratch() {
      return house.scratch;
    },
    async open(viewport, before) {
      stage = await house.open(viewport, before);
      return stage;
    },
    ffmpeg: (name, ...words) => house.ffmpeg(name, ...words),
    write: (name, bytes) => house.write(name, bytes),
  };
}

async function openStage(
  browser: Browser,
  stageDir: string,
  viewport: { width: number; height: number },
  before?: (page: Page) => Promise<void>,
): Promise<OpenStage> {
  const agent = await startStageAgent(stageDir);
  const page = await browser.newPage({ viewport });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await before?.(page);
  await page.goto(agent.url);
  await agent.wait('ready');
  return {
    agent,
    page,
    errors,
    serve(path, mime) {
      const sha = createHash('sha256').update(path).digest('hex');
      agent.media.set(sha, { path, mime });
      return `media/${sha}`;
    },
    async prepare(id, content, durationMs = 5_000) {
      agent.command({ type: 'prepare', id, content, durationMs });
      await agent.wait('prepared', id);
    },
    async show(id, inMs = 0) {
      agent.command({ type: 'show', id, inMs });
      await agent.wait('started', id);
    },
    eventsOf: (id) => agent.heard.flatMap(({ event }) => ('id' in event && event.id === id ? [event.type] : [])),
    async close() {
      await page.close();
      await agent.close();
    },
  };
}
