/** Answers one socket event: checks its body, calls the handler, and turns failures into the one error shape. */
import type { z } from 'zod';
import { faultsOf, wireError } from '../../protocol/errors.ts';
import { asFailure } from '../as-failure.ts';
import type { Log } from '../log.ts';

/** How a peer is answered. */
export type Acknowledge = (answer: unknown) => void;

/**
 * Parses `body` with `schema` and answers with what `handle` gives, or with `{kind: 'error', error}`. A peer that asks for no
 * acknowledgement gets none; nothing a peer sends can throw out of here.
 */
export async function answerTo<S extends z.ZodType>(
  event: string,
  schema: S,
  handle: (body: z.output<S>) => unknown,
  body: unknown,
  acknowledge: unknown,
  log: Log,
): Promise<void> {
  const answer: Acknowledge = typeof acknowledge === 'function' ? (reply) => acknowledge(reply) : () => undefined;
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    log.warn({ event, faults: faultsOf(parsed.error, body).slice(0, 5) }, 'socket message fits no schema');
    answer({
      kind: 'error',
      ...wireError('bad-request', `${event} does not fit its schema`, faultsOf(parsed.error, body, event)),
    });
    return;
  }
  try {
    answer(await handle(parsed.data));
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code === 'internal') log.error({ err: error, event }, 'socket event failed');
    answer({ kind: 'error', ...wireError(failure.code, failure.message, failure.faults) });
  }
}
