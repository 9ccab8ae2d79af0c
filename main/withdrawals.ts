/** Withdrawn content leaves the player: its cache file, every stored program that shows it, and a record that says so. */
import type { Timers } from './clock.ts';
import type { ActiveProgram } from './engine/cue.ts';
import { type Log, messageOf } from './log.ts';
import type { MediaCache } from './media-cache.ts';
import type { ProgramStore } from './program-store.ts';
import type { Settings } from './settings.ts';

/** A disk that does not let go of a file is asked again this often. */
const RETRY_MS = 10_000;

/** An item under way out. */
type Withdrawing = Settings['withdrawing'][number];

/** What it needs. `keep` makes what is under way survive a power cut; `note` writes the record; `onWithdrawn` is told before any of it. */
export type WithdrawalDeps = {
  cache: Pick<MediaCache, 'drop'>;
  store: Pick<ProgramStore, 'forgetWith'>;
  timers: Timers;
  log: Log;
  keep: (withdrawing: Withdrawing[]) => void;
  note: (item: { subject: string; sha: string }) => void;
  onWithdrawn: () => void;
};

/** The withdrawals of this player. */
export type Withdrawals = {
  /** Carries out what is under way, once `active` is in force and its withdrawn items are off the screen. */
  carryOut(withdrawing: readonly Withdrawing[], active: ActiveProgram): void;
  /** What is still under way is taken up again at the next start. */
  stop(): void;
};

/** What has to leave the player with `next`: what it withdraws and the program before did not, and what of it was `pending` already. */
export function withdrawnWith(
  next: ActiveProgram | null,
  former: ActiveProgram | null,
  pending: readonly Withdrawing[],
): Withdrawing[] {
  const now = next?.program.withdrawn ?? {};
  const before = former?.program.withdrawn ?? {};
  const still = pending.filter(({ item }) => Object.hasOwn(now, item));
  const fresh = Object.entries(now)
    .filter(([item]) => !Object.hasOwn(before, item) && !still.some((one) => one.item === item))
    .map(([item, sha]) => ({ item, sha, wasHere: Object.hasOwn(former?.program.manifest ?? {}, item) }));
  return [...still, ...fresh];
}

/** Nothing is under way at first. */
export function createWithdrawals({ cache, store, timers, log, keep, note, onWithdrawn }: WithdrawalDeps): Withdrawals {
  let run = 0;

  async function leave({ item, sha, wasHere }: Withdrawing, { program, hash }: ActiveProgram): Promise<boolean> {
    // The same bytes may be another item's too.
    const isShared = Object.values(program.manifest).some((other) => other.sha === sha);
    const wasCached = !isShared && (await cache.drop(sha));
    store.forgetWith(item, hash);
    return wasHere || wasCached;
  }

  async function carryOut(withdrawing: readonly Withdrawing[], active: ActiveProgram, own: number): Promise<void> {
    let left = [...withdrawing];
    for (const one of withdrawing) {
      try {
        const wasHere = await leave(one, active);
        // Another program has come meanwhile: what is left is part of its own list.
        if (own !== run) return;
        left = left.filter((other) => other !== one);
        if (wasHere) note({ subject: one.item, sha: one.sha });
        keep(left);
        log('info', 'withdrawn content has left the player', { item: one.item, wasHere });
      } catch (error) {
        log('error', 'withdrawn content is still in the cache', { item: one.item, error: messageOf(error) });
      }
    }
    if (left.length > 0 && own === run) timers.after(RETRY_MS, () => void carryOut(left, active, own));
  }

  return {
    carryOut(withdrawing, active) {
      run += 1;
      if (withdrawing.length === 0) return;
      onWithdrawn();
      void carryOut(withdrawing, active, run);
    },
    stop() {
      run += 1;
    },
  };
}
