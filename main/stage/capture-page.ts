/** Takes a picture of the page of a plain Chromium, as it is drawn, without touching how it is drawn. */
import { z } from 'zod';
import type { DevtoolsPipe } from './devtools-pipe.ts';
import { SHOT_BOX, SHRINK_PICTURE } from './shrink-picture.ts';

const nothing = z.unknown();
const targets = z.object({
  targetInfos: z.array(z.object({ targetId: z.string(), type: z.string(), url: z.string() })),
});
const attached = z.object({ sessionId: z.string() });
const frame = z.object({ data: z.base64() });
const tree = z.object({ frameTree: z.object({ frame: z.object({ id: z.string() }) }) });
const world = z.object({ executionContextId: z.number() });
const evaluated = z.object({
  result: z.object({ value: z.base64().optional() }),
  exceptionDetails: z.object({ text: z.string() }).optional(),
});

/**
 * A small WebP of the page whose address begins with `url`. One frame of a screencast is taken: `Page.captureScreenshot` with a clip would lay out the
 * live page anew for it, which can be seen on the screen.
 */
export async function capturePage(pipe: DevtoolsPipe, url: string): Promise<Uint8Array> {
  const { targetInfos } = await pipe.call('Target.getTargets', {}, targets);
  const page = targetInfos.find((target) => target.type === 'page' && target.url.startsWith(url));
  if (!page) throw new Error('the browser does not show the page');
  const { sessionId } = await pipe.call('Target.attachToTarget', { targetId: page.targetId, flatten: true }, attached);
  try {
    const picture = await oneFrame(pipe, sessionId);
    return Buffer.from(await shrink(pipe, sessionId, picture), 'base64');
  } finally {
    await pipe.call('Target.detachFromTarget', { sessionId }, nothing).catch(() => undefined);
  }
}

async function oneFrame(pipe: DevtoolsPipe, sessionId: string): Promise<string> {
  const shown = pipe.next('Page.screencastFrame', frame, sessionId);
  shown.catch(() => undefined);
  const size = { format: 'png', maxWidth: SHOT_BOX.width, maxHeight: SHOT_BOX.height };
  await pipe.call('Page.startScreencast', size, nothing, sessionId);
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
