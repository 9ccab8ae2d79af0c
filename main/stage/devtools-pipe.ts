/** Speaks the DevTools protocol over the two pipes a Chromium was started with; nothing listens on any port. */
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { Timers } from '../clock.ts';

/** The browser's ends: commands go into `toBrowser`, answers and events come out of `fromBrowser`. */
export type DevtoolsPipes = { toBrowser: Writable; fromBrowser: Readable };

/** A conversation with one browser. */
export type DevtoolsPipe = {
  /** Sends a command, to a page where a session is named; rejects when it fails, after `timeoutMs`, or when the pipe ends. */
  call<S extends z.ZodType>(method: string, params: object, result: S, sessionId?: string): Promise<z.output<S>>;
  /** The next event of this name in a session; rejects as above. */
  next<S extends z.ZodType>(method: string, params: S, sessionId: string): Promise<z.output<S>>;
  /** Calls `listener` with each event of this name, of whatever session; events that do not fit are dropped. */
  on<S extends z.ZodType>(method: string, params: S, listener: (event: z.output<S>) => void): void;
};

const CALL_LIMIT_MS = 5000;
/** A picture of a screen of 4K as PNG in base64 is well below. */
const MOST_MESSAGE_BYTES = 64 * 1024 * 1024;
const END = '\0';

const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  sessionId: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});
type Message = z.infer<typeof messageSchema>;

type Waiting = { matches: (message: Message) => boolean; settle: (outcome: Message | Error) => void };

/** Opens the conversation. What the browser says that nobody waits for is dropped. */
export function createDevtoolsPipe(pipes: DevtoolsPipes, timers: Timers): DevtoolsPipe {
  const waiting = new Set<Waiting>();
  const listeners = new Map<string, (params: unknown) => void>();
  let count = 0;
  let rest: Buffer[] = [];
  let restBytes = 0;

  function fail(reason: string): void {
    for (const one of [...waiting]) one.settle(new Error(reason));
  }

  function take(text: string): void {
    const parsed = messageSchema.safeParse(parseJson(text));
    if (!parsed.success) return;
    for (const one of [...waiting]) if (one.matches(parsed.data)) one.settle(parsed.data);
    if (parsed.data.method !== undefined) listeners.get(parsed.data.method)?.(parsed.data.params);
  }

  pipes.fromBrowser.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let end = chunk.indexOf(END); end >= 0; end = chunk.indexOf(END, from)) {
      take(Buffer.concat([...rest, chunk.subarray(from, end)]).toString('utf8'));
      rest = [];
      restBytes = 0;
      from = end + 1;
    }
    rest.push(chunk.subarray(from));
    restBytes += chunk.length - from;
    if (restBytes > MOST_MESSAGE_BYTES) {
      rest = [];
      restBytes = 0;
      fail('the browser sent more than a message may hold');
    }
  });
  pipes.fromBrowser.on('close', () => fail('the browser has ended'));

  function wait(what: string, matches: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve, reject) => {
      const cancel = timers.after(CALL_LIMIT_MS, () =>
        one.settle(new Error(`${what}: no answer in ${CALL_LIMIT_MS} ms`)),
      );
      const one: Waiting = {
        matches,
        settle(outcome) {
          cancel();
          waiting.delete(one);
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome);
        },
      };
      waiting.add(one);
    });
  }

  return {
    async call(method, params, result, sessionId) {
      count += 1;
      const id = count;
      const answer = wait(method, (message) => message.id === id);
      pipes.toBrowser.write(JSON.stringify({ id, method, params, sessionId }) + END);
      const { error, result: given } = await answer;
      if (error) throw new Error(`${method}: ${error.message}`);
      return result.parse(given);
    },
    async next(method, params, sessionId) {
      const event = await wait(method, (message) => message.method === method && message.sessionId === sessionId);
      return params.parse(event.params);
    },
    on(method, params, listener) {
      listeners.set(method, (given) => {
        const event = params.safeParse(given);
        if (event.success) listener(event.data);
      });
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
