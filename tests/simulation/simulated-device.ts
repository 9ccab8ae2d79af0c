/** A device of a run: machine, disk, agent and way to the server, with the eyes that watch them. */

import type { DeviceKey } from '../../main/device-key.ts';
import type { ActiveProgram } from '../../main/engine/cue.ts';
import type { SegmentFiles } from '../../main/journal/segment-files.ts';
import type { Chance } from './chance.ts';
import { createFuse } from './crash-point.ts';
import { createDiskEye, type DiskEye } from './disk-eye.ts';
import type { FaultEvent } from './fault-plan.ts';
import type { FaultRates } from './fault-rates.ts';
import type { Fault } from './findings.ts';
import { createMachine, type Machine } from './machine.ts';
import { createPiecedSegments } from './pieced-segments.ts';
import type { SessionSeams } from './session.ts';
import { createSimulatedDisk, type SimulatedDisk } from './simulated-disk.ts';
import { createSimulatedNetwork, type NetworkCounts } from './simulated-network.ts';
import { createSimulatedPlayer, type SimulatedPlayer } from './simulated-player.ts';
import type { SimulatedServer } from './simulated-server.ts';
import type { SimulatedTakeovers } from './simulated-takeovers.ts';
import { createWitness, type Witness } from './witness.ts';

/** Where deliberate bugs can be put in on a device. */
export type DeviceSeams = SessionSeams & { disk?: (disk: SimulatedDisk) => SimulatedDisk };

/** A device. */
export type SimulatedDevice = {
  machine: Machine;
  disk: SimulatedDisk;
  segments: SegmentFiles;
  witness: Witness;
  eye: DiskEye;
  player: SimulatedPlayer;
  /** Crash points that ended its agent. */
  crashes: string[];
};

/** What the devices of a screen share. */
export type DeviceWorld = {
  server: SimulatedServer;
  takeovers: SimulatedTakeovers;
  key: DeviceKey;
  screen: string;
  active: ActiveProgram;
  programSinceMs: number | null;
  rates: () => FaultRates;
  counts: NetworkCounts;
  keepMs: number;
  sealAfterMs: number;
  /** Whether players ask the log for receipts. */
  asksLog: boolean;
  seams: DeviceSeams;
  fault: Fault;
};

/** Makes a device that is switched on at `startMs`; `from` is the one whose disk it is a copy of. */
export function createDevice(
  world: DeviceWorld,
  own: {
    name: string;
    startMs: number;
    events: readonly FaultEvent[];
    chance: (purpose: string) => Chance;
    from?: SimulatedDevice;
  },
): SimulatedDevice {
  const { name, startMs, events, chance, from } = own;
  const { rates, seams, fault } = world;
  const crashes: string[] = [];
  const machine = createMachine(startMs);
  const witness = createWitness(fault, from?.witness.memory());
  const eye = createDiskEye(witness, fault, from?.eye.sealed);
  const fuse = createFuse(({ op, how }) => crashes.push(`${op} ${how}`));
  const plain = createSimulatedDisk({
    ...{ fuse, chance: chance('disk'), onWrite: eye.onWrite },
    ...(from && { content: from.disk.content() }),
  });
  const disk = seams.disk ? seams.disk(plain) : plain;
  const segments = createPiecedSegments(disk);
  const network = createSimulatedNetwork({
    ...{ receiver: world.server, chance: chance('network'), rates: () => rates().network, fuse, counts: world.counts },
  });
  const player = createSimulatedPlayer({
    ...world,
    ...(from && { programSinceMs: null }),
    ...{ name, machine, disk, segments, fuse, witness, network, events },
    rates: rates().stage,
    chance: chance('stage'),
  });
  return { machine, disk, segments, witness, eye, player, crashes };
}
