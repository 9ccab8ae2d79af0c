/** Fetches the receipts of stored segments, verifies each, and keeps them beside their pack: then a segment is logged. */
import { logEntryText } from '../../domain/proof/log-entry.ts';
import { headerHash, type Segment } from '../../domain/proof/segment.ts';
import { fromBase64 } from '../../domain/tlog/base64.ts';
import { isIncluded } from '../../domain/tlog/tlog-proof.ts';
import { PLAYER_EVENTS } from '../../protocol/player-link.ts';
import {
  logAnswerSchema,
  MAX_RECEIPTS,
  type ReceiptsAnswer,
  receiptsAnswerSchema,
  successionsAnswerSchema,
} from '../../protocol/player-log.ts';
import { segmentHeaderSchema } from '../../protocol/proof.ts';
import type { Timers } from '../clock.ts';
import type { SegmentFiles } from '../journal/segment-files.ts';
import type { PackedSegment, PackRef } from '../journal/segment-packs.ts';
import type { PlayerSocket } from '../link/socket-port.ts';
import { type Log, messageOf } from '../log.ts';
import { sha256 } from '../sha256.ts';
import type { LogMemory } from './log-memory.ts';

/** The log is asked for news this often while connected: pruning takes months, and each round keeps a checkpoint of some kilobytes. */
const PERIOD_MS = 3_600_000;
/** Sooner where the log lacked something, which is then on its way. */
const RETRY_MS = 300_000;
/** Of so many that the log lacks no more are asked for in one round. */
const MOST_LACKING = 256;
/** The first round waits for what a return brings up. */
const FIRST_MS = 10_000;
const ANSWER_TIMEOUT_MS = 20_000;

/** The fetcher. */
export type Receipts = {
  /** A connection, or null when it is gone. */
  setSocket(socket: PlayerSocket | null): void;
  stop(): void;
};

/** What it needs. `random` gives [0, 1). `onLacking`: the server may have lost what it had stored. */
export type ReceiptsDeps = {
  segments: SegmentFiles;
  memory: LogMemory;
  timers: Timers;
  random: () => number;
  log: Log;
  onLacking: () => void;
};

type Wanted = PackedSegment & { pack: PackRef; hash: string };

