/** Takes a picture of the page of a plain Chromium, as it is drawn, without touching how it is drawn. */
import { z } from 'zod';
import type { DevtoolsPipe } from './devtools-pipe.ts';
import { JPEG_QUALITY, SHOT_BOX, SHRINK_PICTURE } from './shrink-picture.ts';
import { withPage } from './with-page.ts';

const nothing = z.unknown();
const frame = z.object({ data: z.base64() });
const tree = z.object({ frameTree: z.object({ frame: z.object({ id: z.string() }) }) });
const world = z.object({ executionContextId: z.number() });
const evaluated = z.object({
  result: z.object({ value: z.base64().optional() }),
  exceptionDetails: z.object({ text: z.string() }).optional(),
});

/** A small WebP of the page whose address begins with `url`. */
export async function capturePage(pipe: DevtoolsPipe, url: string): Promise<Uint8Array> {
  const size = { format: 'png', maxWidth: SHOT_BOX.width, maxHeight: SHOT_BOX.height };
  const webp = await withPage(pipe, url, async ({ sessionId }) =>
    shrink(pipe, sessionId, await oneFrame(pipe, sessionId, size)),
  );
  return Buffer.from(webp, 'base64');
}

/** A JPEG of the page whose address begins with `url`, as large as it is drawn. */
export async function picturePage(pipe: DevtoolsPipe, url: string): Promise<Uint8Array> {
  const form = { format: 'jpeg', quality: JPEG_QUALITY };
  return Buffer.from(await withPage(pipe, url, ({ sessionId }) => oneFrame(pipe, sessionId, form)), 'base64');
}

/** One frame of a screencast: `Page.captureScreenshot` with a clip would lay out the live page anew for it, which can be seen on the screen. */
async function oneFrame(pipe: DevtoolsPipe, sessionId: string, form: object): Promise<string> {
  const shown = pipe.next('Page.screencastFrame', frame, sessionId);
  shown.catch(() => undefined);
  await pipe.call('Page.startScreencast', form, nothing, sessionId);
  try {
    return (await shown).data;
  } finally {
    await pipe.call('Page.stopScreencast', {}, nothing, sessionId).catch(() => undefined);
  }
}

async function shrink(pipe: DevtoolsPipe, sessionId: string, picture: string): Promise<string> {
  const { frameTree } = await pipe.call('Page.getFrameTree', {}, tree, sessionId);
  const given = { frameId: frameTree.frame.id, worldName: 'xunbo-shot' };
  const { executionContextId } = await pipe.call('Page.createIsolatedWorld', given, world, sessionId);
  const call = {
    functionDeclaration: SHRINK_PICTURE,
    arguments: [{ value: picture }],
    executionContextId,
    awaitPromise: true,
    returnByValue: true,
  };
  const { result, exceptionDetails } = await pipe.call('Runtime.callFunctionOn', call, evaluated, sessionId);
  if (result.value === undefined) throw new Error(`the picture was not made: ${exceptionDetails?.text ?? 'no reason'}`);
  return result.value;
}
