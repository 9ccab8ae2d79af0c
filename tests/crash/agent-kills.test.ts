/** A whole player is killed again and again while it records, seals and uploads to a real server. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDurableFiles } from '../../main/durable-files.ts';
import { silentLog } from '../../server/log.ts';
import { dataPaths } from '../../server/stores/data-folder.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { eventually } from '../helpers/product.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { type Chance, chanceOf } from '../simulation/chance.ts';
import { createAgentEvidence } from './support/agent-evidence.ts';
import { readAgentProof } from './support/agent-proof.ts';
import { KILLS, seedOf } from './support/amounts.ts';
import { type Child, startChild } from './support/child.ts';
import { evidenceFaults } from './support/ledger-evidence.ts';

const scriptAt = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Two hours before midnight, which comes after six minutes of fast time. */
const FROM_MS = Date.parse('2026-07-01T14:00:00Z');
/** Of a life that is killed while it starts, the longest. */
const START_MS = 700;
/** A little longer than a showing takes. */
const SHOWING_MS = 170;
const MOST_SHOWINGS = 10;

/** Lets an agent live for a while: into its start, to the end of a showing, which is to be recorded then, or to any moment after one. */
async function live(agent: Child, chance: Chance): Promise<void> {
  const drawn = chance.next();
  if (drawn < 0.2) await pause(chance.int(0, START_MS));
  else await agent.until(chance.int(1, MOST_SHOWINGS));
  if (drawn > 0.6) await pause(chance.int(0, SHOWING_MS));
}

test(`[CR1] [I1] [I2] [I3] [I4] [I5] [I6] [I15] an agent killed ${KILLS} times loses no record, invents none, and all of it is logged in the end`, async () => {
  const chance = chanceOf(seedOf('kills of an agent'), 0, 'kills');
  const folder = await tempFolder();
  const [data, server, truth] = [join(folder, 'player'), join(folder, 'server'), join(folder, 'truth')];
  const time = [String(FROM_MS), String(Date.now())];
  const controller = startChild([scriptAt('./controller-until-killed.ts'), server, ...time]);
  const [url = '', token = ''] = ((await controller.line()) ?? '').split(' ');
  const start = (life: number): Child =>
    startChild([scriptAt('./agent-until-killed.ts'), url, data, truth, String(life), token, ...time]);
  const evidence = createAgentEvidence(data, truth);

  for (let life = 1; life <= KILLS; life += 1) {
    const agent = start(life);
    await live(agent, chance);
    expect(await agent.end('SIGKILL'), `life ${life}`).toEqual({ code: null, signal: 'SIGKILL' });
    expect(evidence.faults(), `after life ${life}`).toEqual([]);
  }
  const { plays, unrecorded } = evidence.counts();
  console.info(`${KILLS} kills of an agent: ${plays} records of plays, ${unrecorded} showings without one`);

  // Nobody kills any more: all that was claimed reaches the log.
  const before = readAgentProof(data);
  const isLogged = async (): Promise<true | undefined> => {
    const agent = start(KILLS + 1);
    await agent.until(MOST_SHOWINGS);
    expect(await agent.end('SIGTERM')).toEqual({ code: 0, signal: null });
    const { waiting, acknowledged, receipts, others } = readAgentProof(data);
    expect(others).toEqual([]);
    const logged = new Set(receipts.map(({ hash }) => hash));
    const isThere = [...before.acknowledged].every((hash) => acknowledged.has(hash) && logged.has(hash));
    return isThere && before.waiting.every((name) => !waiting.includes(name)) ? true : undefined;
  };
  await eventually('all is logged', isLogged);
  const after = readAgentProof(data);
  expect(await controller.end('SIGTERM')).toEqual({ code: 0, signal: null });
  const ledger = await openSqliteLedger({ file: dataPaths(server).ledger, log: silentLog });
  const { id, publicKey } = loadDeviceKey(createDurableFiles(), join(data, 'device-key.pem'));
  const seen = { acknowledged: after.acknowledged, receipts: after.receipts };
  const publicKeys = new Map([[id, publicKey]]);
  expect(await evidenceFaults(ledger, { ...seen, checkpoints: new Set(), publicKeys })).toEqual([]);
  await ledger.close();
});
