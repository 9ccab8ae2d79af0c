/** Structured logs; secrets never enter them. */
import { type Logger, pino } from 'pino';

/** The server's log. */
export type Log = Logger;

/** Levels a log can be set to. */
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A log of JSON lines on standard output, or readable lines where `pretty` (a person at a terminal). */
export function createLog(level: LogLevel, pretty: boolean): Log {
  const redact = {
    paths: ['password', '*.password', 'token', '*.token', 'req.headers.cookie', 'req.headers.authorization'],
  };
  return pino({
    level,
    redact,
    ...(pretty && {
      transport: {
        target: 'pino-pretty',
        options: { ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', singleLine: true },
      },
    }),
  });
}

/** A log that says nothing, for tests. */
export const silentLog: Log = pino({ level: 'silent' });
