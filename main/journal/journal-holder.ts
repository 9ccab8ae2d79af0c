/** The journal of this player: opened once there is a screen to record for, and again and again where the disk does not let it. */

import type { ProofRecord } from '../../domain/proof/record.ts';
import { addDays, localDateAt } from '../../domain/time/zone-time.ts';
import { errnoOf } from '../durable-files.ts';
import type { ActiveProgram } from '../engine/cue.ts';
import type { Incidents } from '../incidents.ts';
import { type Log, messageOf } from '../log.ts';
import { type Journal, type JournalDeps, LONG_BACKLOG } from './journal.ts';
import { openJournal } from './open-journal.ts';

/** Reading a long journal takes a moment of the show's time; a disk that failed is not asked each second. */
const RETRY_MS = 60_000;

/** The journal, once there is one. */
export type JournalHolder = {
  get(): Journal | null;
  /** Opens it, unless that is done or has failed within the last minute. A disk that cannot be used stops the journal, not the show. */
  open(screen: string, active: ActiveProgram | null): void;
  /**
   * The server is there again, and has everything before `next` (null: nothing). Where it has more than there is here, the journal was lost or
   * set back and its numbers are used up; where it has long been away, what is recorded now must not wait for what is to be sent first.
   */
  welcomed(next: { epoch: number; segment: number } | null): void;
  /** The server may have lost what it had stored: it is asked, epoch by epoch, where it stands, and sent again what it lacks. */
  refill(): void;
};

/** What it needs; `onOpened` takes the records of the last days. `isOwnLog`: whether a log of that name is this server's. */
export type JournalHolderDeps = {
  journal: JournalDeps & { clock: { wallAt(monoMs: number): number } };
  incidents: Incidents;
  log: Log;
  onOpened: (records: readonly ProofRecord[]) => void;
  isOwnLog?: (origin: string) => boolean;
};

/** Nothing is open yet. */
export function createJournalHolder({
  journal: deps,
  incidents,
  log,
  onOpened,
  isOwnLog = () => true,
}: JournalHolderDeps): JournalHolder {
  const { clock } = deps;
  let journal: Journal | null = null;
  let retryM = Number.NEGATIVE_INFINITY;
  let failingSinceM: number | null = null;

  function open(screen: string, active: ActiveProgram | null): void {
    const context = { screen, program: active?.hash ?? null, manifest: active?.manifestHash ?? null };
    const since = addDays(localDateAt(clock.nowMs(), active?.program.timeZone ?? 'UTC'), -1);
    const opened = openJournal(deps, context, since, failingSinceM);
    journal = opened.journal;
    onOpened(opened.records);
    const { written } = opened;
    if (!written.ok) incidents.open('disk-full', 'journal', `${written.error.kind}: ${written.error.detail}`);
  }

  const refill = (): void => journal?.shelf.askAgain(isOwnLog);

  return {
    get: () => journal,
    refill,
    open(screen, active) {
      if (journal || clock.monoMs() < retryM) return;
      retryM = clock.monoMs() + RETRY_MS;
      try {
        open(screen, active);
      } catch (error) {
        if (errnoOf(error) === null) throw error;
        failingSinceM ??= clock.monoMs();
        incidents.open('disk-full', 'journal', messageOf(error));
      }
    },
    welcomed(next) {
      if (!journal) return;
      const here = journal.position();
      const isBehind = next && (next.epoch > here.epoch || (next.epoch === here.epoch && next.segment > here.segment));
      journal.seal();
      if (isBehind) {
        log('error', 'the server has more of this journal than there is here; going on in a new epoch', next);
        journal.startEpoch(next.epoch + 1);
        // Where that is a copy of this device, the server's place is the copy's and says nothing of what is kept here.
        refill();
      } else if (journal.shelf.isAheadOf(next)) {
        log('warn', 'the server lacks what it had stored; it is sent again', next ?? {});
        refill();
      } else if (journal.shelf.isCutOff()) {
        log('info', 'a stop cut off what was to be sent again; it goes on');
        refill();
      } else if (journal.shelf.unsentCount(here.epoch) > LONG_BACKLOG) {
        log('info', 'a long backlog is to be sent; going on in a new epoch', { segments: journal.shelf.unsentCount() });
        journal.startEpoch(0);
      }
    },
  };
}
