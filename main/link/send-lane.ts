/** One lane of sealed segments to the server: oldest first, one at a time, until the server has answered each. */
import { headerHash } from '../../domain/proof/segment.ts';
import {
  MAX_MESSAGE_BYTES,
  PLAYER_EVENTS,
  type SegmentAnswer,
  type SegmentPush,
  segmentAnswerSchema,
} from '../../protocol/player-link.ts';
import type { Timers } from '../clock.ts';
import { type Journal, LONG_BACKLOG } from '../journal/journal.ts';
import { bySegment, type SegmentRef } from '../journal/segment-files.ts';
import { type Log, messageOf } from '../log.ts';
import { sha256 } from '../sha256.ts';
import type { PlayerSocket } from './socket-port.ts';

const ANSWER_TIMEOUT_MS = 20_000;
const FIRST_PAUSE_MS = 1000;
const MOST_PAUSE_MS = 60_000;
/** The same segment asked for again this often without getting on means that sending it does not help. */
const MOST_REWINDS = 3;

/** A lane. */
export type SendLane = {
  /** There may be something to send. */
  kick(): void;
  /** A connection that may send, or null when it is gone; the lane sets out after `delayMs`. */
  setSocket(socket: PlayerSocket | null, delayMs: number): void;
  /** Resolves when nothing is left to send, or nothing can be sent. */
  idle(): Promise<void>;
};

/** Programs that a server may have lost. */
export type ProgramHandover = {
  /** The text of a program under which a segment was recorded, null where it is not here any more. */
  textOf(ref: SegmentRef, hash: string): string | null;
  /** Brings it to the server; false where that refuses it for good, rejects where it cannot be reached. */
  handOver(hash: string, text: string): Promise<boolean>;
};

/** What a lane needs. `random` gives [0, 1). `isMine`: which segments take this lane. `programs`: null where there are none to be had. */
export type SendLaneDeps = {
  journal: () => Journal | null;
  isMine: (journal: Journal, ref: SegmentRef) => boolean;
  timers: Timers;
  random: () => number;
  log: Log;
  programs: ProgramHandover | null;
};

type Step = 'next' | 'pause';

/** A longer message would end the connection, again and again. What stands around a segment in its message is little. */
const fitsMessage = (segment: SegmentPush): boolean =>
  Buffer.byteLength(JSON.stringify(segment)) + 1024 <= MAX_MESSAGE_BYTES;

