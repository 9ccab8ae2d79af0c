/** Reads from each connection only as fast as its allowance has it: a flood waits in its own sender's socket, not in the server. */
import type { Socket as NetSocket } from 'node:net';
import { workClockMs } from '../clock.ts';
import { packetBytes } from './packet-bytes.ts';
import { createReadingAllowance, type ReadingRate } from './reading-allowance.ts';

/** The connection below a socket, as Engine.IO gives it. */
export type PacedConnection = {
  readonly request: { readonly socket: NetSocket };
  on(event: 'packet', listener: (packet: { data?: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
};

/** Of whoever has not proven whose it is: a greeting, a proof and questions for the time. */
const STRANGER: ReadingRate = { bytesPerS: 32 * 1024, burstBytes: 128 * 1024 };

/** Of a player: some two hundred segments a second, which is far more than it records. */
export const PLAYER_RATE: ReadingRate = { bytesPerS: 4 * 1024 * 1024, burstBytes: 8 * 1024 * 1024 };

/** A connection that was ended is gone after this time, whatever the other side does. */
const LEAVE_WITHIN_MS = 2000;

const changes = new WeakMap<object, (rate: ReadingRate) => void>();

/** Begins to pace a new connection, as a stranger's. */
export function paceReading(connection: PacedConnection): void {
  const { socket } = connection.request;
  const allowance = createReadingAllowance(STRANGER, workClockMs);
  let timer: NodeJS.Timeout | null = null;
  const goOn = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    socket.resume();
  };
  changes.set(connection, (rate) => {
    allowance.change(rate);
    if (timer) goOn();
  });
  connection.on('packet', ({ data }) => {
    const waitMs = allowance.spend(packetBytes(data));
    // What was read before the socket stopped is still heard, and counts.
    if (waitMs === 0) return;
    if (timer) clearTimeout(timer);
    socket.pause();
    timer = setTimeout(goOn, waitMs);
  });
  connection.on('close', () => {
    goOn();
    // Whoever does not take its leave keeps neither a file open nor the server from stopping.
    const leave = setTimeout(() => socket.destroy(), LEAVE_WITHIN_MS);
    leave.unref();
    socket.once('close', () => clearTimeout(leave));
  });
}

/** Another rate for a connection that is paced. */
export function changePace(connection: object, rate: ReadingRate): void {
  changes.get(connection)?.(rate);
}
