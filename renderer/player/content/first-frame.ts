/** Waits until a film stands on its first decoded frame, or says why it does not. */
import { StageFailure } from '../stage/stage-failure.ts';
import { filmFailure } from './film-failure.ts';

const PREPARE_TIMEOUT_MS = 10_000;
/** A hidden element may keep its first frame callback back; then decoded data is proof enough. */
const FRAME_GRACE_MS = 400;

/** What is waited for: `hasFrame` tells whether a frame callback has come; `signal` calls the waiting off. */
export type FirstFrameWait = { element: HTMLVideoElement; url: string; hasFrame(): boolean; signal: AbortSignal };

/** Resolves when enough is decoded to start at once; rejects with a StageFailure. */
export async function firstFrame(wait: FirstFrameWait): Promise<void> {
  const { element } = wait;
  const answer = await firstEvent(wait);
  if (answer === 'error') throw await mediaFailure(element, wait.url);
  if (answer === 'timeout') {
    throw new StageFailure('timeout', `no decoded frame of the film within ${PREPARE_TIMEOUT_MS} ms`);
  }
  const decodedAtMs = performance.now();
  while (!wait.hasFrame() && !wait.signal.aborted && performance.now() - decodedAtMs < FRAME_GRACE_MS) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function firstEvent({ element, signal }: FirstFrameWait): Promise<'decoded' | 'error' | 'timeout'> {
  return new Promise((resolve) => {
    const heard = new AbortController();
    const settle = (answer: 'decoded' | 'error' | 'timeout'): void => {
      clearTimeout(timer);
      heard.abort();
      resolve(answer);
    };
    const timer = setTimeout(() => settle('timeout'), PREPARE_TIMEOUT_MS);
    element.addEventListener('canplay', () => settle('decoded'), { signal: heard.signal });
    element.addEventListener('error', () => settle('error'), { signal: heard.signal });
    signal.addEventListener('abort', () => settle('timeout'), { signal: heard.signal });
  });
}

/** The failure behind the element's error; for an unreadable source the address itself is asked, to tell 404 from rubbish. */
async function mediaFailure(element: HTMLVideoElement, url: string): Promise<StageFailure> {
  const code = element.error?.code ?? 4;
  const message = element.error?.message ?? '';
  return filmFailure({ code, message, httpStatus: code === 4 ? await httpStatusOf(url) : 'not-asked' });
}

async function httpStatusOf(url: string): Promise<number | null> {
  try {
    const response = await fetch(url, { headers: { range: 'bytes=0-0' } });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}
