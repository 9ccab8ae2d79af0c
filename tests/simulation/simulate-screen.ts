/** One screen from its first day to its last: set up, played through, and held against the truth. */

import type { Program, ProgramCommitment } from '../../domain/plan/program.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { contentHash } from '../../domain/proof/segment.ts';
import type { Interval } from '../../domain/time/interval.ts';
import { openIntervals, withinDayParts } from '../../domain/time/opening-hours.ts';
import { addDays, instantOfWallTime, weekdayOf } from '../../domain/time/zone-time.ts';
import { type DeviceKey, loadDeviceKey } from '../../main/device-key.ts';
import { sha256, sha256Hex } from '../../main/sha256.ts';
import { recountScreenDays } from '../../server/stores/recount.ts';
import { createMemoryFiles } from '../main/support/memory-files.ts';
import { type Chance, chanceOf } from './chance.ts';
import { checkSegments } from './check-segments.ts';
import { createFuse } from './crash-point.ts';
import { type DeviceEnd, explainPlays, recordPlaces } from './explain-plays.ts';
import { type FaultRates, faultPlan } from './fault-plan.ts';
import { addTo, emptySums, type Sums } from './ledger-sums.ts';
import { createMachine } from './machine.ts';
import { screenSetup } from './screen-program.ts';
import { createSimulatedDisk, type SimulatedDisk } from './simulated-disk.ts';
import { createSimulatedNetwork, emptyNetworkCounts, type NetworkCounts } from './simulated-network.ts';
import { runPlayer } from './simulated-player.ts';
import { createSimulatedServer, type ServerSeams, type SimulatedServer } from './simulated-server.ts';
import { dueVerdict } from './verdict-oracle.ts';
import { createWitness, type Showing, type Witness } from './witness.ts';

/** What a run is made of. `isShort`: days of an hour or two. `disk`: a seam for deliberate bugs in the journal's files. */
export type ScreenRun = {
  seed: number;
  screen: number;
  days: number;
  isShort: boolean;
  rates: FaultRates;
  seams: ServerSeams & { disk?: (disk: SimulatedDisk) => SimulatedDisk };
};

/** One screen in this many has its counters recounted from the bodies and all its signatures verified a second time. */
const FULL_AUDIT_EACH = 10;
const SIGNATURE_EACH = 50;
const HOUR_MS = 3_600_000;

/** Runs one screen; gives its sums and everything that is wrong, one sentence each. */
export async function simulateScreen(run: ScreenRun): Promise<{ sums: Sums; faults: string[] }> {
  const { seed, screen: number, days, rates } = run;
  const chance = (purpose: string): Chance => chanceOf(seed, number, purpose);
  const { program, firstDate } = screenSetup(chance('program'), run.isShort);
  const { timeZone } = program;
  const id = `screen-${number}`;
  // The last day of service may close past midnight; before the next one opens all of it is over.
  const startMs = instantOfWallTime(firstDate, '00:00', timeZone);
  const endMs = instantOfWallTime(addDays(firstDate, days), '04:30', timeZone);
  // A few screens get their program in the middle of the first day.
  const enrolledMs = startMs + (chance('enrolment').happens(0.15) ? chance('enrolled at').int(0, 20) * HOUR_MS : 0);
  const machine = createMachine(enrolledMs);
  const key = keyOf(seed, number);
  const witness = createWitness();
  const fuse = createFuse();
  const plainDisk = createSimulatedDisk(fuse, witness.onLine);
  const disk = run.seams.disk ? run.seams.disk(plainDisk) : plainDisk;
  const sender = { device: key.id, screen: id, publicKey: key.publicKey };
  const server = await createSimulatedServer({
    sender,
    program,
    clock: machine,
    seams: run.seams,
    onStored: witness.onStored,
  });
  const counts = emptyNetworkCounts();
  const events = faultPlan(chance('faults'), rates, program, { fromMs: enrolledMs, toMs: endMs });
  const end = await runPlayer(
    {
      machine,
      disk,
      fuse,
      witness,
      events,
      socket: createSimulatedNetwork({
        receiver: server,
        chance: chance('network'),
        rates: rates.network,
        fuse,
        counts,
      }),
      rates: rates.stage,
      chance: chance('stage'),
      position: () => server.ledger.segments.position(key.id),
      key,
      screen: id,
      active: { program, hash: sha256Hex(canonicalJson(program)), manifestHash: contentHash(program.manifest, sha256) },
      programSinceMs: enrolledMs > startMs ? enrolledMs : null,
    },
    endMs,
  );
  const faults = [...witness.faults];
  const sums = emptySums();
  const fault = (text: string): void => {
    faults.push(text);
  };
  const isSettled = end.isOnline && end.isOn && endMs - end.onlineSinceMs > HOUR_MS;
  const device: DeviceEnd = { placeOf: recordPlaces(disk.segments()), isOnline: end.isOnline && end.isOn, isSettled };
  const counters = await server.ledger.segments.counters({ from: '0000-01-01', to: '9999-12-31', screen: id });
  explainPlays(witness.showings, counters, device, sums, fault);
  checkLosses(witness, sums, fault);
  if (server.answers.quarantined > counts.damaged) {
    fault(`I7: ${server.answers.quarantined} segments quarantined, ${counts.damaged} were damaged on the way`);
  }
  const isAudited = number % FULL_AUDIT_EACH === 0;
  await checkSegments(server.ledger, disk.segments(), key.publicKey, isAudited ? 1 : SIGNATURE_EACH, fault);
  if (isAudited) await recount(server, fault);
  const isLost = ({ record }: Showing): boolean =>
    ['damaged', 'held'].includes((record && device.placeOf(record.epoch, record.seq)?.state) ?? '');
  await judge({ run, program, firstDate, server, witness, isLost, sums, fault });
  countSegments(server, counts, disk, sums);
  countFaults(witness, end.ends, sums);
  return { sums, faults: faults.map((text) => `${id}: ${text}`) };
}