/** Creates a lane. */
export function createSendLane(deps: SendLaneDeps): SendLane {
  const { timers, random, log } = deps;
  let socket: PlayerSocket | null = null;
  let running: Promise<void> | null = null;
  let pauses = 0;
  let cancelPause: (() => void) | null = null;
  /** The segment that is to be taken without its program. */
  let lacking: SegmentRef | null = null;
  let handedOver: string | null = null;
  /** The segment that was refused, and is sent once more. */
  let doubted: SegmentRef | null = null;
  let rewound: { at: SegmentRef; times: number } | null = null;

  async function run(): Promise<void> {
    for (;;) {
      const via = socket;
      const journal = deps.journal();
      const next = journal?.shelf.nextUnsent((ref) => deps.isMine(journal, ref)) ?? null;
      if (!via || !journal || !next) return;
      const push: SegmentPush = {
        ...next.segment,
        ...(next.afterGap && { afterGap: true }),
        ...(lacking && bySegment(lacking, next.ref) === 0 && { withoutProgram: true }),
      };
      if (!fitsMessage(push)) {
        log('error', 'segment too long to be sent; kept, and going on in a new epoch', next.ref);
        journal.shelf.settle(next.ref, 'quarantined');
        if (journal.position().epoch === next.ref.epoch) journal.startEpoch(0);
        continue;
      }
      const answer = segmentAnswerSchema.safeParse(await via.request(PLAYER_EVENTS.segment, push, ANSWER_TIMEOUT_MS));
      const step = answer.success ? await take(journal, next.ref, next.segment.header, answer.data) : 'pause';
      if (!answer.success) log('error', 'the server answered a segment out of contract', { segment: next.ref.segment });
      if (step === 'pause') return pause();
      pauses = 0;
    }
  }

  async function take(journal: Journal, ref: SegmentRef, header: string, answer: SegmentAnswer): Promise<Step> {
    switch (answer.kind) {
      case 'stored':
        if (answer.hash !== headerHash(header, sha256)) {
          log('error', 'the server stored another segment than was sent', { epoch: ref.epoch, segment: ref.segment });
          return 'pause';
        }
        journal.shelf.settle(ref, 'stored');
        rewound = null;
        handedOver = null;
        return 'next';
      case 'rewind':
        return rewind(journal, ref, answer);
      case 'need-program':
        return await handOver(ref, answer.program);
      case 'fork':
        log('error', 'another segment of this number is stored; going on in a new epoch', {
          epoch: ref.epoch,
          segment: ref.segment,
        });
        journal.shelf.settle(ref, 'forked');
        if (journal.position().epoch === ref.epoch) journal.startEpoch(0);
        return 'next';
      case 'quarantined':
        // It may have been damaged on the way.
        if (!doubted || bySegment(doubted, ref) !== 0) {
          doubted = ref;
          return 'next';
        }
        log('error', 'segment quarantined', { epoch: ref.epoch, segment: ref.segment, reason: answer.reason });
        journal.shelf.settle(ref, 'quarantined');
        return 'next';
      case 'error':
        log('warn', 'segment refused', { code: answer.error.code, reason: answer.error.message });
        if (answer.error.retryable || answer.error.code === 'not-allowed') return 'pause';
        // It would be refused for ever; kept here, it must not keep the others back.
        journal.shelf.settle(ref, 'quarantined');
        return 'next';
    }
  }

  /** Brings the server a program it lacks, then the segment once more; of one that cannot be had the server is told so. */
  async function handOver(ref: SegmentRef, program: string): Promise<Step> {
    // Asked for again although it was taken: something is wrong over there.
    if (handedOver === program) return 'pause';
    const text = deps.programs?.textOf(ref, program) ?? null;
    if (text !== null && (await deps.programs?.handOver(program, text))) {
      log('info', 'brought the server a program that it lacked', { program });
      handedOver = program;
    } else {
      log('error', 'the server lacks a program that cannot be had', {
        program,
        epoch: ref.epoch,
        segment: ref.segment,
      });
      lacking = ref;
    }
    return 'next';
  }

  function rewind(journal: Journal, sent: SegmentRef, to: SegmentRef): Step {
    const times = rewound !== null && bySegment(rewound.at, to) === 0 ? rewound.times + 1 : 1;
    const isPossible = bySegment(to, sent) < 0 && times <= MOST_REWINDS && journal.shelf.rewind(to);
    // Only now: where a disk failed on the way nothing was sent again yet, and it is tried once more.
    rewound = { at: { epoch: to.epoch, segment: to.segment }, times };
    if (isPossible) {
      // What is recorded now does not wait for months that are sent again.
      const isLong = journal.shelf.unsentCount(to.epoch) > LONG_BACKLOG;
      if (isLong && journal.position().epoch === to.epoch) journal.startEpoch(0);
      return 'next';
    }
    log('error', 'the server asks for a segment that is lost here; going on in a new epoch', {
      epoch: to.epoch,
      segment: to.segment,
    });
    if (journal.position().epoch === sent.epoch && !journal.startEpoch(0).ok) return 'pause';
    journal.shelf.hold(sent.epoch);
    return 'next';
  }

  function pause(): void {
    const limit = Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** pauses);
    pauses += 1;
    waitFor(random() * limit);
  }

  function waitFor(delayMs: number): void {
    cancelPause?.();
    cancelPause = timers.after(delayMs, () => {
      cancelPause = null;
      kick();
    });
  }

  function kick(): void {
    if (running || cancelPause || !socket) return;
    running = run()
      .catch((error: unknown) => {
        log('warn', 'sending segments was interrupted', { error: messageOf(error) });
        pause();
      })
      .finally(() => {
        running = null;
      });
  }

  return {
    kick,
    setSocket(next, delayMs) {
      socket = next;
      cancelPause?.();
      cancelPause = null;
      pauses = 0;
      handedOver = null;
      if (delayMs > 0) waitFor(delayMs);
      else kick();
    },
    idle: async () => {
      while (running) await running;
    },
  };
}
