/** A process of its own that holds players with segments signed beforehand, and sends them as fast as they are acknowledged, at most four of each under way. */
import { createInterface } from 'node:readline';
import type { Socket } from 'socket.io-client';
import type { Segment } from '../../domain/proof/segment.ts';
import { PLAYER_EVENTS, segmentAnswerSchema } from '../../protocol/player-link.ts';
import { connectDevice, newDeviceKey, prove } from '../helpers/test-device.ts';
import { screenSegments } from './proof-load.ts';

/** What it is told: make the segments of these screens, connect them, send everything. */
type Order =
  | { do: 'prepare'; screens: string[]; segmentsEach: number }
  | { do: 'connect'; url: string }
  | { do: 'send' };

/** Segments of one player under way at once, as the server allows. */
const IN_FLIGHT = 4;

type Player = { screen: string; key: ReturnType<typeof newDeviceKey>; segments: Segment[]; socket: Socket | null };

let players: Player[] = [];

function prepare(screens: readonly string[], segmentsEach: number): unknown {
  players = screens.map((screen) => {
    const key = newDeviceKey();
    return {
      screen,
      key,
      segments: [...screenSegments(screen, key, 1 + segmentsEach / 100).take(segmentsEach)],
      socket: null,
    };
  });
  return players.map(({ screen, key }) => ({ screen, id: key.id, publicKey: key.publicKey }));
}

async function connect(url: string): Promise<unknown> {
  for (const player of players) {
    player.socket = await connectDevice(url);
    const answer = await prove(player.socket, player.key);
    if (answer.kind !== 'welcome') throw new Error(`not welcomed: ${answer.kind}`);
  }
  return players.length;
}

/** Sends the segments of one player in order; the next goes as soon as one is acknowledged. */
async function sendAll({ socket, segments }: Player): Promise<void> {
  const rest = segments.values();
  const lane = async (): Promise<void> => {
    for (const segment of rest) {
      const answer = segmentAnswerSchema.parse(await socket?.emitWithAck(PLAYER_EVENTS.segment, segment));
      if (answer.kind !== 'stored') throw new Error(`not stored: ${JSON.stringify(answer)}`);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
}

async function send(): Promise<unknown> {
  await Promise.all(players.map(sendAll));
  const segments = players.flatMap((player) => player.segments);
  return { plays: segments.reduce((sum, { body }) => sum + body.split('"kind":"play"').length - 1, 0) };
}

for await (const line of createInterface({ input: process.stdin })) {
  const order: Order = JSON.parse(line);
  const answer =
    order.do === 'prepare'
      ? prepare(order.screens, order.segmentsEach)
      : order.do === 'connect'
        ? await connect(order.url)
        : await send();
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
