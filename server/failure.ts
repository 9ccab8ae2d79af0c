/** An expected failure on its way to a wire: a code of the one table, a message and the faults found. */
import type { ErrorCode, Fault } from '../protocol/errors.ts';

/** Thrown by services for expected failures; the edges turn it into the one wire shape. */
export class Failure extends Error {
  readonly code: ErrorCode;
  readonly faults: Fault[];

  constructor(code: ErrorCode, message: string, faults: Fault[] = []) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.faults = faults;
  }
}
