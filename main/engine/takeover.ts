/** The emergency message over everything: from the moment it is known to its end by the believed clock, also without a server. */
import { messageHash, TAKEOVER_LENGTH_MS, type TakeoverMessage } from '../../domain/catalogue/takeover.ts';
import type { UnnumberedRecord } from '../../domain/proof/record.ts';
import type { Status, Takeover } from '../../protocol/player-link.ts';
import type { StageCommand } from '../../protocol/stage.ts';
import type { Timers } from '../clock.ts';
import type { Clock } from '../disciplined-clock.ts';
import { sha256 } from '../sha256.ts';
import type { DayBook } from './day-book.ts';

/** An end nearer than this is waited for to the millisecond; until then it is looked at once a second. */
const NEAR_MS = 1500;

/** What it needs. `isReady`: whether there is a page that obeys. */
export type TakeoverDeps = {
  clock: Clock;
  timers: Timers;
  send: (command: StageCommand) => void;
  isReady: () => boolean;
  book: DayBook;
  write: (record: UnnumberedRecord) => void;
  /** It has ended by itself. */
  onEnd: () => void;
};

/** The message and its record. */
export type TakeoverWatch = {
  /** Puts `next` on the screen, or takes back what stands there (null); false where that is so already. */
  set(next: Takeover | null): boolean;
  /** What stands now, or null. */
  standing(): Takeover | null;
  /** What a status says of it. */
  status(): Pick<Status, 'takeover'>;
  /** When the screen is free of it, epoch milliseconds; `nowMs` where nothing stands. */
  freeFromMs(nowMs: number): number;
  /** Tells a page that has just loaded, and goes on after {@link TakeoverWatch.pause}. */
  resend(): void;
  /** Ends it where its time is over; to be called at least once a second. */
  look(): void;
  /** Records that it stood until now: the agent stops, or the machine was asleep. */
  pause(): void;
};

/** Nothing stands at first. */
export function createTakeoverWatch(deps: TakeoverDeps): TakeoverWatch {
  const { clock, timers, book } = deps;
  let standing: Takeover | null = null;
  /** Since when it stands on the page, null before there is one (monotonic). */
  let shownM: number | null = null;
  /** A clock that was set back must not keep it for ever: no takeover is longer than this. */
  let lastM = 0;
  let cancelEnd = (): void => undefined;

  const freeFromMs = (nowMs: number): number =>
    standing ? Math.max(nowMs, Math.min(standing.endsAtMs, nowMs + lastM - clock.monoMs())) : nowMs;

  function send(): void {
    if (!deps.isReady()) return;
    deps.send({ type: 'takeover', message: standing && messageOf(standing) });
    if (!standing) return;
    shownM ??= clock.monoMs();
    book.takesOver({ startMs: clock.wallAt(shownM), endMs: freeFromMs(clock.nowMs()) });
  }

  /** Puts `next` in the place of what stands; that is recorded as far as it was shown, after the screen was changed. */
  function change(next: Takeover | null): void {
    const [before, beforeM] = [standing, shownM];
    cancelEnd();
    standing = next;
    shownM = null;
    lastM = clock.monoMs() + TAKEOVER_LENGTH_MS.most;
    book.takesOver(null);
    const m1 = clock.monoMs();
    send();
    if (before && beforeM !== null) deps.write(recordOf(before, beforeM, m1, clock));
  }

  function look(): void {
    if (!standing) return;
    cancelEnd();
    const nowMs = clock.nowMs();
    const leftMs = freeFromMs(nowMs) - nowMs;
    if (leftMs > 0) {
      if (leftMs <= NEAR_MS) cancelEnd = timers.after(leftMs, look);
      return;
    }
    change(null);
    deps.onEnd();
  }

  return {
    standing: () => standing,
    status: () => (standing ? { takeover: standing.id } : {}),
    freeFromMs,
    resend: () => {
      if (standing) send();
    },
    set(next) {
      const wanted = next && clock.nowMs() < next.endsAtMs ? next : null;
      if (wanted?.id === standing?.id && wanted?.endsAtMs === standing?.endsAtMs) return false;
      change(wanted);
      return true;
    },
    look,
    pause() {
      if (standing && shownM !== null) deps.write(recordOf(standing, shownM, clock.monoMs(), clock));
      shownM = null;
    },
  };
}

const messageOf = ({ text, textEn, theme }: Takeover): TakeoverMessage => ({ text, textEn, theme });

function recordOf(takeover: Takeover, m0: number, m1: number, clock: Clock): UnnumberedRecord {
  const t0 = Math.max(0, clock.wallAt(m0));
  const evidence = { subject: takeover.id, sha: messageHash(takeover, sha256) };
  return { kind: 'mode', reason: 'taken-over', t0, t1: Math.max(t0, clock.wallAt(m1)), m0, m1, evidence };
}
