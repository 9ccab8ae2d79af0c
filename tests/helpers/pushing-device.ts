/** A device bound to a screen of a test controller, which pushes segments of anybody's making. */
import type { Socket } from 'socket.io-client';
import type { Program } from '../../domain/plan/program.ts';
import {
  PLAYER_EVENTS,
  type SegmentAnswer,
  type SegmentPush,
  segmentAnswerSchema,
} from '../../protocol/player-link.ts';
import type { TestController } from './test-controller.ts';
import { connectDevice, type DeviceKey, newDeviceKey, prove } from './test-device.ts';

/** The device, with its connection. */
export type PushingDevice = {
  key: DeviceKey;
  socket: Socket;
  /** What it shows to fetch and to bring files. */
  fetchToken: string;
  /** The program of its screen as the server has it now. */
  program(): { hash: string; program: Program };
  push(segment: SegmentPush): Promise<SegmentAnswer>;
};

/** Binds a new device to `screenId` of `server`. */
export async function bindDevice(server: TestController, screenId = 'screen-1'): Promise<PushingDevice> {
  const { enrolment, planning } = server.controller.services;
  const key = newDeviceKey();
  const socket = await connectDevice(server.url);
  const answer = await prove(socket, key, enrolment.tokenFor(screenId));
  if (answer.kind !== 'welcome') throw new Error(`${screenId} is not welcome`);
  return {
    key,
    socket,
    fetchToken: answer.fetchToken,
    program() {
      const known = planning.programOf(screenId);
      if (!known) throw new Error(`${screenId} has no program`);
      return known;
    },
    push: async (segment) => segmentAnswerSchema.parse(await socket.emitWithAck(PLAYER_EVENTS.segment, segment)),
  };
}
