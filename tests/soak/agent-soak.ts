/** The agent through thousands of slots on a manual clock, with a real journal on a real disk: what its heap holds, early and late. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import { createDurableFiles } from '../../main/durable-files.ts';
import { createEngine } from '../../main/engine/engine.ts';
import { createIncidents } from '../../main/incidents.ts';
import { createJournal } from '../../main/journal/journal.ts';
import { createSegmentFiles } from '../../main/journal/segment-files.ts';
import { createSimulatedStage } from '../../main/simulated-stage.ts';
import { createManualTime } from '../main/support/manual-time.ts';
import { activate, sampleProgram } from '../main/support/sample-program.ts';
import { WARM_UP } from './page-soak.ts';

const STEP_MS = 10_000;

/** Bytes of the heap after a collection; the process must run with --expose-gc. */
function heapBytes(): number {
  if (!globalThis.gc) throw new Error('run with --expose-gc');
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Plays `changes` slots of films and cards, day after day; gives the heap after {@link WARM_UP} of them and at the end. */
export function soakAgent(changes: number): { early: number; late: number } {
  const folder = mkdtempSync(join(tmpdir(), 'xunbo-soak-'));
  try {
    const time = createManualTime(Date.parse('2026-07-01T00:00:00Z'));
    const clock = createDisciplinedClock(time.raw);
    const files = createDurableFiles();
    const key = loadDeviceKey(files, join(folder, 'device-key.pem'));
    const log = (): void => undefined;
    const journal = createJournal(
      { files: createSegmentFiles(files, join(folder, 'journal')), key, clock, boot: 'boot-1', build: 'soak' },
      { screen: 'screen-1', program: null, manifest: null },
    );
    let plays = 0;
    const engine = createEngine({
      clock,
      timers: time.timers,
      stage: createSimulatedStage(time.timers, time.raw.monoMs),
      log,
      incidents: createIncidents(log),
      opened: () => ({ journal, screen: 'screen-1' }),
      isCached: () => true,
      onRecord: (record) => {
        if (record.kind === 'play') plays += 1;
      },
      onRisk: () => undefined,
      hangs: () => 0,
      onTakeover: () => undefined,
    });
    engine.start();
    engine.setProgram(activate(sampleProgram()));
    const until = (count: number): number => {
      while (plays < count) time.advance(STEP_MS);
      return heapBytes();
    };
    const early = until(WARM_UP);
    const late = until(changes);
    engine.stop();
    return { early, late };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
