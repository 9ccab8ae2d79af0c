/** Speaks to one page of a plain Chromium for a while. */
import { z } from 'zod';
import type { DevtoolsPipe } from './devtools-pipe.ts';

const nothing = z.unknown();
const targets = z.object({
  targetInfos: z.array(z.object({ targetId: z.string(), type: z.string(), url: z.string() })),
});
const attached = z.object({ sessionId: z.string() });

/** A page, and the session in which it is spoken to. */
export type PageSession = { targetId: string; sessionId: string };

/** What `use` gives for the page whose address begins with `url`; rejects where there is none. */
export async function withPage<T>(
  pipe: DevtoolsPipe,
  url: string,
  use: (session: PageSession) => Promise<T>,
): Promise<T> {
  const { targetInfos } = await pipe.call('Target.getTargets', {}, targets);
  const page = targetInfos.find((target) => target.type === 'page' && target.url.startsWith(url));
  if (!page) throw new Error('the browser does not show the page');
  const { targetId } = page;
  const { sessionId } = await pipe.call('Target.attachToTarget', { targetId, flatten: true }, attached);
  try {
    return await use({ targetId, sessionId });
  } finally {
    await pipe.call('Target.detachFromTarget', { sessionId }, nothing).catch(() => undefined);
  }
}
