/** Keeps one agent running: starts it again when it ends, at once where it asks for that or has run for a while, ever later where it keeps failing. */
import { every, systemClock, systemTimers } from '../main/clock.ts';
import { BEAT_MS } from '../main/heartbeat.ts';
import type { Log } from '../main/log.ts';
import { RESTART_EXIT } from '../main/restart-exit.ts';
import type { ProcessGroup } from '../main/stage/process-group.ts';
import { EXIT } from './command.ts';
import { untilSignal } from './until-signal.ts';

const FIRST_PAUSE_MS = 500;
const MOST_PAUSE_MS = 30_000;
/** An agent that ran this long was not in a crash loop. */
const STEADY_MS = 60_000;
/** Exit codes by which an agent says that starting it again is no use. */
const FINAL_EXITS: readonly string[] = [EXIT.ok, EXIT.badInput, EXIT.failed].map((code) => `exit ${code}`);

/** A slow disk may hold an agent up for seconds; one that is silent this long does nothing any more. */
const SILENCE_LIMIT_MS = 10_000;
/** A start may take as long as this on a small and busy machine. */
const START_LIMIT_MS = 60_000;

/**
 * Runs agents made by `launch`, one at a time, until a signal comes or one ends for good; gives the exit code. Each is to call `onBeat` about once a second;
 * one that has fallen silent is ended and started again. `name` is for the log.
 */
export async function supervise(
  name: string,
  launch: (onBeat: () => void) => ProcessGroup,
  log: Log,
  limits: { silenceMs: number; startMs: number } = { silenceMs: SILENCE_LIMIT_MS, startMs: START_LIMIT_MS },
): Promise<number> {
  const signalled = untilSignal();
  let failures = 0;
  for (;;) {
    const startM = systemClock.monoMs();
    let quietAfterM = startM + limits.startMs;
    const agent = launch(() => {
      quietAfterM = systemClock.monoMs() + limits.silenceMs;
    });
    const stopWatch = every(systemTimers, BEAT_MS, () => {
      if (systemClock.monoMs() <= quietAfterM) return;
      log('error', `${name} gives no sign of life and is ended`);
      agent.kill();
    });
    const exited = new Promise<string>((resolve) => agent.onExit(resolve));
    log('info', `${name} started`, { pid: agent.pid });
    const ended = await Promise.race([signalled.then(() => 'signal'), exited]);
    stopWatch();
    if (ended === 'signal') {
      await agent.end();
      return EXIT.ok;
    }
    // What it started may outlive it.
    agent.kill();
    if (FINAL_EXITS.includes(ended)) return Number(ended.slice('exit '.length));
    const isAtOnce = ended === `exit ${RESTART_EXIT}` || systemClock.monoMs() - startM > STEADY_MS;
    const pauseMs = isAtOnce ? 0 : Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    failures = isAtOnce ? 0 : failures + 1;
    log('warn', `${name} ended`, { reason: ended, againInMs: pauseMs });
    const pause = new Promise<string>((resolve) => systemTimers.after(pauseMs, () => resolve('pause')));
    if ((await Promise.race([signalled, pause])) !== 'pause') return EXIT.ok;
  }
}