/** Starts it. */
export function createReceipts({ segments, memory, timers, random, log, onLacking }: ReceiptsDeps): Receipts {
  /** Packs whose receipts are all there, of the log that is believed. */
  const done = new Set<string>();
  let doneOrigin: string | null = null;
  const counts = (origin: string): boolean => !memory.isReplaced(origin);
  /** Hashes of stored segments that the log lacked in the last round. */
  let lackedBefore: ReadonlySet<string> = new Set();
  let socket: PlayerSocket | null = null;
  let cancel = (): void => undefined;

  // What waits from an earlier epoch goes into its pack long after later ones were begun.
  segments.onPacked((pack) => done.delete(nameOf(pack)));

  /**
   * The oldest stored segments without a receipt, but those to be passed over. A server that lost what was packed and took another one under its number keeps
   * this one apart: its log has no entry of it, and sending it once more changes nothing.
   */
  function wanted(except: ReadonlySet<string>): Wanted[] {
    const found: Wanted[] = [];
    const apart = segments.list().filter(({ state }) => state === 'forked' || state === 'quarantined');
    const origin = memory.head()?.origin ?? null;
    if (origin !== doneOrigin) done.clear();
    doneOrigin = origin;
    for (const pack of segments.packs()) {
      if (done.has(nameOf(pack))) continue;
      const known = segments.loggedOf(pack, counts);
      const isApart = ({ segment, value }: PackedSegment): boolean =>
        apart.some(
          (file) => file.epoch === pack.epoch && file.segment === segment && isSame(value, segments.readSegment(file)),
        );
      const missing = segments.readPack(pack).filter((packed) => !known.has(packed.segment) && !isApart(packed));
      if (missing.length === 0) done.add(nameOf(pack));
      for (const packed of missing) {
        const hash = headerHash(packed.value.header, sha256);
        if (except.has(hash)) continue;
        if (found.length === MAX_RECEIPTS) return found;
        found.push({ ...packed, pack, hash });
      }
    }
    return found;
  }

  /** One round; true where the log lacked something. */
  async function round(via: PlayerSocket): Promise<boolean> {
    const lacking = new Set<string>();
    while (lacking.size < MOST_LACKING) {
      if (!(await refresh(via))) break;
      const asked = wanted(lacking);
      if (asked.length === 0) {
        if (lacking.size === 0) memory.renewed();
        break;
      }
      const hashes = asked.map(({ hash }) => hash);
      const answer = receiptsAnswerSchema.safeParse(
        await via.request(PLAYER_EVENTS.receipts, { hashes }, ANSWER_TIMEOUT_MS),
      );
      if (!answer.success || answer.data.kind !== 'receipts') break;
      const kept = await keep(asked, answer.data, via);
      if (!kept) break;
      for (const hash of hashes) if (!kept.has(hash)) lacking.add(hash);
    }
    // What was stored last may not have been signed yet; what lacks twice was lost.
    if ([...lacking].some((hash) => lackedBefore.has(hash))) onLacking();
    lackedBefore = lacking;
    return lacking.size > 0;
  }

  /** Asks for the log's last checkpoint; false where there is none that this player can believe. */
  async function refresh(via: PlayerSocket): Promise<boolean> {
    const request = { size: memory.head()?.size ?? 0 };
    const answer = logAnswerSchema.safeParse(await via.request(PLAYER_EVENTS.log, request, ANSWER_TIMEOUT_MS));
    if (!answer.success || answer.data.kind !== 'log') return false;
    if (!memory.isAnother(answer.data)) return await memory.take(answer.data);
    const said = await via.request(PLAYER_EVENTS.successions, {}, ANSWER_TIMEOUT_MS).catch((error: unknown) => {
      // Whoever is gone has not said that it follows none.
      if (socket !== via) throw error;
      // A server that knows nothing of successions does not answer, and its log is then what it is: another one.
      return null;
    });
    const shown = successionsAnswerSchema.safeParse(said);
    const isSucceeded = shown.success && shown.data.kind === 'successions' && (await memory.succeed(shown.data));
    if (isSucceeded) onLacking();
    return isSucceeded || (await memory.take(answer.data));
  }

  /** Verifies and keeps; gives the hashes of those kept, null where the checkpoint is not believed. A receipt that does not hold is worth a line in the log. */
  async function keep(
    asked: readonly Wanted[],
    { checkpoint, receipts }: Extract<ReceiptsAnswer, { kind: 'receipts' }>,
    via: PlayerSocket,
  ): Promise<Set<string> | null> {
    const isKnown = (): boolean => checkpoint.startsWith(headText(memory));
    // Between the two questions the log may have grown.
    if (!isKnown() && !((await refresh(via)) && isKnown())) return null;
    const head = memory.head();
    if (!head) return null;
    const byPack = new Map<PackRef, { segment: number; index: number; proof: string[] }[]>();
    const kept = new Set<string>();
    for (const { hash, index, proof } of receipts) {
      const segment = asked.find((one) => one.hash === hash);
      const entry = segment && entryOf(segment);
      const hashes = proof.map(fromBase64).filter((bytes) => bytes !== null);
      if (!segment || !entry || !isIncluded(entry, { index, proof: hashes, checkpoint: head }, sha256)) {
        log('error', 'a receipt does not hold', { hash });
        continue;
      }
      byPack.set(segment.pack, [...(byPack.get(segment.pack) ?? []), { segment: segment.segment, index, proof }]);
      kept.add(hash);
    }
    for (const [pack, lines] of byPack) segments.addLogged(pack, { checkpoint, receipts: lines });
    return kept;
  }

  function next(inMs: number): void {
    cancel();
    cancel = timers.after(inMs, () => {
      const via = socket;
      if (!via) return;
      round(via)
        .catch((error: unknown) => {
          log('warn', 'receipts could not be fetched', { error: messageOf(error) });
          return false;
        })
        .then((isLacking) => {
          if (socket === via) next(isLacking ? RETRY_MS : PERIOD_MS);
        });
    });
  }

  return {
    setSocket(via) {
      socket = via;
      cancel();
      if (via) next(FIRST_MS * (0.5 + random()));
    },
    stop() {
      socket = null;
      cancel();
    },
  };
}

/** A file that the disk has changed may lie beside the pack that holds what was stored. */
const isSame = (a: Segment, b: Segment | null): boolean =>
  b !== null && a.header === b.header && a.body === b.body && a.signature === b.signature;

const nameOf = ({ epoch, pack }: PackRef): string => `${epoch}/${pack}`;

/** The text that a checkpoint of the head begins with. */
function headText(memory: LogMemory): string {
  return memory.head()?.note.text ?? '\n';
}

/** The entry that the log has to hold of a segment. */
function entryOf({ value, segment, hash }: Wanted): string | null {
  const header = segmentHeaderSchema.safeParse(JSON.parse(value.header));
  if (!header.success || header.data.segment !== segment) return null;
  const { screen, device, epoch } = header.data;
  return logEntryText({ kind: 'segment', screen, device, epoch, segment, hash });
}
