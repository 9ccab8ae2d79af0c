/** Any error as an expected failure of the one table of codes. */
import { Failure } from './failure.ts';
import { StoreError } from './stores/store-error.ts';

/** Any error as a failure of the table; what is not expected becomes `internal` without its text. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof StoreError) return ofStore(error);
  const status = statusOf(error);
  if (status === 413) return new Failure('too-large', 'the request body is too large');
  if (status === 429) return new Failure('too-many-requests', 'too many tries; wait a minute');
  if (status === 404) return new Failure('not-found', 'there is nothing here');
  if (status !== null && status >= 400 && status < 500) {
    return new Failure('bad-request', error instanceof Error ? error.message : 'the request cannot be read');
  }
  if (codeOf(error) === 'ENOSPC') return new Failure('disk-full', 'the disk of the server is full');
  return new Failure('internal', 'the server failed; its log says why');
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' ? error.statusCode : null;
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

function ofStore(error: StoreError): Failure {
  switch (error.kind) {
    case 'disk-full':
      return new Failure('disk-full', 'the disk of the server is full; nothing was changed');
    case 'conflict':
    case 'in-use':
      return new Failure('conflict', error.message, [...error.faults]);
    case 'faulty':
      return new Failure('bad-request', error.message, [...error.faults]);
    case 'disk-failed':
    case 'newer-version':
    case 'damaged':
    case 'closed':
      return new Failure('unavailable', 'the store of the server cannot be written now; its log says why');
  }
}
