/** One screen, its server and its device, and for some a copy of the device: set up, driven through its days, and brought to rest. */
import type { Program } from '../../domain/plan/program.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { contentHash } from '../../domain/proof/segment.ts';
import { addDays, instantOfWallTime } from '../../domain/time/zone-time.ts';
import { type DeviceKey, loadDeviceKey } from '../../main/device-key.ts';
import { sha256, sha256Hex } from '../../main/sha256.ts';
import { createMemoryFiles } from '../main/support/memory-files.ts';
import { type Chance, chanceOf } from './chance.ts';
import { keyOf } from './disk-eye.ts';
import { type FaultEvent, faultPlan } from './fault-plan.ts';
import { type FaultRates, NONE } from './fault-rates.ts';
import type { Fault } from './findings.ts';
import { screenSetup } from './screen-program.ts';
import { createDevice, type DeviceSeams, type DeviceWorld, type SimulatedDevice } from './simulated-device.ts';
import { emptyNetworkCounts, type NetworkCounts } from './simulated-network.ts';
import { createSimulatedServer, type ServerSeams, type SimulatedServer } from './simulated-server.ts';
import { createSimulatedTakeovers } from './simulated-takeovers.ts';

/** What a run is made of. `isShort`: days of an hour or two. */
export type ScreenRun = {
  seed: number;
  screen: number;
  days: number;
  isShort: boolean;
  rates: FaultRates;
  seams: ServerSeams & DeviceSeams;
};

/** The world of one screen. */
export type SimulatedWorld = {
  program: Program;
  firstDate: string;
  key: DeviceKey;
  server: SimulatedServer;
  /** The device, and a copy of it once there is one. */
  devices: readonly SimulatedDevice[];
  /** Whether they ask the log for receipts. */
  asksLog: boolean;
  counts: NetworkCounts;
  /** When the device was copied, true time, or null. */
  copiedAtMs(): number | null;
  /** How often an old copy of the ledger was put back. */
  oldLedgers(): number;
  /** Drives everything to the end of the last day. */
  run(): Promise<void>;
  /** Nothing goes wrong any more: goes on until `isDone`, for at most `mostMs`; gives how long it took, or null. */
  rest(mostMs: number, isDone: () => boolean): Promise<number | null>;
};

