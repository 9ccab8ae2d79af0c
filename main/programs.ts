/** Which program is played: asked for by the server, fetched, checked, stored, and only then put into force. */
import type { Timers } from './clock.ts';
import type { ActiveProgram } from './engine/cue.ts';
import { type Log, messageOf } from './log.ts';
import type { MediaSource } from './media-source.ts';
import type { ProgramStore } from './program-store.ts';

const FIRST_PAUSE_MS = 1000;
const MOST_PAUSE_MS = 60_000;

/** The programs of this player. */
export type Programs = {
  /** The server wants this played, null for nothing. A program that cannot be had or read leaves the one in force. */
  ask(hash: string | null): void;
  /** There is no server to fetch from any more. */
  offline(): void;
};

/** What it needs; `apply` puts a program into force. `random` gives [0, 1). */
export type ProgramsDeps = {
  store: ProgramStore;
  source: Pick<MediaSource, 'program'>;
  timers: Timers;
  random: () => number;
  log: Log;
  apply: (active: ActiveProgram | null) => void;
};

/** Creates the choice of programs. */
export function createPrograms({ store, source, timers, random, log, apply }: ProgramsDeps): Programs {
  let wanted: string | null = null;
  let cancelRetry = (): void => undefined;

  async function fetchProgram(hash: string, failures: number): Promise<void> {
    try {
      const text = await source.program(hash);
      if (wanted !== hash) return;
      const accepted = store.accept(hash, text);
      if (accepted.ok) return apply(accepted.value);
      // The same bytes would be refused again; only another push can help.
      log('error', 'program refused; the one before stays in force', { reason: accepted.error });
    } catch (error) {
      if (wanted !== hash) return;
      log('warn', 'program not fetched yet', { program: hash, error: messageOf(error) });
      const limit = Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
      cancelRetry = timers.after(limit * (0.5 + random() / 2), () => void fetchProgram(hash, failures + 1));
    }
  }

  return {
    ask(hash) {
      cancelRetry();
      wanted = hash;
      const known = hash === null ? null : store.load(hash);
      if (hash === null || known) return apply(known);
      void fetchProgram(hash, 0);
    },
    offline() {
      cancelRetry();
      wanted = null;
    },
  };
}
