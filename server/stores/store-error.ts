/** How a store refuses or fails: one error type whose `kind` callers switch on. */
import type { Fault } from '../../protocol/errors.ts';

/**
 * Why a store refused or failed.
 * `disk-full`: nothing was written, the same call may succeed once there is room. `disk-failed`: the disk refused otherwise.
 * `newer-version`: the data was written by a newer version. `damaged`: unreadable bytes. `faulty`: readable but against the
 * schema, see `faults`. `conflict`: against what is stored. `in-use`: another process holds the folder. `closed`: called after close.
 */
export type StoreErrorKind =
  | 'disk-full'
  | 'disk-failed'
  | 'newer-version'
  | 'damaged'
  | 'faulty'
  | 'conflict'
  | 'in-use'
  | 'closed';

/** A refusal or failure of a store. `message` is English and names the file or folder. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;
  readonly faults: readonly Fault[];

  constructor(kind: StoreErrorKind, message: string, options: { cause?: unknown; faults?: readonly Fault[] } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.kind = kind;
    this.faults = options.faults ?? [];
  }
}

/** A call after close. */
export const closedError = (what: string): StoreError => new StoreError('closed', `${what} is closed`);

/** Faults as one error that lists the first ten of them. */
export function faultyError(where: string, faults: readonly Fault[]): StoreError {
  const listed = faults.slice(0, 10).map((f) => `${f.place}: found ${f.value}, allowed: ${f.allowed}`);
  const more = faults.length > listed.length ? [`and ${faults.length - listed.length} more`] : [];
  return new StoreError('faulty', `${where}: ${[...listed, ...more].join('; ')}`, { faults });
}

/** Data written by a newer version, which is left alone. */
export function newerVersionError(where: string, found: number, allowed: number): StoreError {
  return new StoreError(
    'newer-version',
    `${where} was written by a newer version of Xunbo: data version ${found} found, up to ${allowed} allowed. Start that version, or restore a backup made by this one.`,
  );
}

/** What a failed system call on `where` means to a caller; errors of another origin come back as they are. */
export function diskError(error: unknown, where: string): unknown {
  const code = errnoOf(error);
  if (code === null || error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StoreError('disk-full', `the disk that holds ${where} is full: ${message}`, { cause: error });
  }
  return new StoreError('disk-failed', `${where} cannot be read or written: ${message}`, { cause: error });
}

/** Code of a failed system call such as `ENOENT`, or null. */
export function errnoOf(error: unknown): string | null {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}
