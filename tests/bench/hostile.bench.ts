/** How long a good player waits for its acknowledgements while others attack its server, and while ten thousand come back at once. */
import { setTimeout } from 'node:timers/promises';
import type { Screen } from '../../domain/catalogue/organisation.ts';
import { PLAYER_EVENTS, PLAYER_NAMESPACE, segmentAnswerSchema } from '../../protocol/player-link.ts';
import { bootRecord } from '../helpers/plays.ts';
import { connectDevice, emptyJournal, newDeviceKey, nextSegment, prove } from '../helpers/test-device.ts';
import { type BenchController, startBenchController } from './bench-controller.ts';
import { type BenchGroup, median } from './figure.ts';
import { startOrdered } from './ordered-process.ts';
import { startFleetClients } from './start-fleet-clients.ts';

const PLAYERS = 10_000;
const WARM_ROUNDS = 100;
const CALM_ROUNDS = 300;
/** Between two segments of the good player. */
const EACH_MS = 20;
const ATTACK_MS = 20_000;

/** Sends a segment and waits for its acknowledgement; gives the milliseconds that took. */
type Steady = () => Promise<number>;

/** Figures `ack-in-attack-ms`, `memory-in-attack-mib`, `reconnect-10k-s` and `ack-in-reconnect-ms`; of the waits the median and the 99th percentile. */
export const hostileGroup: BenchGroup = async (report) => {
  const bench = await startBenchController();
  const steady = await steadyPlayer(bench);
  const forRounds = (most: number) => (times: readonly number[]) => times.length < most;
  await timesWhile(steady, forRounds(WARM_ROUNDS));
  const calm = await timesWhile(steady, forRounds(CALM_ROUNDS));

  const before = memoryMib();
  const enemies = startOrdered('./hostile-clients.ts');
  await enemies.order({ do: 'attack', url: bench.url });
  const endMs = performance.now() + ATTACK_MS;
  const attacked = await timesWhile(steady, () => performance.now() < endMs);
  const value = memoryMib() - before;
  await enemies.end();
  reportWaits(report, 'ack-in-attack', attacked, calm);
  report({ name: 'memory-in-attack-mib', value, unit: 'MiB', reference: null, ratio: null });

  const fleet = startFleetClients();
  await fleet.order({ do: 'connect', url: bench.url, namespace: PLAYER_NAMESPACE, tokens: await tokensOf(bench) });
  let isBack = false;
  const startMs = performance.now();
  const back = fleet.order({ do: 'reconnect', url: bench.url, namespace: PLAYER_NAMESPACE }).then(() => {
    isBack = true;
    return (performance.now() - startMs) / 1000;
  });
  const meanwhile = await timesWhile(steady, () => !isBack);
  report({ name: 'reconnect-10k-s', value: await back, unit: 's', reference: null, ratio: null });
  reportWaits(report, 'ack-in-reconnect', meanwhile, calm);
  await fleet.end();
  await bench.close();
};

function reportWaits(
  report: Parameters<BenchGroup>[0],
  name: string,
  times: readonly number[],
  calm: readonly number[],
): void {
  const reference = 'the same player before';
  const [value, late] = [median(times), at(times, 0.99)];
  report({ name: `${name}-ms`, value, unit: 'ms', reference, ratio: value / median(calm) });
  report({ name: `${name}-p99-ms`, value: late, unit: 'ms', reference, ratio: late / at(calm, 0.99) });
}

const at = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;

async function steadyPlayer(bench: BenchController): Promise<Steady> {
  const key = newDeviceKey();
  const socket = await connectDevice(bench.url);
  const { id } = bench.screen;
  await prove(socket, key, bench.controller.services.enrolment.tokenFor(id));
  const journal = emptyJournal();
  return async () => {
    const segment = nextSegment(journal, key, id, null, [bootRecord(0)]);
    const startMs = performance.now();
    const answer = segmentAnswerSchema.parse(await socket.emitWithAck(PLAYER_EVENTS.segment, segment));
    if (answer.kind !== 'stored') throw new Error(`not stored: ${JSON.stringify(answer)}`);
    return performance.now() - startMs;
  };
}

/** Sends a segment now and then for as long as `goesOn`. */
async function timesWhile(steady: Steady, goesOn: (times: readonly number[]) => boolean): Promise<number[]> {
  const times: number[] = [];
  while (goesOn(times)) {
    times.push(await steady());
    await setTimeout(EACH_MS);
  }
  return times;
}

async function tokensOf({ catalogue, controller, screen }: BenchController): Promise<string[]> {
  const screens: Screen[] = Array.from({ length: PLAYERS }, (_, k) => ({ ...screen, id: `s${k}` }));
  await catalogue.apply(screens.map((entity) => ({ op: 'put', collection: 'screens', entity })));
  await controller.services.planning.settled();
  return screens.map(({ id }) => controller.services.enrolment.tokenFor(id));
}

/** What lives after a collection. */
function memoryMib(): number {
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}
