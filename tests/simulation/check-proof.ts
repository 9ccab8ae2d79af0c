/** Once the faults have stopped: everything is in the log within bounded time, and the proof is what it has to be. */
import type { SegmentFile } from '../../main/journal/segment-files.ts';
import { recountScreenDays } from '../../server/stores/recount.ts';
import { checkEntries, checkForks, checkReceipts } from './check-log.ts';
import { type ClosedSegment, checkSegments } from './check-segments.ts';
import { countersOf } from './check-shown.ts';
import { deviceSegments } from './device-segments.ts';
import { keyOf, type SealedSegment } from './disk-eye.ts';
import { compareCounts } from './explain-plays.ts';
import type { Fault } from './findings.ts';
import { addTo, type Sums } from './ledger-sums.ts';
import type { SimulatedDevice } from './simulated-device.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/**
 * What was recorded is in the log this long after the faults have stopped: receipts are asked for once an hour, and a screen that opens meanwhile records once
 * more.
 */
const BOUND_MS = 3 * 3_600_000;
const MINUTE_MS = 60_000;
/** Signatures and receipts are looked at one by one where all are, else one in this many. */
const SAMPLE_EACH = 50;
/** To find a receipt anew costs the log as much as to give it. */
const RECEIPTS_EACH = 4;

/** Segments that a device has not sent yet; an open file whose segment is sealed is only left over. */
const waiting = ({ segments, eye }: SimulatedDevice): SegmentFile[] =>
  segments.list().filter((file) => file.state === 'sealed' || (file.state === 'open' && !eye.sealed.has(keyOf(file))));

/** Segments that the server has and of which there is no receipt, where the log is asked and may be signed. */
const unlogged = ({ eye }: SimulatedDevice, { server, asksLog }: SimulatedWorld): SealedSegment[] =>
  asksLog && server.log.current()
    ? [...eye.sealed.values()].filter(({ isPacked, isLogged }) => isPacked && !isLogged)
    : [];

/** What the server lacks and a device can still give: not what a disk damaged before the device had heard that it was stored. */
function recoverable({ server, devices }: SimulatedWorld): string[] {
  return server.missing().filter((hash) =>
    devices.some(({ eye, segments }) => {
      const known = [...eye.sealed.values()].find((segment) => segment.hash === hash);
      if (!known || known.isPacked) return known !== undefined;
      const files = segments.list().filter((file) => file.state !== 'open' && keyOf(file) === keyOf(known));
      return files.some((file) => {
        const { header, body, signature } = segments.readSegment(file) ?? {};
        return header === known.value.header && body === known.value.body && signature === known.value.signature;
      });
    }),
  );
}

/** Brings `world` to rest: everything that a device sealed and the server can take is stored, and has its receipt (I15). */
export async function checkRest(world: SimulatedWorld, sums: Sums, fault: Fault): Promise<void> {
  const { devices } = world;
  const isDone = (): boolean =>
    recoverable(world).length === 0 &&
    devices.every(
      (device) =>
        device.player.state().isOnline && waiting(device).length === 0 && unlogged(device, world).length === 0,
    );
  const tookMs = await world.rest(BOUND_MS, isDone);
  sums.loggedWithinMin = Math.ceil((tookMs ?? 0) / MINUTE_MS);
  if (tookMs !== null) return;
  const lacking = recoverable(world).length;
  if (lacking > 0) fault('I1', `${lacking} segments that an old copy lacks did not come again`);
  for (const device of devices) {
    if (!device.player.state().isOnline) fault('I15', 'a device did not come back');
    for (const file of waiting(device))
      fault('I12', `segment ${keyOf(file)} is ${file.state} on a device that has long been connected`);
    for (const segment of unlogged(device, world))
      fault('I15', `segment ${keyOf(segment)} is stored and has no receipt`);
  }
}

/** Looks at the whole proof; where it is not `isAudited`, at some signatures and receipts only. */
export async function checkProof(world: SimulatedWorld, isAudited: boolean, sums: Sums, fault: Fault): Promise<void> {
  const { server, devices, key, counts } = world;
  const eachNth = isAudited ? 1 : SAMPLE_EACH;
  const segments = devices.map((device) => deviceSegments(device.segments, device.eye).filter(isSealed));
  const stored = await checkSegments(server.ledger, segments, key.publicKey, eachNth, fault);
  addTo(sums.checked, 'segments', stored.size);
  addTo(sums.checked, 'log entries', await checkEntries(server, stored, fault));
  addTo(sums.checked, 'checkpoints', server.eye.roots.size);
  for (const { eye, witness } of devices) {
    addTo(sums.checked, 'receipts', await checkReceipts(server, eye, stored, eachNth * RECEIPTS_EACH, fault));
    addTo(sums.checked, 'packs', eye.packsGone());
    addTo(sums.checked, 'record lines', eye.lines());
    addTo(sums.checked, 'starts', witness.recoveredBoots());
  }
  await checkForks(server, segments.flat(), fault);
  const showings = devices.flatMap(({ witness }) => witness.showings);
  compareCounts(showings, await countersOf(world), fault);
  addTo(sums.checked, 'forgeries', counts.damaged + counts.forged);
  checkAnswers(world, fault);
  if (!isAudited) return;
  for (const difference of await recountScreenDays(server.ledger))
    fault('I10', `counters of ${difference.date} differ from a recount: ${JSON.stringify(difference)}`);
}

const isSealed = (segment: ReturnType<typeof deviceSegments>[number]): segment is ClosedSegment =>
  segment.state !== 'open';

/** Only what was damaged or forged is refused, and only a copy of a device makes forks; it also sends what follows its own. */
function checkAnswers({ server, devices, counts }: SimulatedWorld, fault: Fault): void {
  const refused = server.refused();
  const spoilt = counts.damaged + counts.forged + devices.reduce((sum, { player }) => sum + player.state().changed, 0);
  if (devices.length > 1) return;
  if (refused > spoilt) fault('I7', `${refused} segments quarantined, ${spoilt} were damaged or forged`);
  const { fork } = server.answers;
  if (fork > 0) fault('I6', `${fork} forks of a device of which there is no copy`);
}
