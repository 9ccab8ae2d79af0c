/** The outcome of an operation that can fail in an expected way. */

/** Either a value or an expected failure; a broken invariant throws instead. */
export type Result<Value, Failure> = { ok: true; value: Value } | { ok: false; error: Failure };

/** A success carrying `value`. */
export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value });

/** An expected failure carrying `error`. */
export const fail = <Failure>(error: Failure): { ok: false; error: Failure } => ({ ok: false, error });
