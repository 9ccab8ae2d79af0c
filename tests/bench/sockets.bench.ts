/** Fan-out of a new program to ten thousand players, and the memory a connected player costs, against a bare Socket.IO server. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import type { Screen } from '../../domain/catalogue/organisation.ts';
import { PLAYER_EVENTS, PLAYER_NAMESPACE } from '../../protocol/player-link.ts';
import { startBenchController } from './bench-controller.ts';
import { type BenchGroup, median } from './figure.ts';
import { type FleetClients, startFleetClients } from './start-fleet-clients.ts';

const PLAYERS = 10_000;
const ROUNDS = 5;

/** Memory that lives, after a collection: pages that an earlier measurement left behind do not count. */
function memoryKb(): number {
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024;
}

/** Milliseconds from `send` until every client has received `event`, the median of some rounds. */
async function fanOut(
  clients: FleetClients,
  event: string,
  send: (round: number) => void | Promise<void>,
): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const done = await clients.armed({ do: 'wait-for', event, count: PLAYERS });
    const start = performance.now();
    await send(round);
    await done();
    times.push(performance.now() - start);
  }
  return median(times);
}

async function measureBare(): Promise<{ fanOutMs: number; kb: number }> {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], serveClient: false });
  const players = io.of(PLAYER_NAMESPACE);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const clients = startFleetClients();
  const before = memoryKb();
  const tokens = Array.from({ length: PLAYERS }, () => null);
  await clients.order({ do: 'connect', url: `http://127.0.0.1:${port}`, namespace: PLAYER_NAMESPACE, tokens });
  const kb = (memoryKb() - before) / PLAYERS;
  const fanOutMs = await fanOut(clients, PLAYER_EVENTS.program, (round) => {
    // One emit a socket, as the controller does: each player has a program of its own.
    for (const socket of players.sockets.values())
      socket.emit(PLAYER_EVENTS.program, { program: String(round).padStart(64, '0') });
  });
  await clients.end();
  await io.close();
  return { fanOutMs, kb };
}

async function measureOurs(): Promise<{ fanOutMs: number; kb: number }> {
  const bench = await startBenchController();
  const screens: Screen[] = Array.from({ length: PLAYERS }, (_, i) => ({ ...bench.screen, id: `s${i}` }));
  await bench.catalogue.apply(screens.map((entity) => ({ op: 'put', collection: 'screens', entity })));
  const { enrolment, planning } = bench.controller.services;
  await planning.settled();
  const tokens = screens.map((screen) => enrolment.tokenFor(screen.id));
  const clients = startFleetClients();
  const before = memoryKb();
  await clients.order({ do: 'connect', url: bench.url, namespace: PLAYER_NAMESPACE, tokens });
  const kb = (memoryKb() - before) / PLAYERS;
  const fanOutMs = await fanOut(clients, PLAYER_EVENTS.program, (round) => bench.changeSlogan(`第 ${round} 版`));
  await clients.end();
  await bench.close();
  return { fanOutMs, kb };
}

/** Figures `fanout-10k-ms` (from a change of the catalogue to the last of 10,000 players told) and `memory-per-player-kb`. */
export const socketsGroup: BenchGroup = async (report) => {
  const bare = await measureBare();
  const ours = await measureOurs();
  const reference = 'bare Socket.IO server with the same clients';
  report({ name: 'fanout-10k-ms', value: ours.fanOutMs, unit: 'ms', reference, ratio: ours.fanOutMs / bare.fanOutMs });
  report({ name: 'memory-per-player-kb', value: ours.kb, unit: 'KiB', reference, ratio: ours.kb / bare.kb });
};
