/** A server that is treated badly while a steady player goes on. */
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { wireErrorSchema } from '../../protocol/errors.ts';
import { openRaw, type RawSocket } from './raw-socket.ts';
import { type SteadyPlayer, startSteadyPlayer } from './steady-player.ts';
import { startTestController, type TestController } from './test-controller.ts';
import { connectDevice } from './test-device.ts';

/** What tests of one file share: one server, and the player that sends a segment after each of them. */
export type HostileRig = {
  server: TestController;
  good: SteadyPlayer;
  /** Opens a socket that goes with the test. */
  connect(): Promise<Socket>;
  /** Joins the players' namespace by hand. */
  join(): Promise<RawSocket>;
  /** Another screen with a player of its own, which goes with the test. */
  anotherPlayer(screen: string): Promise<SteadyPlayer>;
};

/** The rig, filled before the first test. */
export function hostileRig(): HostileRig {
  let sockets: Socket[] = [];
  const rig = {
    async connect() {
      const socket = await connectDevice(rig.server.url);
      sockets.push(socket);
      return socket;
    },
    async join() {
      const raw = await openRaw(rig.server.url);
      raw.text('40/player,');
      await raw.next((text) => text.startsWith('40/player,{'));
      return raw;
    },
    async anotherPlayer(screen: string) {
      const model = rig.server.catalogue.snapshot().screens.get('screen-1');
      if (!model) throw new Error('the small town has no screen');
      await rig.server.catalogue.apply([{ op: 'put', collection: 'screens', entity: { ...model, id: screen } }]);
      const player = await startSteadyPlayer(rig.server, screen);
      sockets.push(player.socket);
      return player;
    },
  } as HostileRig;

  beforeAll(async () => {
    // Whoever is cut off is cut off for what it did.
    rig.server = await startTestController({}, null, { proveWithinMs: 600_000 });
    rig.good = await startSteadyPlayer(rig.server);
  });
  afterEach(async () => {
    await rig.good.push();
    for (const socket of sockets) socket.disconnect();
    sockets = [];
    rig.server.clock.advance(10_000);
  });
  afterAll(async () => {
    rig.good.socket.disconnect();
    await rig.server.close();
  });
  return rig;
}

/** Resolves when a connection has been ended, by whomever. */
export const endOf = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.once('disconnect', resolve));

/** Code of an answer that is an error. */
export const codeOf = (answer: unknown): string => wireErrorSchema.parse(answer).error.code;
