/** Fetching from the controller over HTTP with the link's bearer token. */
import { MAX_PROGRAM_BYTES, PLAYER_PATHS } from '../protocol/player-link.ts';
import type { Timers } from './clock.ts';

/** A media as it comes in. `status`: 200 from the start, 206 from the byte asked for. */
export type MediaResponse = { status: number; chunks: AsyncIterable<Uint8Array> };

/** Where programs and media come from. All reject where the server cannot be reached. */
export type MediaSource = {
  /** The bytes of a media from `fromByte` on. */
  media(sha: string, fromByte: number): Promise<MediaResponse>;
  /** The text of a program; rejects for any answer but 200. */
  program(hash: string): Promise<string>;
  /** Brings the text of a program that the server has lost; false where it refuses that for good. */
  handOver(hash: string, text: string): Promise<boolean>;
};

/** A transfer that brings nothing for this long is broken off. */
const STALL_MS = 30_000;

/** The source at `server`; `token` gives the bearer token of the present connection, null without one. */
export function createMediaSource(server: string, token: () => string | null, timers: Timers): MediaSource {
  async function ask(
    path: string,
    headers: Record<string, string>,
    request: Pick<RequestInit, 'method' | 'body'> = {},
  ): Promise<{ response: Response; guard: StallGuard }> {
    const bearer = token();
    if (bearer === null) throw new Error('not linked to the server');
    const guard = stallGuard(timers);
    const response = await fetch(new URL(path, server), {
      ...request,
      headers: { ...headers, authorization: `Bearer ${bearer}` },
      signal: guard.signal,
      redirect: 'error',
    });
    return { response, guard };
  }

  return {
    async media(sha, fromByte) {
      const { response, guard } = await ask(
        PLAYER_PATHS.media(sha),
        fromByte > 0 ? { range: `bytes=${fromByte}-` } : {},
      );
      return { status: response.status, chunks: guarded(response, guard) };
    },
    async program(hash) {
      const { response, guard } = await ask(PLAYER_PATHS.program(hash), {});
      const parts: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of guarded(response, guard)) {
        size += chunk.length;
        if (size > MAX_PROGRAM_BYTES) throw new Error(`program ${hash} is larger than ${MAX_PROGRAM_BYTES} bytes`);
        parts.push(chunk);
      }
      if (response.status !== 200) throw new Error(`program ${hash}: the server answered ${response.status}`);
      return Buffer.concat(parts).toString('utf8');
    },
    async handOver(hash, text) {
      const headers = { 'content-type': 'text/plain; charset=utf-8' };
      const { response, guard } = await ask(PLAYER_PATHS.program(hash), headers, { method: 'PUT', body: text });
      for await (const _ of guarded(response, guard));
      if (response.ok) return true;
      const isFinal = response.status >= 400 && response.status < 500 && response.status !== 403;
      if (isFinal) return false;
      throw new Error(`program ${hash}: the server answered ${response.status}`);
    },
  };
}

type StallGuard = { signal: AbortSignal; alive(): void; done(): void };

function stallGuard(timers: Timers): StallGuard {
  const controller = new AbortController();
  const arm = (): (() => void) => timers.after(STALL_MS, () => controller.abort(new Error('the transfer stalled')));
  let cancel = arm();
  return {
    signal: controller.signal,
    alive() {
      cancel();
      cancel = arm();
    },
    done: () => cancel(),
  };
}

async function* guarded(response: Response, guard: StallGuard): AsyncGenerator<Uint8Array> {
  try {
    const reader = response.body?.getReader();
    if (!reader) return;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      guard.alive();
      yield value;
    }
  } finally {
    guard.done();
    await response.body?.cancel().catch(() => undefined);
  }
}
