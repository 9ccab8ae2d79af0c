/** Keeps the desktop behind the player a picture of its last poster, or of a film where there are no posters, so that whoever takes the player's windows away uncovers that. */
import type { StageCommand, StageEvent } from '../../protocol/stage.ts';
import type { Timers } from '../clock.ts';
import type { Clock } from '../disciplined-clock.ts';
import { type Log, messageOf } from '../log.ts';
import type { StagePort } from '../stage-port.ts';
import type { Backdrop } from './backdrop.ts';

/** Every picture is written to the disk, which may be a memory card: a picture is taken this often at most. */
const RENEW_MS = 600_000;
/** A poster is pictured in its middle, or this long after it came up. */
const MOST_WAIT_MS = 2000;
/** A film is pictured where no poster was seen for this long. */
const WITHOUT_POSTER_MS = 3_600_000;

/** The watch. */
export type BackdropWatch = {
  /** Takes a command to the page, and an event of it. */
  sent(command: StageCommand): void;
  heard(event: StageEvent): void;
  /** What was pictured may not be seen any more: the desktop is black until the next poster. */
  forget(): void;
  stop(): void;
};

/** What the watch looks at; `backdrop` null: there is no desktop. */
export type BackdropWatchDeps = {
  backdrop: Backdrop | null;
  stage: Pick<StagePort, 'picture'>;
  clock: Clock;
  timers: Timers;
  log: Log;
};

type Sight = { id: string; look: string; durationMs: number; isFilm: boolean };

/** Creates the watch; at first what the run before put is seen again. Failures are logged, and the show goes on. */
export function createBackdropWatch({ backdrop, stage, clock, timers, log }: BackdropWatchDeps): BackdropWatch {
  const sights = new Map<string, Sight>();
  let current: Sight | null = null;
  let put: { look: string; atM: number; isFilm: boolean } | null = null;
  let posterSeenM: number | null = null;
  let turn = 0;
  let isTakenOver = false;
  let identifiedUntilM = 0;
  let isBlack = false;
  let cancel = (): void => undefined;
  let work = Promise.resolve();

  /** One after the other, so that the last one stays. */
  function queue(what: (to: Backdrop) => Promise<void>): void {
    if (!backdrop) return;
    work = work
      .then(() => what(backdrop))
      .catch((error: unknown) => log('warn', 'no picture behind the stage', { error: messageOf(error) }));
  }

  function leave(): void {
    cancel();
    current = null;
  }

  /** A poster with something over it is no picture of the poster. */
  const isCovered = (): boolean => isTakenOver || clock.monoMs() < identifiedUntilM;

  /** Whether a picture of `sight` is wanted: a poster gives way to another after a while, a film to a poster at once. */
  function isWanted({ look, isFilm }: Sight): boolean {
    const nowM = clock.monoMs();
    if (isFilm && posterSeenM !== null && nowM - posterSeenM < WITHOUT_POSTER_MS) return false;
    if (put === null) return true;
    if (put.look === look) return false;
    return (put.isFilm && !isFilm) || nowM - put.atM >= RENEW_MS;
  }

  function begun(sight: Sight): void {
    current = sight;
    if (isWanted(sight)) {
      const middleMs = sight.durationMs / 2;
      const waitMs = sight.isFilm ? middleMs : Math.min(MOST_WAIT_MS, middleMs);
      cancel = timers.after(waitMs, () => queue((to) => take(sight, to)));
    } else if (put?.look === sight.look && !sight.isFilm) posterSeenM = clock.monoMs();
  }

  async function take(sight: Sight, to: Backdrop): Promise<void> {
    if (current !== sight || isCovered()) return;
    const { look, isFilm } = sight;
    put = { look, isFilm, atM: clock.monoMs() };
    const jpeg = await stage.picture();
    // What came after it may be on the picture.
    if (current !== sight || isCovered()) put = null;
    else {
      isBlack = false;
      if (!isFilm) posterSeenM = clock.monoMs();
      await to.put(jpeg);
    }
  }

  function turned(rotation: number): void {
    if (rotation !== turn) put = null;
    turn = rotation;
  }

  function forget(): void {
    leave();
    put = null;
    posterSeenM = null;
    queue(async (to) => {
      if (isBlack) return;
      await to.clear();
      isBlack = true;
    });
  }
  // A desktop that was started anew, as with the machine, knows nothing of the run before.
  queue((to) => to.putLast());

  return {
    sent(command) {
      if (command.type === 'prepare') {
        const { id, content, durationMs } = command;
        if (sights.size > 1) sights.clear();
        const look = JSON.stringify([content, turn]);
        const isFilm = content.type === 'video';
        if (isFilm || content.type === 'image' || content.type === 'card')
          sights.set(id, { id, look, durationMs, isFilm });
      } else if (command.type === 'display') turned(command.rotation);
      else if (command.type === 'takeover') isTakenOver = command.message !== null;
      else if (command.type === 'identify') identifiedUntilM = clock.monoMs() + command.forMs;
      else if (command.type === 'pairing') forget();
      else if (command.type === 'idle' && (command.reason === 'closed' || command.reason === 'no-program')) forget();
    },
    heard(event) {
      if (event.type === 'ready' || (event.type !== 'pulse' && event.id === current?.id)) leave();
      if (event.type !== 'started') return;
      leave();
      const sight = sights.get(event.id);
      if (sight) begun(sight);
    },
    forget,
    stop: leave,
  };
}
