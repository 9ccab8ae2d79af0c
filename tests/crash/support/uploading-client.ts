/** A device that pushes segments to a server that may die at any moment, and remembers what it was answered. */
import { sign } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ZodError } from 'zod';
import type { Segment } from '../../../domain/proof/segment.ts';
import { introduce } from '../../../main/link/handshake.ts';
import { type PlayerSocket, socketConnect } from '../../../main/link/socket-port.ts';
import { PLAYER_EVENTS, PLAYER_PATHS, segmentAnswerSchema, type Welcome } from '../../../protocol/player-link.ts';
import { programSchema } from '../../../protocol/program.ts';
import { newDeviceKey } from '../../helpers/test-device.ts';
import type { Chance } from '../../simulation/chance.ts';
import { createLogWatcher, type LogWatcher } from './log-watcher.ts';
import { createSegmentMaker, type NamedProgram } from './segment-maker.ts';

const ANSWER_MS = 20_000;
const RETRY_MS = 50;
/** News of the log are asked for after so many segments. */
const LOG_EACH = 5;

/** One device. */
export type UploadingClient = {
  readonly id: string;
  readonly publicKey: string;
  /** Segments by their hashes: all that were ever made, in their order. */
  readonly made: ReadonlyMap<string, Segment>;
  readonly acknowledged: ReadonlySet<string>;
  readonly log: LogWatcher;
  /** What the server told that cannot be, one sentence each. */
  readonly faults: readonly string[];
  /** Pushes for as long as it is not done; `onStored` is called with every acknowledgement. */
  run(onStored: () => void): Promise<void>;
  /** Makes nothing new any more: it is done once all is acknowledged and has its receipt. */
  finish(): void;
};

/** A device of the server at `url`; `onPairing` is given the code that is to be entered. */
export function createUploadingClient(
  url: string,
  chance: Chance,
  onPairing: (code: string) => Promise<void>,
): UploadingClient {
  const key = newDeviceKey();
  const signText = (text: string): string => sign(null, Buffer.from(text), key.privateKey).toString('base64');
  const identity = { key: { ...key, sign: signText }, build: 'crash-simulated', enrolToken: null };
  const connect = socketConnect(url);
  const makeNext = createSegmentMaker(key, chance);
  const made = new Map<string, Segment>();
  const acknowledged = new Set<string>();
  const faults: string[] = [];
  const log = createLogWatcher((text) => faults.push(text));
  let program: NamedProgram | null = null;
  let isFinishing = false;
  const isDone = (): boolean => isFinishing && acknowledged.size === made.size && log.receipts.length === made.size;

  /** Pushes the segment of that number, which is made where it is a new one; gives the number to go on with. */
  async function push(socket: PlayerSocket, screen: string, of: NamedProgram, number: number): Promise<number> {
    if (number === made.size) {
      const { hash, segment } = makeNext(screen, of);
      made.set(hash, segment);
    }
    const [hash = '', segment] = [...made][number] ?? [];
    const answer = segmentAnswerSchema.parse(await socket.request(PLAYER_EVENTS.segment, segment, ANSWER_MS));
    if (answer.kind === 'stored' && answer.hash === hash) {
      acknowledged.add(hash);
      return number + 1;
    }
    faults.push(`segment ${number} was answered ${JSON.stringify(answer)}`);
    return answer.kind === 'rewind' ? answer.segment : number;
  }

  async function serve(
    socket: PlayerSocket,
    { screen, next, ...welcome }: Welcome,
    onStored: () => void,
  ): Promise<void> {
    program ??= await fetchProgram(url, welcome);
    const known = next?.segment ?? 0;
    if (known < acknowledged.size) faults.push(`I1: the server knows ${known} of ${acknowledged.size} segments`);
    // What was not answered is sent once more, whether it was stored or not.
    let number = acknowledged.size;
    for (let count = 1; !isDone(); count += 1) {
      const isIdle = isFinishing && number === made.size;
      if (isIdle) await pause(RETRY_MS);
      else {
        number = await push(socket, screen, program, number);
        onStored();
      }
      if (isIdle || count % LOG_EACH === 0) await log.ask(socket, acknowledged);
    }
  }

  async function session(onStored: () => void): Promise<void> {
    const socket = await connect();
    try {
      const answer = await introduce(socket, identity);
      if (answer.kind === 'welcome') await serve(socket, answer, onStored);
      else if (answer.kind === 'pairing') await onPairing(answer.code);
      else faults.push(`not let in: ${JSON.stringify(answer)}`);
    } finally {
      socket.close();
    }
  }

  return {
    ...{ id: key.id, publicKey: key.publicKey, made, acknowledged, log, faults },
    async run(onStored) {
      while (!isDone()) {
        // A server that is dying, dead or being born: come again. An answer out of contract is another thing.
        await session(onStored).catch(async (error: unknown) => {
          if (error instanceof ZodError) faults.push(error.message);
          await pause(RETRY_MS);
        });
      }
    },
    finish() {
      isFinishing = true;
    },
  };
}

async function fetchProgram(
  url: string,
  { program: hash, fetchToken }: Pick<Welcome, 'program' | 'fetchToken'>,
): Promise<NamedProgram> {
  if (hash === null) throw new Error('the screen has no program');
  const headers = { authorization: `Bearer ${fetchToken}` };
  const answer = await fetch(url + PLAYER_PATHS.program(hash), { headers });
  return { hash, program: programSchema.parse(await answer.json()) };
}
