/** Hands a player's options down to the process that is its agent. */
import type { PlayerOptions } from '../main/player-options.ts';

/** Ends its agent by closing the agent's input: a signal to a whole group would take a lent display away first. */
export const LIFELINE = { variable: 'XUNBO_LIFELINE', value: 'stdin' } as const;

/** The variables that say all of `options`; the enrolment token is inherited. */
export function agentEnvironment(options: PlayerOptions): Record<string, string> {
  return {
    XUNBO_SERVER: options.server,
    XUNBO_DATA: options.data,
    XUNBO_SHELL: options.shell,
    XUNBO_HEADLESS: String(options.headless),
    XUNBO_WINDOW: String(options.window),
    XUNBO_LOG_LEVEL: options.logLevel,
    XUNBO_DISPLAY_COMMAND: options.displayCommand,
    XUNBO_BACKDROP_COMMAND: options.backdropCommand,
    XUNBO_CACHE_BYTES: options.cacheBytes === null ? 'auto' : String(options.cacheBytes),
    [LIFELINE.variable]: LIFELINE.value,
  };
}
