/** The players' side of the socket server: connections come and go, programs are pushed, enrolments take effect. */
import type { Server, Socket } from 'socket.io';
import { PLAYER_EVENTS, PLAYER_NAMESPACE } from '../../protocol/player-link.ts';
import type { TakeoverService } from '../takeover/takeover-service.ts';
import { createPlayerRegistry, type PlayerRegistry } from './player-registry.ts';
import { type PlayerSession, type PlayerSessionDeps, servePlayer } from './player-session.ts';
import { createTakeoverPush } from './takeover-push.ts';

/** Serves the players' namespace of `io`; the registry tells who is connected. */
export function servePlayers(
  io: Server,
  deps: Omit<PlayerSessionDeps, 'takeoverPush'> & { takeovers: TakeoverService },
): PlayerRegistry {
  const { planning, enrolment, log, takeovers } = deps;
  const registry = createPlayerRegistry();
  const takeoverPush = createTakeoverPush(registry, takeovers);
  const sessions = new WeakMap<Socket, PlayerSession>();

  io.of(PLAYER_NAMESPACE).on('connection', (socket) => {
    sessions.set(socket, servePlayer(socket, registry, { ...deps, takeoverPush }));
  });

  planning.onChanged((screenIds) => {
    for (const id of screenIds) {
      const body = { program: planning.programOf(id)?.hash ?? null };
      registry.ofScreen(id)?.socket.emit(PLAYER_EVENTS.program, body);
    }
  });

  enrolment.onChanged((device) => {
    if (device.retiredAtMs !== null) {
      const player = registry.ofScreen(device.screenId);
      if (player?.deviceId !== device.id) return;
      player.socket.emit(PLAYER_EVENTS.retired);
      player.socket.disconnect(true);
      return;
    }
    const socket = registry.waiting(device.id);
    const session = socket && sessions.get(socket);
    session?.enrolled(device).then(
      (welcome) => socket?.emit(PLAYER_EVENTS.enrolled, welcome),
      (error: unknown) => log.error({ err: error, device: device.id }, 'enrolled player not welcomed'),
    );
  });

  return registry;
}
