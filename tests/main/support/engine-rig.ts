/** An engine before a simulated stage, on a manual clock and a disk in memory. */
import { expect } from 'vitest';
import type { Program } from '../../../domain/plan/program.ts';
import type { PlayRecord, ProofRecord } from '../../../domain/proof/record.ts';
import { loadDeviceKey } from '../../../main/device-key.ts';
import { createDisciplinedClock, type DisciplinedClock } from '../../../main/disciplined-clock.ts';
import { createEngine } from '../../../main/engine/engine.ts';
import type { Engine } from '../../../main/engine/engine-port.ts';
import { createIncidents, type Incidents } from '../../../main/incidents.ts';
import { recordsSince } from '../../../main/journal/history.ts';
import { createJournal, type Journal } from '../../../main/journal/journal.ts';
import { createSegmentFiles } from '../../../main/journal/segment-files.ts';
import { createSimulatedStage, type SimulatedFault } from '../../../main/simulated-stage.ts';
import type { StagePort } from '../../../main/stage-port.ts';
import type { Status, Takeover } from '../../../protocol/player-link.ts';
import type { StageCommand, StageEvent } from '../../../protocol/stage.ts';
import { checkJournal } from './journal-check.ts';
import { createManualTime, type ManualTime } from './manual-time.ts';
import { createMemoryFiles, type MemoryFiles } from './memory-files.ts';
import { activate, sampleProgram } from './sample-program.ts';

export const JOURNAL_FOLDER = '/data/journal';
const key = loadDeviceKey(createMemoryFiles(), '/data/key');

export type EngineRig = {
  time: ManualTime;
  clock: DisciplinedClock;
  engine: Engine;
  journal: Journal;
  incidents: Incidents;
  files: MemoryFiles;
  commands: StageCommand[];
  restarts: string[];
  /** Media that are not in the cache. */
  missing: Set<string>;
  faults: {
    of: (command: Extract<StageCommand, { type: 'prepare' }>) => SimulatedFault | null;
    dropEvent: (event: StageEvent) => boolean;
    delayMs: (event: StageEvent) => number;
    /** What becomes of an event on its way. */
    alter: (event: StageEvent) => StageEvent;
  };
  /** What the player said of its shortfalls each time that changed. */
  told: NonNullable<Status['short']>[];
  /** What was said to stand over everything, each time that changed. */
  takeovers: (Takeover | null)[];
  records(): ProofRecord[];
  plays(): PlayRecord[];
  stage: ReturnType<typeof createSimulatedStage>;
};

export function createEngineRig(given: {
  startMs: number;
  files?: MemoryFiles;
  time?: ManualTime;
  boot?: string;
}): EngineRig {
  const time = given.time ?? createManualTime(given.startMs);
  const clock = createDisciplinedClock(time.raw);
  const files = given.files ?? createMemoryFiles();
  const commands: StageCommand[] = [];
  const restarts: string[] = [];
  const missing = new Set<string>();
  const faults: EngineRig['faults'] = {
    of: () => null,
    dropEvent: () => false,
    delayMs: () => 0,
    alter: (event) => event,
  };
  const stage = createSimulatedStage(time.timers, time.raw.monoMs, (command) => faults.of(command));
  const spied: StagePort = {
    ...stage,
    send: (command) => {
      commands.push(command);
      stage.send(command);
    },
    onEvent: (listener) =>
      stage.onEvent((sent) => {
        if (faults.dropEvent(sent)) return;
        const event = faults.alter(sent);
        const delayMs = faults.delayMs(event);
        if (delayMs > 0) time.timers.after(delayMs, () => listener(event));
        else listener(event);
      }),
    restart: (reason) => {
      restarts.push(reason);
      stage.restart(reason);
    },
  };
  const log = (): void => undefined;
  const incidents = createIncidents(log);
  const journal = createJournal(
    { files: createSegmentFiles(files, JOURNAL_FOLDER), key, clock, boot: given.boot ?? 'boot-1', build: 'test' },
    { screen: 'screen-1', program: null, manifest: null },
  );
  const told: EngineRig['told'] = [];
  const takeovers: EngineRig['takeovers'] = [];
  const engine: Engine = createEngine({
    clock,
    timers: time.timers,
    stage: spied,
    log,
    incidents,
    opened: () => ({ journal, screen: 'screen-1' }),
    isCached: (_active, item) => !missing.has(item),
    hangs: () => 0,
    onRecord: () => undefined,
    onRisk: () => told.push({ ...engine.status().short }),
    onTakeover: (standing) => takeovers.push(standing),
  });
  engine.restore(recordsSince(journal, '2026-01-01'));
  const records = (): ProofRecord[] => checkJournal(files, JOURNAL_FOLDER, key);
  return {
    time,
    clock,
    engine,
    journal,
    incidents,
    files,
    commands,
    restarts,
    missing,
    faults,
    told,
    takeovers,
    records,
    plays: () => records().flatMap((record) => (record.kind === 'play' ? [record] : [])),
    stage,
  };
}

/** Starts the engine and gives it `program`. */
export function startEngine(rig: EngineRig, program: Program = sampleProgram()): void {
  rig.engine.start();
  rig.engine.setProgram(activate(program));
}

/** Times of records never run backwards or over each other. */
export function expectOrdered(records: readonly ProofRecord[]): void {
  let last = 0;
  for (const record of records) {
    expect(record.m0).toBeGreaterThanOrEqual(record.kind === 'play' ? last : 0);
    expect(record.m1).toBeGreaterThanOrEqual(record.m0);
    last = Math.max(last, record.m1);
  }
}
