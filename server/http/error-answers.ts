/** Turns whatever a request runs into, into the one error shape. */
import type { FastifyInstance } from 'fastify';
import { ERROR_CODES, wireError } from '../../protocol/errors.ts';
import { asFailure } from '../as-failure.ts';
import type { Log } from '../log.ts';

/** Sets the error and not-found answers of `app`. */
export function setErrorAnswers(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: unknown, _request, reply) => {
    const failure = asFailure(error);
    if (failure.code === 'internal') log.error({ err: error }, 'request failed');
    return reply
      .status(ERROR_CODES[failure.code].status)
      .send(wireError(failure.code, failure.message, failure.faults));
  });
}
