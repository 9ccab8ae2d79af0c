/** Proving to the server who this player is. */

import { wireErrorSchema } from '../../protocol/errors.ts';
import {
  CHALLENGE_CONTEXT,
  challengeSchema,
  type Hello,
  PLAYER_EVENTS,
  type ProveAnswer,
  proveAnswerSchema,
} from '../../protocol/player-link.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import type { DeviceKey } from '../device-key.ts';
import type { PlayerSocket } from './socket-port.ts';

const ANSWER_TIMEOUT_MS = 10_000;

/** Who the player says it is. */
export type Identity = { key: Pick<DeviceKey, 'id' | 'publicKey' | 'sign'>; build: string; enrolToken: string | null };

/** Says hello, answers the challenge, and gives the server's answer. Rejects where the server answers out of contract. */
export async function introduce(socket: PlayerSocket, { key, build, enrolToken }: Identity): Promise<ProveAnswer> {
  const hello: Hello = { protocol: PROTOCOL_VERSION, publicKey: key.publicKey, build, enrolToken };
  const challenge = await socket.request(PLAYER_EVENTS.hello, hello, ANSWER_TIMEOUT_MS);
  const refused = wireErrorSchema.safeParse(challenge);
  if (refused.success) return { kind: 'error', ...refused.data };
  const { nonce } = challengeSchema.parse(challenge);
  const signature = key.sign(CHALLENGE_CONTEXT + nonce);
  return proveAnswerSchema.parse(await socket.request(PLAYER_EVENTS.prove, { signature }, ANSWER_TIMEOUT_MS));
}
