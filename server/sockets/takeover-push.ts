/** Tells players what stands over everything on their screens, as soon as that changes and only then. */
import type { Socket } from 'socket.io';
import { PLAYER_EVENTS, type Takeover } from '../../protocol/player-link.ts';
import type { TakeoverService } from '../takeover/takeover-service.ts';
import type { ConnectedPlayer, PlayerRegistry } from './player-registry.ts';

/** The pushes. */
export type TakeoverPush = {
  /** What the welcome of a player that has just been entered into the registry is to say. */
  welcome(player: ConnectedPlayer): Takeover | null;
};

/** Pushes to the players of `registry` whatever `takeovers` says of their screens. */
export function createTakeoverPush(registry: PlayerRegistry, takeovers: TakeoverService): TakeoverPush {
  const told = new WeakMap<Socket, string>();

  function tell(player: ConnectedPlayer, before: string): void {
    const takeover = takeovers.standing(player.screenId);
    const now = nameOf(takeover);
    if (now === before) return;
    told.set(player.socket, now);
    player.socket.emit(PLAYER_EVENTS.takeover, { takeover });
  }

  takeovers.onChanged(() => {
    for (const player of registry.all()) tell(player, told.get(player.socket) ?? '');
  });

  return {
    welcome(player) {
      const takeover = takeovers.standing(player.screenId);
      const name = nameOf(takeover);
      told.set(player.socket, name);
      // A change between the welcome's making and its sending would reach the player before it, and be undone by it.
      setImmediate(() => tell(player, name));
      return takeover;
    },
  };
}

const nameOf = (takeover: Takeover | null): string => (takeover ? `${takeover.id} ${takeover.endsAtMs}` : '');