/** Receipts make a month a third dearer: in runs of whole days one screen in this many gets them. */
const LOG_EACH = 6;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Sets up the world of a run. */
export async function createWorld(run: ScreenRun, fault: Fault): Promise<SimulatedWorld> {
  const { seed, screen: number, days, seams } = run;
  const chance = (purpose: string): Chance => chanceOf(seed, number, purpose);
  const { program, firstDate } = screenSetup(chance('program'), run.isShort);
  const { timeZone } = program;
  const screen = `screen-${number}`;
  // The last day of service may close past midnight; before the next one opens all of it is over.
  const startMs = instantOfWallTime(firstDate, '00:00', timeZone);
  const endMs = instantOfWallTime(addDays(firstDate, days), '04:30', timeZone);
  // A few screens get their program in the middle of the first day.
  const enrolledMs = startMs + (chance('enrolment').happens(0.15) ? chance('enrolled at').int(0, 20) * HOUR_MS : 0);
  const events = faultPlan(chance('faults'), run.rates, program, { fromMs: enrolledMs, toMs: endMs });
  const key = deviceKeyOf(seed, number);
  const takeovers = createSimulatedTakeovers();
  const counts = emptyNetworkCounts();
  const devices: SimulatedDevice[] = [];
  let copiedAtMs: number | null = null;
  let oldLedgers = 0;
  const asksLog = run.isShort || number % LOG_EACH === 0;
  let nowMs = enrolledMs;
  let rates = run.rates;

  const server = await createSimulatedServer({
    sender: { device: key.id, screen, publicKey: key.publicKey },
    program,
    clock: { nowMs: () => nowMs },
    chance: chance('server'),
    takeovers,
    isRestorable: run.rates.oldLedger > 0,
    logFails: () => rates.network.storeFails,
    signEveryMs: run.isShort ? 0 : 12 * HOUR_MS,
    seams,
    fault,
    onStored(isStored, { epoch, segment, hash, firstSeq, count }) {
      // Two devices of one key may have sealed different segments under one number.
      const sealedBy = devices.find(({ eye }) => eye.sealed.get(keyOf({ epoch, segment }))?.hash === hash);
      if (sealedBy) sealedBy.witness.storedIs(isStored, { epoch, firstSeq, count });
      else fault('I3', `segment ${epoch}/${segment} is stored and was never sealed`);
    },
  });
  const shared: DeviceWorld = {
    ...{ server, takeovers, key, screen, seams, fault, counts },
    active: { program, hash: sha256Hex(canonicalJson(program)), manifestHash: contentHash(program.manifest, sha256) },
    programSinceMs: enrolledMs > startMs ? enrolledMs : null,
    rates: () => rates,
    asksLog,
    // Where there are few players a server asks for segments sooner, and packs are filled within the run.
    sealAfterMs: run.isShort && chance('seal').happens(0.1) ? 100_000 : 600_000,
    keepMs: run.isShort ? chance('keep').int(4, 7) * DAY_MS : 10 * DAY_MS,
  };
  devices.push(createDevice(shared, { name: 'boot', startMs: enrolledMs, events, chance }));

  function copyDevice(from: SimulatedDevice): void {
    const ofCopy = (purpose: string): Chance => chance(`${purpose} of the copy`);
    // What happens once to the server is in the plan of the first device.
    const ownRates = { ...run.rates, oldLedger: 0, clones: 0 };
    const own = faultPlan(ofCopy('faults'), ownRates, program, { fromMs: nowMs, toMs: endMs });
    const pushes = events.filter(({ kind, atMs }) => atMs >= nowMs && kind.startsWith('takeover'));
    const all = [...own.filter(({ kind }) => !kind.startsWith('takeover')), ...pushes].sort((a, b) => a.atMs - b.atMs);
    devices.push(createDevice(shared, { name: 'copy', startMs: nowMs, events: all, chance: ofCopy, from }));
    copiedAtMs = nowMs;
  }

  /** What happens to the server, or to all. */
  async function happen(event: FaultEvent): Promise<void> {
    const [device] = devices;
    if (event.kind === 'server') server.endAt(event.point, event.offMs);
    else if (event.kind === 'takeover') takeovers.start(event.atMs, event.lengthMs);
    else if (event.kind === 'takeover-end') takeovers.end(event.atMs);
    else if (event.kind === 'clone' && device) copyDevice(device);
    else if (event.kind === 'old-ledger') {
      oldLedgers += 1;
      await server.putBack(event.ageMs, event.keepsHead);
    }
  }

  const earliest = (): SimulatedDevice | undefined =>
    devices.toSorted((a, b) => a.machine.nowMs() - b.machine.nowMs())[0];

  async function stepTo(untilMs: number): Promise<boolean> {
    const device = earliest();
    if (!device || device.machine.nowMs() >= untilMs) return false;
    nowMs = device.machine.nowMs();
    await device.player.step(untilMs);
    return true;
  }

  return {
    ...{ program, firstDate, key, server, devices, asksLog, counts },
    copiedAtMs: () => copiedAtMs,
    oldLedgers: () => oldLedgers,
    async run() {
      let next = 0;
      do {
        const dueMs = earliest()?.machine.nowMs() ?? endMs;
        for (let event = events[next]; event && event.atMs <= dueMs; event = events[next]) {
          next += 1;
          await happen(event);
        }
      } while (await stepTo(endMs));
    },
    async rest(mostMs, isDone) {
      rates = NONE;
      server.repair();
      for (const { player } of devices) player.rest();
      while (!isDone()) if (!(await stepTo(endMs + mostMs))) return null;
      return Math.max(...devices.map(({ machine }) => machine.nowMs())) - endMs;
    },
  };
}

/** A device key that is the same in every run of the seed. */
function deviceKeyOf(seed: number, screen: number): DeviceKey {
  const secret = sha256(`simulated device ${seed}/${screen}`);
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  const pem = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`;
  return loadDeviceKey(createMemoryFiles(new Map([['/key', Buffer.from(pem)]])), '/key');
}
