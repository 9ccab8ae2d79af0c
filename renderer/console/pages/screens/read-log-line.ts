/** Reads one line of a player's log: a JSON object with time, level, message and whatever fields it carries. */
import { z } from 'zod';

const lineSchema = z.looseObject({
  time: z.string(),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  msg: z.string(),
});

/** A line in parts; `atMs` epoch milliseconds, `fields` as `name=value`. One that is no such line is all message. */
export type LogLine = { atMs: number | null; level: 'debug' | 'info' | 'warn' | 'error'; msg: string; fields: string };

/** The parts of `text`. */
export function readLogLine(text: string): LogLine {
  const parsed = lineSchema.safeParse(parseJson(text));
  if (!parsed.success) return { atMs: null, level: 'info', msg: text, fields: '' };
  const { time, level, msg, ...rest } = parsed.data;
  const atMs = Date.parse(time);
  const fields = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return { atMs: Number.isNaN(atMs) ? null : atMs, level, msg, fields: fields.join('  ') };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
