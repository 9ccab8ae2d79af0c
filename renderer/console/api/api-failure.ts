/** The one kind of failure a call to the server can end with. */
import type { ErrorCode, Fault } from '../../../protocol/errors.ts';

/** `unreachable`: no answer came; `unintelligible`: an answer came that fits no schema of this console's version. */
export type FailureCode = ErrorCode | 'unreachable' | 'unintelligible';

/** A call that failed; `message` is English and for logs, interfaces word `code` and list `faults`. */
export class ApiFailure extends Error {
  readonly code: FailureCode;
  readonly faults: readonly Fault[];

  constructor(code: FailureCode, message: string, faults: readonly Fault[] = []) {
    super(message);
    this.name = 'ApiFailure';
    this.code = code;
    this.faults = faults;
  }
}

/** Whether `thrown` says that nobody is signed in any more. */
export const isSignedOut = (thrown: unknown): boolean =>
  thrown instanceof ApiFailure && thrown.code === 'not-signed-in';
