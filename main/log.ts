/** Structured log lines: one JSON object a line, never with a secret in it. */

/** How urgent a line is, least first. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Values a line may carry beside its message. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Writes one line. */
export type Log = (level: LogLevel, msg: string, fields?: LogFields) => void;

/** A log that writes lines of at least `least` to `write`, stamped with `nowMs`. */
export function createLog(least: LogLevel, nowMs: () => number, write: (line: string) => void): Log {
  const from = LOG_LEVELS.indexOf(least);
  return (level, msg, fields = {}) => {
    if (LOG_LEVELS.indexOf(level) < from) return;
    write(`${JSON.stringify({ time: new Date(nowMs()).toISOString(), level, msg, ...fields })}\n`);
  };
}

/** What an unknown thrown thing says, for a log line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
