/** The players connected now: by screen once enrolled, by device id while they show a pairing code. */
import type { Socket } from 'socket.io';

/** A connected, enrolled player. `lacking`: hashes of programs that it was asked to bring. */
export type ConnectedPlayer = {
  socket: Socket;
  deviceId: string;
  screenId: string;
  fetchToken: string;
  lacking: Set<string>;
};

/** What the registry offers. */
export type PlayerRegistry = {
  /** Enters an enrolled player; an older connection of the same screen is cut. */
  enter(player: ConnectedPlayer): void;
  /** Takes a socket out; gives the screen it stood for, if it was still the one that counts. */
  leave(socket: Socket): string | undefined;
  /** The player of a screen. */
  ofScreen(screenId: string): ConnectedPlayer | undefined;
  /** All enrolled players, in no order. */
  all(): Iterable<ConnectedPlayer>;
  /** Whether this bearer token belongs to a connected, enrolled player. */
  mayFetch(token: string): boolean;
  /** The connected, enrolled player of a bearer token. */
  holderOf(token: string): ConnectedPlayer | undefined;
  /** The socket waits for the code of its device to be entered. */
  wait(deviceId: string, socket: Socket): void;
  /** The socket that waits for the code of that device. */
  waiting(deviceId: string): Socket | undefined;
};

/** Makes an empty registry. */
export function createPlayerRegistry(): PlayerRegistry {
  const byScreen = new Map<string, ConnectedPlayer>();
  const bySocket = new Map<Socket, ConnectedPlayer>();
  const byToken = new Map<string, ConnectedPlayer>();
  const waiting = new Map<string, Socket>();
  const waitsFor = new Map<Socket, string>();

  function stopWaiting(socket: Socket): void {
    const deviceId = waitsFor.get(socket) ?? '';
    waitsFor.delete(socket);
    if (waiting.get(deviceId) === socket) waiting.delete(deviceId);
  }

  return {
    wait(deviceId, socket) {
      waiting.set(deviceId, socket);
      waitsFor.set(socket, deviceId);
    },
    waiting: (deviceId) => waiting.get(deviceId),
    enter(player) {
      const before = byScreen.get(player.screenId);
      byScreen.set(player.screenId, player);
      bySocket.set(player.socket, player);
      byToken.set(player.fetchToken, player);
      stopWaiting(player.socket);
      waiting.delete(player.deviceId);
      if (before && before.socket !== player.socket) before.socket.disconnect(true);
    },
    leave(socket) {
      stopWaiting(socket);
      const player = bySocket.get(socket);
      if (!player) return undefined;
      bySocket.delete(socket);
      byToken.delete(player.fetchToken);
      if (byScreen.get(player.screenId) !== player) return undefined;
      byScreen.delete(player.screenId);
      return player.screenId;
    },
    ofScreen: (screenId) => byScreen.get(screenId),
    all: () => byScreen.values(),
    mayFetch: (token) => byToken.has(token),
    holderOf: (token) => byToken.get(token),
  };
}
