/** How the machine of this player is, looked at every ten seconds at most and told with every heartbeat. */
import type { Health } from '../protocol/player-link.ts';
import type { StageEvent } from '../protocol/stage.ts';
import type { Clock } from './disciplined-clock.ts';
import type { PowerState } from './display/display-power.ts';
import type { StagePort } from './stage-port.ts';

const SAMPLE_MS = 10_000;

/** What only the machine can tell; null where it does not. Each call looks anew and never rejects. */
export type MachineView = {
  temperatureC(): Promise<number | null>;
  diskFreeBytes(): Promise<number | null>;
  /** Of this process, bytes. */
  memoryBytes(): number;
};

/** The account of the machine's health. */
export type HealthAccount = {
  /** The last sample; null before the first. A sample older than ten seconds is made anew in the background. */
  now(): Health | null;
  /** Takes an event of the page: the frames it lost count. */
  heard(event: StageEvent): void;
};

/** What the account is made from. */
export type HealthDeps = {
  machine: MachineView;
  stage: Pick<StagePort, 'memoryBytes'>;
  clock: Clock;
  build: string;
  display: () => PowerState | null;
};

/** Starts the account with a first sample. */
export function createHealth({ machine, stage, clock, build, display }: HealthDeps): HealthAccount {
  let sample: Pick<Health, 'temperatureC' | 'diskFreeBytes' | 'memoryBytes'> | null = null;
  let sampledM = Number.NEGATIVE_INFINITY;
  let droppedFrames = 0;

  async function look(): Promise<void> {
    const [temperatureC, diskFreeBytes, shell] = await Promise.all([
      machine.temperatureC(),
      machine.diskFreeBytes(),
      stage.memoryBytes().catch(() => null),
    ]);
    sample = { temperatureC, diskFreeBytes, memoryBytes: Math.round(machine.memoryBytes() + (shell ?? 0)) };
  }

  function refresh(): void {
    if (clock.monoMs() - sampledM < SAMPLE_MS) return;
    sampledM = clock.monoMs();
    void look();
  }
  refresh();

  return {
    now() {
      refresh();
      if (!sample) return null;
      return {
        build,
        uptimeS: Math.floor(clock.monoMs() / 1000),
        ...sample,
        droppedFrames,
        lastSyncMs: clock.state().lastSyncMs,
        display: display(),
      };
    },
    heard(event) {
      if (event.type === 'finished') droppedFrames += event.dropped;
    },
  };
}
