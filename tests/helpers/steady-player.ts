/** A player that goes on sending plays, whatever others do to its server. */
import type { Socket } from 'socket.io-client';
import { expect } from 'vitest';
import { PLAYER_EVENTS } from '../../protocol/player-link.ts';
import { bootRecord } from './plays.ts';
import { NOON_UTC_MS, type TestController } from './test-controller.ts';
import { connectDevice, type DeviceKey, emptyJournal, newDeviceKey, nextSegment, prove } from './test-device.ts';

/** The player. */
export type SteadyPlayer = {
  key: DeviceKey;
  socket: Socket;
  /** Sends its next segment, which has to be acknowledged as stored. */
  push(): Promise<void>;
};

/** Enrols a player of `screen`. */
export async function startSteadyPlayer(server: TestController, screen = 'screen-1'): Promise<SteadyPlayer> {
  const key = newDeviceKey();
  const socket = await connectDevice(server.url);
  const answer = await prove(socket, key, server.controller.services.enrolment.tokenFor(screen));
  expect(answer.kind).toBe('welcome');
  const journal = emptyJournal();
  return {
    key,
    socket,
    async push() {
      const segment = nextSegment(journal, key, screen, null, [bootRecord(NOON_UTC_MS)]);
      expect(await socket.emitWithAck(PLAYER_EVENTS.segment, segment)).toMatchObject({ kind: 'stored' });
    },
  };
}
