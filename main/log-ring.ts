/** The last lines of the player's log, kept in memory so that they can be asked for from afar. */
import { MAX_MESSAGE_BYTES } from '../protocol/player-link.ts';
import { createLog, type Log } from './log.ts';

/** Most lines kept, and given. */
const MOST_LINES = 1000;
const MOST_LINE_CHARS = 2000;
/** Most bytes of one answer, as it is sent. */
const MOST_ANSWER_BYTES = MAX_MESSAGE_BYTES / 2;

/** Names of fields that hold secrets, should one ever be logged. */
const SECRET = /token|secret|password|passphrase|private/i;
/** The page's address bears the token of this start. */
const PAGE_TOKEN = /(127\.0\.0\.1:\d+\/)[\w-]{16,}/g;

/** A log with a memory. */
export type LogRing = {
  /** Logs as `inner`, and remembers lines of at least `info`. */
  log: Log;
  /** The last `count` lines at most, oldest first; fewer where they are long. */
  lines(count: number): string[];
};

/** Wraps `inner`; `nowMs` stamps the lines that are remembered. Fields whose names sound secret are left out of them. */
export function createLogRing(inner: Log, nowMs: () => number): LogRing {
  let kept: string[] = [];
  const remember = createLog('info', nowMs, (line) => {
    kept.push(line.trimEnd().replace(PAGE_TOKEN, '$1…').slice(0, MOST_LINE_CHARS));
    if (kept.length > 2 * MOST_LINES) kept = kept.slice(-MOST_LINES);
  });
  return {
    log(level, msg, fields = {}) {
      inner(level, msg, fields);
      remember(level, msg, Object.fromEntries(Object.entries(fields).filter(([name]) => !SECRET.test(name))));
    },
    lines(count) {
      const given: string[] = [];
      let bytes = 0;
      for (const line of kept.slice(-Math.min(count, MOST_LINES)).reverse()) {
        bytes += Buffer.byteLength(JSON.stringify(line)) + 1;
        if (bytes > MOST_ANSWER_BYTES) break;
        given.push(line);
      }
      return given.reverse();
    },
  };
}
