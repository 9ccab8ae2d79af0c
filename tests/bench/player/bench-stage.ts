/** The built stage page and the browser it is measured in. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { type Browser, chromium } from 'playwright-core';
import { z } from 'zod';
import { systemTimers } from '../../../main/clock.ts';
import { createDevtoolsPipe } from '../../../main/stage/devtools-pipe.ts';
import { chromiumPath, QUIET_CHROMIUM } from '../../helpers/chromium.ts';

/** A headless browser with the arguments of the benches, and the id of its first process. */
export async function launchHeadless(): Promise<{ browser: Browser; pid: number; close(): Promise<void> }> {
  const server = await chromium.launchServer({ executablePath: chromiumPath(), args: QUIET_CHROMIUM });
  const browser = await chromium.connect(server.wsEndpoint());
  const pid = server.process().pid;
  if (pid === undefined) throw new Error('the browser has no process');
  return { browser, pid, close: () => server.close() };
}

/** All processes that `root` has started, itself first. */
export function processTree(root: number): number[] {
  try {
    const children = readFileSync(`/proc/${root}/task/${root}/children`, 'utf8').trim();
    return [root, ...(children === '' ? [] : children.split(' ').map(Number).flatMap(processTree))];
  } catch {
    return [];
  }
}

/** A headless browser that nobody watches but when asked: instrumentation of its own would hold what the page lets go of. */
export type UnwatchedBrowser = {
  pid: number;
  /** Bytes of the page's script heap after a collection; all processes are asked to let go of what they only keep in case. */
  heapBytes(): Promise<number>;
  close(): Promise<void>;
};

/** Opens `url` in a browser of its own; `folder` holds its profile. */
export async function launchUnwatched(url: string, folder: string): Promise<UnwatchedBrowser> {
  const child = spawn(
    chromiumPath(),
    [
      ...QUIET_CHROMIUM,
      '--headless=new',
      '--window-size=1280,720',
      '--remote-debugging-pipe',
      `--user-data-dir=${join(folder, 'profile')}`,
      url,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const [, , , toBrowser, fromBrowser] = child.stdio;
  if (!(toBrowser instanceof Writable && fromBrowser instanceof Readable && child.pid !== undefined))
    throw new Error('the browser has no pipes');
  const devtools = createDevtoolsPipe({ toBrowser, fromBrowser }, systemTimers);
  const anything = z.unknown();
  return {
    pid: child.pid,
    async heapBytes() {
      const targets = z.object({ targetInfos: z.array(z.object({ targetId: z.string(), type: z.string() })) });
      const { targetInfos } = await devtools.call('Target.getTargets', {}, targets);
      const targetId = targetInfos.find(({ type }) => type === 'page')?.targetId;
      const session = z.object({ sessionId: z.string() });
      const { sessionId } = await devtools.call('Target.attachToTarget', { targetId, flatten: true }, session);
      await devtools.call('HeapProfiler.collectGarbage', {}, anything, sessionId);
      await devtools.call('Memory.simulatePressureNotification', { level: 'critical' }, anything, sessionId);
      const usage = z.object({ usedSize: z.number() });
      const { usedSize } = await devtools.call('Runtime.getHeapUsage', {}, usage, sessionId);
      await devtools.call('Target.detachFromTarget', { sessionId }, anything);
      return usedSize;
    },
    async close() {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}
