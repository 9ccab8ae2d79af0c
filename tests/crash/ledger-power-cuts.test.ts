/** Half of the power-cut states: of a server's stores and of a witness, rebuilt from a trace of their system calls. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { chanceOf } from '../simulation/chance.ts';
import { STATES, seedOf } from './support/amounts.ts';
import { cutTrace, type Trace } from './support/cut-traces.ts';
import { ledgerFaults } from './support/ledger-state.ts';
import { replayed } from './support/power-cuts.ts';
import { stateFolder } from './support/state-folder.ts';
import { traceLedger } from './support/trace-ledger.ts';

describe('power cuts of a server', () => {
  const seed = seedOf('power cuts of a server');
  let trace: Trace;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'xunbo-trace-'));
    trace = await traceLedger(folder);
    console.info(`traced: ${trace.events.length} events`);
    return () => rm(folder, { recursive: true, force: true });
  });

  test('[CR4] the whole trace replayed gives the folder as it is, byte for byte', () => {
    const { files } = replayed(trace.root, trace.events);
    const there = readdirSync(trace.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('-shm'))
      .map(({ parentPath, name }) => join(parentPath, name));
    expect([...files.keys()].sort()).toEqual(there.sort());
    for (const [path, bytes] of files) expect(Buffer.compare(bytes, readFileSync(path)), path).toBe(0);
  });

  test('[CR4] the trace has a write-ahead log that was moved into its file while the server ran', () => {
    const ledger = trace.events.flatMap((event) =>
      event.op === 'make-file' && event.path.endsWith('/ledger.sqlite') ? [event.file] : [],
    );
    const closed = trace.events.findIndex((event) => event.op === 'mark' && event.text.includes('unit-77'));
    const moved = trace.events.slice(0, closed).filter((event) => event.op === 'write' && ledger.includes(event.file));
    expect(moved.length).toBeGreaterThan(1000);
  });

  test(`[CR4] [I1] [I2] [I8] [I10] what was acknowledged and signed is there after ${STATES / 2} power cuts`, async () => {
    const folder = join(await stateFolder(), 'state');
    const cuts = chanceOf(seed, 0, 'cuts');
    expect(await cutTrace(trace, Math.ceil(STATES / 2), cuts, folder, ledgerFaults)).toEqual([]);
  });

  test('[CR4] a server that synced nothing would be found out', async () => {
    const folder = join(await stateFolder(), 'state');
    const told = await cutTrace(trace, 20, chanceOf(seed, 0, 'no sync'), folder, ledgerFaults, true);
    expect(told.length).toBeGreaterThan(0);
  });
});