/** A device key that is the same in every run of the seed. */
function keyOf(seed: number, screen: number): DeviceKey {
  const secret = sha256(`simulated device ${seed}/${screen}`);
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  const pem = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`;
  return loadDeviceKey(createMemoryFiles(new Map([['/key', Buffer.from(pem)]])), '/key');
}

/** At most one play goes unrecorded each time an agent ends, and the next boot says that it ended so (I4). */
function checkLosses(witness: Witness, sums: Sums, fault: (text: string) => void): void {
  const unrecorded = sums.plays.played - sums.plays.recorded;
  if (unrecorded !== witness.losses()) {
    fault(`I4: ${unrecorded} plays have no record, ${witness.losses()} were lost when the agent ended`);
  }
  const toCome = witness.isDown() ? 1 : 0;
  if (witness.losses() > witness.recoveredBoots() + toCome) {
    fault(`I4: ${witness.losses()} plays were lost, and ${witness.recoveredBoots()} boot records tell of an end`);
  }
}

async function recount(server: SimulatedServer, fault: (text: string) => void): Promise<void> {
  for (const difference of await recountScreenDays(server.ledger)) {
    fault(`I10: counters of ${difference.date} differ from a recount: ${JSON.stringify(difference)}`);
  }
}

/** Every verdict is held against the one the truth deserves. */
async function judge(deps: {
  run: ScreenRun;
  program: Program;
  firstDate: string;
  server: SimulatedServer;
  witness: Witness;
  isLost: (showing: Showing) => boolean;
  sums: Sums;
  fault: (text: string) => void;
}): Promise<void> {
  const { run, program, firstDate, server, witness, isLost, sums, fault } = deps;
  const byDate = Map.groupBy(witness.showings, (showing) => showing.date);
  sums.screens = 1;
  for (let k = 0; k < run.days; k += 1) {
    const date = addDays(firstDate, k);
    sums.screenDays += 1;
    const promises = promisesOn(program, date);
    const rows = await server.verdicts(date);
    if (rows.length !== promises.length) fault(`${date}: ${rows.length} verdicts on ${promises.length} promises`);
    for (const promise of promises) {
      const row = rows.find((candidate) => candidate.commitment === promise.id);
      const windows = windowsOf(program, promise, date);
      const exactMs = promise.exactTimes.map((time) => instantOfWallTime(date, time, program.timeZone));
      const frame = { isClosed: witness.isClosed(date), windows, exactMs, isLost };
      const due = dueVerdict(promise, byDate.get(date) ?? [], frame);
      const said = row?.verdict ?? 'none';
      if (!due.allowed.includes(said)) {
        fault(`verdict: ${promise.id} on ${date} is ${said}, right is ${due.allowed.join(' or ')} (${due.why})`);
      }
      countVerdict(sums, said, row?.reasons[0]);
      const own = (byDate.get(date) ?? []).filter(
        (s) => s.commitment === promise.id && s.truth === 'full' && s.isStored,
      );
      const isMet = said === 'met' || said === 'met-by-make-good';
      // Told, not held against the product: it can only go by the time that the player believed.
      if (isMet && own.filter((showing) => !showing.isOtherDay).length < promise.minPlays) {
        addTo(sums.faults, 'promises kept by such plays alone');
      }
    }
  }
}

function promisesOn(program: Program, date: string): ProgramCommitment[] {
  const weekday = weekdayOf(date);
  return program.commitments.filter((c) => c.from <= date && date <= c.to && c.weekdays.includes(weekday));
}

function windowsOf(program: Program, promise: ProgramCommitment, date: string): Interval[] {
  const open = openIntervals(program.openingHours, date, program.timeZone);
  return withinDayParts(open, promise.dayParts, date, program.timeZone);
}

function countVerdict({ promises }: Sums, verdict: string, reason: string | undefined): void {
  promises.made += 1;
  if (verdict === 'met') promises.kept += 1;
  else if (verdict === 'met-by-make-good') promises.keptByMakeGood += 1;
  else if (verdict === 'short') addTo(promises.short, reason ?? 'share of plays');
  else promises.unknown += 1;
}

function countSegments(server: SimulatedServer, counts: NetworkCounts, disk: SimulatedDisk, sums: Sums): void {
  const sealed = disk.segments().filter(({ state }) => state !== null).length;
  addTo(sums.segments, 'sealed', sealed);
  for (const [what, count] of Object.entries({ ...counts, ...server.answers })) addTo(sums.segments, what, count);
}

function countFaults(witness: Witness, ends: number, sums: Sums): void {
  addTo(sums.faults, 'agent or power ended', ends);
  addTo(sums.faults, 'boots after such an end', witness.recoveredBoots());
  const counted = witness.showings.filter((showing) => showing.truth === 'full' && showing.isStored);
  addTo(sums.faults, 'plays counted on another day than the true one', counted.filter((s) => s.isOtherDay).length);
}
