/** Verifies segments in threads beside this one, so that a fleet's ingest leaves it to sockets and store. */
import { Worker } from 'node:worker_threads';
import type { Segment } from '../../domain/proof/segment.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { BadSegment, DocumentStore } from '../stores/ledger-store.ts';
import type { SegmentVerifier } from './segment-verifier.ts';
import type { Received, Sender } from './verify-segment.ts';

type Verified = Result<Received, BadSegment>;

/** What a thread is told. */
export type ToThread =
  | { kind: 'verify'; id: number; segment: Segment; sender: Sender; receivedAtMs: number }
  | { kind: 'program'; hash: string; body: string | null }
  | { kind: 'no-program'; hash: string; reason: string };

/** What it says: a segment verified, its texts left out; one that could not be; a stored program that it wants. */
export type FromThread =
  | { kind: 'done'; id: number; result: Verified }
  | { kind: 'failed'; id: number; reason: string }
  | { kind: 'wanted'; hash: string };

type Waiting = { segment: Segment; resolve: (result: Verified) => void; reject: (error: Error) => void };
type Thread = { worker: Worker; waiting: Map<number, Waiting> };

/** Starts with the first segment `count` threads at most, each for its part of the devices; `documents` gives stored programs. */
export function createVerifierThreads(documents: Pick<DocumentStore, 'get'>, count: number): SegmentVerifier {
  const threads = new Map<number, Thread>();
  let nextId = 0;
  let isClosed = false;

  function start(at: number): Thread {
    const worker = new Worker(new URL('./verify-thread.ts', import.meta.url));
    const thread: Thread = { worker, waiting: new Map() };
    threads.set(at, thread);
    // A thread that ends takes what waits for it with it, which is sent again; the next segment starts another.
    const ended = (error: Error): void => {
      if (threads.get(at) === thread) threads.delete(at);
      for (const { reject } of thread.waiting.values()) reject(error);
      thread.waiting.clear();
    };
    worker.on('error', (error) => ended(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => ended(new Error('the verifying thread has ended')));
    worker.on('message', (message: FromThread) => heard(thread, message));
    // Nobody waits for it at the end.
    worker.unref();
    return thread;
  }

  function heard({ worker, waiting }: Thread, message: FromThread): void {
    if (message.kind === 'wanted') {
      const { hash } = message;
      const give = (message: ToThread): void => worker.postMessage(message);
      // What could not be read is not the same as what is not there: its plays would not be counted.
      documents.get(hash).then(
        (body) => give({ kind: 'program', hash, body }),
        (error: unknown) => give({ kind: 'no-program', hash, reason: String(error) }),
      );
      return;
    }
    const found = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'failed') found?.reject(new Error(message.reason));
    else found?.resolve(withTexts(message.result, found.segment));
  }

  return {
    verify(segment, sender, receivedAtMs) {
      if (isClosed) return Promise.reject(new Error('the verifier is closed'));
      const at = Number.parseInt(sender.device.slice(0, 8), 16) % count;
      const { worker, waiting } = threads.get(at) ?? start(at);
      const id = nextId;
      nextId += 1;
      return new Promise((resolve, reject) => {
        waiting.set(id, { segment, resolve, reject });
        worker.postMessage({ kind: 'verify', id, segment, sender, receivedAtMs } satisfies ToThread);
      });
    },
    async close() {
      isClosed = true;
      await Promise.all(Array.from(threads.values(), ({ worker }) => worker.terminate()));
    },
  };
}

function withTexts(result: Verified, { header, signature, body }: Segment): Verified {
  const texts = { header, signature, body };
  if (!result.ok) return fail({ ...result.error, ...texts });
  return ok({ ...result.value, segment: { ...result.value.segment, ...texts } });
}
