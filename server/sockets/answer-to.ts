/** Answers one socket event: checks its body, calls the handler, and turns failures into the one error shape. */
import type { z } from 'zod';
import { faultsOf, wireError } from '../../protocol/errors.ts';
import { asFailure } from '../as-failure.ts';
import type { Log } from '../log.ts';

/** How a peer is answered; one that asked for no answer gets none. */
export type Acknowledge = (answer: unknown) => void;

/** A message may have thousands of faults; its sender learns the first ones. */
const MOST_FAULTS = 20;

/** Body and acknowledgement of what a socket received: a peer may leave out either. */
export function messageOf(args: readonly unknown[]): { body: unknown; acknowledge: Acknowledge } {
  const last = args.at(-1);
  const [first] = args;
  return {
    body: typeof first === 'function' ? undefined : first,
    acknowledge: typeof last === 'function' ? (answer) => last(answer) : () => undefined,
  };
}

/**
 * Parses `body` with `schema` and answers with what `handle` gives, or with `{kind: 'error', error}`. Nothing a peer sends can throw out of here.
 */
export async function answerTo<S extends z.ZodType>(
  event: string,
  schema: S,
  handle: (body: z.output<S>) => unknown,
  body: unknown,
  acknowledge: Acknowledge,
  log: Log,
): Promise<void> {
  try {
    const parsed = schema.safeParse(body);
    if (parsed.success) {
      acknowledge(await handle(parsed.data));
      return;
    }
    const faults = faultsOf(parsed.error, body, event).slice(0, MOST_FAULTS);
    log.warn({ event, faults: faults.slice(0, 5) }, 'socket message fits no schema');
    acknowledge({ kind: 'error', ...wireError('bad-request', `${event} does not fit its schema`, faults) });
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code === 'internal') log.error({ err: error, event }, 'socket event failed');
    acknowledge({ kind: 'error', ...wireError(failure.code, failure.message, failure.faults) });
  }
}
