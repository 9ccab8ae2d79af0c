/** Brings a page whose process has died up again within its browser, which is quicker than a new browser. */
import { z } from 'zod';
import type { Timers } from '../clock.ts';
import type { Log } from '../log.ts';
import type { DevtoolsPipe } from './devtools-pipe.ts';

const FIRST_PAUSE_MS = 400;
const MOST_PAUSE_MS = 30_000;
/** A page that lived this long was not in a crash loop. */
const STEADY_MS = 60_000;

const nothing = z.unknown();
const crashed = z.object({ targetId: z.string(), status: z.string() });
const attached = z.object({ sessionId: z.string() });

/** What it needs; `giveUp` is called where the browser does not do it. */
export type ReviveDeps = { url: string; timers: Timers; monoMs: () => number; log: Log; giveUp: () => void };

/** Watches over the pages of the browser behind `pipe`: at once the first time, ever later while they keep dying. */
export function revivePages(pipe: DevtoolsPipe, { url, timers, monoMs, log, giveUp }: ReviveDeps): void {
  let losses = 0;
  let lastM = monoMs();

  async function load(targetId: string): Promise<void> {
    const { sessionId } = await pipe.call('Target.attachToTarget', { targetId, flatten: true }, attached);
    await pipe.call('Page.navigate', { url }, nothing, sessionId);
    await pipe.call('Target.detachFromTarget', { sessionId }, nothing);
  }

  pipe.on('Target.targetCrashed', crashed, ({ targetId, status }) => {
    if (monoMs() - lastM > STEADY_MS) losses = 0;
    lastM = monoMs();
    const inMs = losses === 0 ? 0 : Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (losses - 1));
    losses += 1;
    log('warn', 'page is loaded anew', { reason: `page process gone: ${status}`, inMs });
    timers.after(inMs, () => void load(targetId).catch(giveUp));
  });
  pipe.call('Target.setDiscoverTargets', { discover: true }, nothing).catch(() => undefined);
}
