/** Brings the window of a plain Chromium that was started beside the screen onto it. */
import { z } from 'zod';
import type { DevtoolsPipe } from './devtools-pipe.ts';
import { withPage } from './with-page.ts';

/** Where such a window waits; no screen is as wide. */
export const BESIDE_PX = 30_000;

const nothing = z.unknown();
const placed = z.object({ windowId: z.number(), bounds: z.object({ left: z.number().default(0) }) });
const evaluated = z.object({ result: z.object({ value: z.tuple([z.number(), z.number()]) }) });

/** The size of the screen, told when the page has been drawn since. */
const DRAWN = `new Promise((tell) =>
  requestAnimationFrame(() => requestAnimationFrame(() => tell([screen.width, screen.height]))))`;

/** Lets the window of the page at `url` fill the screen; one that a window manager put onto it is there already. */
export async function uncoverWindow(pipe: DevtoolsPipe, url: string): Promise<void> {
  await withPage(pipe, url, async ({ targetId, sessionId }) => {
    const { windowId, bounds } = await pipe.call('Browser.getWindowForTarget', { targetId }, placed);
    if (bounds.left < BESIDE_PX) return;
    const place = (next: object): Promise<unknown> =>
      pipe.call('Browser.setWindowBounds', { windowId, bounds: next }, nothing);
    const drawn = async (): Promise<readonly [number, number]> => {
      const asked = { expression: DRAWN, awaitPromise: true, returnByValue: true };
      return (await pipe.call('Runtime.evaluate', asked, evaluated, sessionId)).result.value;
    };
    const [width, height] = await drawn();
    // A window that fills the screen, as one of a kiosk believes to do at once, is neither moved nor sized.
    await place({ windowState: 'normal' });
    await place({ width, height });
    await drawn();
    await place({ left: 0, top: 0 });
    await place({ windowState: 'fullscreen' });
  });
}
