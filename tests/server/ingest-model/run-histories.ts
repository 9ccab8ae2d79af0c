/** Runs the ingest protocol against a model of it: random histories of devices, operators and failing stores. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { wireError } from '../../../protocol/errors.ts';
import { createEnrolmentService } from '../../../server/enrolment/enrolment-service.ts';
import { createIngestService } from '../../../server/ingest/ingest-service.ts';
import { silentLog } from '../../../server/log.ts';
import type { Ledger } from '../../../server/stores/ledger-store.ts';
import { createMemoryCatalogue } from '../../../server/stores/memory-catalogue.ts';
import { createMemoryLedger } from '../../../server/stores/memory-ledger.ts';
import { recountScreenDays } from '../../../server/stores/recount.ts';
import { openSqliteLedger } from '../../../server/stores/sqlite-ledger.ts';
import { storedSegments } from '../../contracts/with-ledger.ts';
import { CHAIN_PROGRAM_HASH, CHAIN_START_MS, putChainProgram } from '../../helpers/chain-builder.ts';
import { faultyLedger } from '../../helpers/faulty-stores.ts';
import { SAMPLE } from '../../helpers/sample-entities.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { COMMANDS, type Model, type Real, SCREENS } from './ingest-commands.ts';
import { createIngestModel, entryName } from './ingest-model.ts';
import { DEVICES, deviceAt } from './scripted-segments.ts';

/** Of so many random histories half are longer than 50 commands. */
const COMMANDS_AT_MOST = 100;

/** Kinds of answers that many histories meet. */
export const ANSWERS = ['error', 'fork', 'need-program', 'quarantined', 'rewind', 'stored'];

/** A store that can be closed and opened again with what it holds; one in memory only loses what was made of it. */
export type Store = { open(): Promise<Ledger>; end(): Promise<void> };

/** One in memory. */
export async function memoryStore(): Promise<Store> {
  const ledger = createMemoryLedger();
  return { open: async () => ({ ...ledger, close: async () => undefined }), end: () => ledger.close() };
}

/** One on the disk. */
export async function embeddedStore(): Promise<Store> {
  const folder = join(await tempFolder(), `${Math.random()}`);
  await mkdir(folder);
  return {
    open: () => openSqliteLedger({ file: join(folder, 'ledger.sqlite'), log: silentLog }),
    end: () => rm(folder, { recursive: true, force: true }),
  };
}

async function serverOver(store: Store): Promise<Real & { close(): Promise<void> }> {
  const clock = { nowMs: () => CHAIN_START_MS };
  const catalogue = createMemoryCatalogue();
  await catalogue.apply(
    SCREENS.map((id) => ({ op: 'put', collection: 'screens', entity: { ...SAMPLE.screens, id, kind: 'player' } })),
  );
  const enrolment = createEnrolmentService({ catalogue, clock });
  let plain = await store.open();
  await putChainProgram(plain);
  let { ledger, failNext } = faultyLedger(plain);
  let ingest = createIngestService({ ledger, clock, log: silentLog });
  return {
    async push(device, segment, said) {
      const bound = enrolment.deviceOf(deviceAt(device).publicKey);
      // As a connection answers a player that is bound to no screen.
      if (!bound) return { kind: 'error', ...wireError('not-allowed', 'only an enrolled player may do this') };
      return ingest.push(segment, { device: bound.id, screen: bound.screenId, publicKey: bound.publicKey }, said);
    },
    async enrol(device, screen) {
      await enrolment.redeem(enrolment.tokenFor(screen), deviceAt(device).publicKey);
    },
    retire: enrolment.retire,
    failNext: (twin) => failNext(twin),
    async reopen() {
      await plain.close();
      plain = await store.open();
      ({ ledger, failNext } = faultyLedger(plain));
      ingest = createIngestService({ ledger, clock, log: silentLog });
    },
    ledger: () => plain,
    async close() {
      await plain.close();
      await store.end();
    },
  };
}

/** Two devices are bound at first, the third to no screen. */
function modelOf(met: Set<string>): Model {
  const screens = [SCREENS[0], SCREENS[1], null];
  return {
    ingest: createIngestModel(CHAIN_PROGRAM_HASH),
    devices: screens.map((screen, device) => ({
      screen,
      at: { device, screen: screen ?? SCREENS[0], epoch: 0, segment: 0 },
      screens: [],
    })),
    failing: null,
    met,
  };
}

/** After a history everything that is kept is what the model says. */
async function checkAll({ ingest }: Model, ledger: Ledger): Promise<void> {
  const stored = await storedSegments(ledger);
  const kept = (all: readonly { hash: string; body: string; signature: string }[]): string[] =>
    all.map(({ hash, body, signature }) => `${hash} ${signature} ${body}`).sort();
  expect(kept(stored)).toEqual(kept(ingest.stored()));
  const counters = await ledger.segments.counters({ from: '2026-01-01', to: '2026-12-31', screen: null });
  expect(counters).toEqual(ingest.counters());
  expect(await recountScreenDays(ledger)).toEqual([]);
  const entries = await ledger.log.entries(0, await ledger.log.size());
  expect(entries.map(entryName)).toEqual(ingest.entries);
  for (const { id } of DEVICES) expect(await ledger.segments.position(id)).toEqual(ingest.position(id));
}

/** Runs `runs` histories over stores of their own; fails with the commands of the shortest that goes another way than the model. Gives the kinds of answers met. */
export async function runHistories(open: () => Promise<Store>, runs: number, seed: number): Promise<string[]> {
  const met = new Set<string>();
  const history = fc.commands(COMMANDS, { maxCommands: COMMANDS_AT_MOST, size: 'max' });
  await fc.assert(
    fc.asyncProperty(history, async (commands) => {
      const real = await serverOver(await open());
      const model = modelOf(met);
      try {
        for (const [device, { screen }] of model.devices.entries()) if (screen) await real.enrol(device, screen);
        await fc.asyncModelRun(() => ({ model, real }), commands);
        await checkAll(model, real.ledger());
      } finally {
        await real.close();
      }
    }),
    { seed, numRuns: runs },
  );
  return [...met].sort();
}
