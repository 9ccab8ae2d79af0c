/** Cuts off whoever does not read: what waits to be sent on one connection is bounded. */
import { packetBytes } from './packet-bytes.ts';

/** The connection below a socket, as Engine.IO tells of it: a packet was made, or all that waited was handed on. */
type Connection = {
  on(event: 'packetCreate', listener: (packet: { data?: unknown }) => void): unknown;
  on(event: 'drain', listener: () => void): unknown;
  close(discard?: boolean): unknown;
};

/** Closes `connection` and drops what waits for it once that is more than `mostBytes`. `onCut` is told once. */
export function boundBacklog(connection: Connection, mostBytes: number, onCut: () => void): void {
  let waiting = 0;
  let isCut = false;
  connection.on('packetCreate', ({ data }) => {
    waiting += packetBytes(data);
    if (waiting <= mostBytes || isCut) return;
    isCut = true;
    onCut();
    // Otherwise it would be kept until all was sent, which is never.
    connection.close(true);
  });
  connection.on('drain', () => {
    waiting = 0;
  });
}
