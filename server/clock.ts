/** The server's only reading of the real clock, timers and chance; everything else is given these. */
import { randomBytes, randomUUID } from 'node:crypto';

/** Wall clock in UTC milliseconds. */
export type Clock = { nowMs(): number };

/** The machine's own clock. */
export const systemClock: Clock = { nowMs: () => Date.now() };

/** Milliseconds of the machine's monotonic clock, for measuring work; never for what is planned or judged. */
export const workClockMs = (): number => performance.now();

/** A new random id, unguessable and unique. */
export const newId = (): string => randomUUID();

/** A new secret of 256 bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
