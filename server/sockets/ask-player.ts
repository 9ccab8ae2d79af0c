/** Asks the connected player of a screen for something and waits for its answer. */
import {
  PLAYER_EVENTS,
  type PlayerCommand,
  type PlayerCommandAnswer,
  playerCommandAnswerSchema,
} from '../../protocol/player-link.ts';
import { Failure } from '../failure.ts';
import type { ConnectedPlayer, PlayerRegistry } from './player-registry.ts';

/** A picture is taken, sent and stored within this time, or something is wrong. */
const ANSWER_WITHIN_MS = 15_000;

/** The player's answer. Fails with `player-offline` where none is connected, and `player-silent` where it does not answer in time. */
export async function askPlayer(
  players: Pick<PlayerRegistry, 'ofScreen'>,
  screenId: string,
  command: PlayerCommand,
  withinMs = ANSWER_WITHIN_MS,
): Promise<PlayerCommandAnswer> {
  const player = players.ofScreen(screenId);
  if (!player) throw new Failure('player-offline', `no player of screen ${screenId} is connected`);
  const answer = await answerOf(player.socket, command, withinMs);
  const parsed = playerCommandAnswerSchema.safeParse(answer);
  if (!parsed.success)
    throw new Failure('player-silent', `the player of screen ${screenId} gave no answer of the contract`);
  return parsed.data;
}

/** What the player says; null where it says nothing in time, or leaves. */
async function answerOf(socket: ConnectedPlayer['socket'], command: PlayerCommand, withinMs: number): Promise<unknown> {
  let leave = (): void => undefined;
  const left = new Promise<null>((resolve) => {
    leave = () => resolve(null);
  });
  socket.once('disconnect', leave);
  try {
    return await Promise.race([socket.timeout(withinMs).emitWithAck(PLAYER_EVENTS.command, command), left]);
  } catch {
    return null;
  } finally {
    socket.off('disconnect', leave);
  }
}
