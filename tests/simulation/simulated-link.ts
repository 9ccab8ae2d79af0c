/** What an agent does between slots besides showing: comes back to its server, seals, sends, asks for receipts, lets go of what is logged. */
import type { Chance } from './chance.ts';
import type { Machine } from './machine.ts';
import type { Session } from './session.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import type { SimulatedServer } from './simulated-server.ts';
import type { SimulatedTakeovers } from './simulated-takeovers.ts';

/** The link of a player, over all runs of its agent. */
export type SimulatedLink = {
  /** Does what is due. */
  upkeep(running: Session): Promise<void>;
  setUp(isUp: boolean): void;
  isConnected(): boolean;
  /** The agent that was connected is gone. */
  lost(): void;
};

/** What it works with. */
export type LinkDeps = {
  machine: Machine;
  server: SimulatedServer;
  takeovers: SimulatedTakeovers;
  network: SimulatedNetwork;
  key: { id: string };
  chance: Chance;
  keepMs: number;
  sealAfterMs: number;
};

const SYNC_EVERY_MS = 1_800_000;
const PRUNE_EVERY_MS = 24 * 3_600_000;

/** A link that is up and not connected yet. */
export function createSimulatedLink({
  machine,
  server,
  takeovers,
  network,
  key,
  chance,
  keepMs,
  sealAfterMs,
}: LinkDeps): SimulatedLink {
  let isUp = true;
  /** The run of the server that the agent is connected to. */
  let connectedTo: number | null = null;
  let nextSyncMs = 0;
  let nextPruneMs = 0;

  async function reach(running: Session): Promise<void> {
    if (connectedTo !== null && (!isUp || connectedTo !== server.run())) {
      connectedTo = null;
      running.disconnect();
    }
    if (connectedTo !== null || !isUp || !(await server.isUp())) return;
    connectedTo = server.run();
    nextSyncMs = 0;
    const position = await server.ledger.segments.position(key.id);
    const next = position && { epoch: position.epoch, segment: position.nextSegment };
    running.welcome(network.socket, { takeover: takeovers.standing(machine.nowMs()), next });
    await running.uploader.idle();
  }

  function sync({ clock }: Session): void {
    nextSyncMs = machine.nowMs() + SYNC_EVERY_MS;
    const errorMs = chance.int(1, 40);
    const serverMs = machine.nowMs() + chance.int(-errorMs, errorMs);
    clock.offer({ serverMs, monoMs: clock.monoMs(), errorMs });
  }

  async function send({ timers, clock, uploader }: Session, unsent: number): Promise<void> {
    const timerM = timers.nextM();
    if (timerM !== null && timerM <= clock.monoMs()) {
      timers.run();
      // What a timer has begun is carried through, over however many answers.
      do await turnOfEvents();
      while (network.isBusy());
    } else if (connectedTo !== null && unsent > 0) uploader.kick();
    else return;
    await uploader.idle();
  }

  return {
    async upkeep(running) {
      await reach(running);
      running.openJournal();
      const journal = running.journal();
      if (connectedTo !== null && machine.nowMs() >= nextSyncMs) sync(running);
      journal?.sealOlderThan(sealAfterMs);
      await send(running, journal?.shelf.unsentCount() ?? 0);
      if (machine.nowMs() < nextPruneMs) return;
      nextPruneMs = machine.nowMs() + PRUNE_EVERY_MS;
      running.prune(keepMs);
    },
    setUp: (next) => {
      isUp = next;
    },
    isConnected: () => connectedTo !== null && isUp,
    lost() {
      connectedTo = null;
    },
  };
}

const turnOfEvents = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
