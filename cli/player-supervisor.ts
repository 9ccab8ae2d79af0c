/** Keeps one agent running: starts it again when it ends, at once where it asks for that, ever later where it keeps failing. */
import { systemClock, systemTimers } from '../main/clock.ts';
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

/** Runs agents made by `launch`, one at a time, until a signal comes or one ends for good; gives the exit code. `name` is for the log. */
export async function supervise(name: string, launch: () => ProcessGroup, log: Log): Promise<number> {
  const signalled = untilSignal();
  let failures = 0;
  for (;;) {
    const startM = systemClock.monoMs();
    const agent = launch();
    const exited = new Promise<string>((resolve) => agent.onExit(resolve));
    log('info', `${name} started`, { pid: agent.pid });
    const ended = await Promise.race([signalled.then(() => 'signal'), exited]);
    if (ended === 'signal') {
      await agent.end();
      return EXIT.ok;
    }
    // What it started may outlive it.
    agent.kill();
    if (FINAL_EXITS.includes(ended)) return Number(ended.slice('exit '.length));
    if (ended === `exit ${RESTART_EXIT}` || systemClock.monoMs() - startM > STEADY_MS) failures = 0;
    const pauseMs = ended === `exit ${RESTART_EXIT}` ? 0 : Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    failures += ended === `exit ${RESTART_EXIT}` ? 0 : 1;
    log('warn', `${name} ended`, { reason: ended, againInMs: pauseMs });
    const pause = new Promise<string>((resolve) => systemTimers.after(pauseMs, () => resolve('pause')));
    if ((await Promise.race([signalled, pause])) !== 'pause') return EXIT.ok;
  }
}
