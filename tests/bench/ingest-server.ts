/** A process of its own that runs the controller over an embedded ledger, with the screens and devices that it is told of, as `xunbo serve` would on two processors. */
import { createInterface } from 'node:readline';
import { systemClock } from '../../server/clock.ts';
import { createController } from '../../server/create-server.ts';
import { createVerifierThreads } from '../../server/ingest/verifier-threads.ts';
import { silentLog } from '../../server/log.ts';
import { openDataFolder } from '../../server/stores/data-folder.ts';
import { createMemoryCatalogue } from '../../server/stores/memory-catalogue.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { plainParts } from '../helpers/plain-parts.ts';
import { fillCatalogue } from '../helpers/small-town.ts';
import { LOAD_PROGRAM_HASH, LOAD_PROGRAM_TEXT } from './proof-load.ts';

/** A player to be: its screen and its key. */
type Player = { screen: string; id: string; publicKey: string };

const [data = ''] = process.argv.slice(2);
const folder = await openDataFolder(data);
const catalogue = createMemoryCatalogue();
await fillCatalogue(catalogue);
const ledger = await openSqliteLedger({ file: folder.paths.ledger, log: silentLog });
await ledger.documents.put(LOAD_PROGRAM_HASH, 'program', LOAD_PROGRAM_TEXT);
const controller = await createController({
  ...plainParts(folder.paths),
  ...{ catalogue, ledger, clock: systemClock },
  verifier: createVerifierThreads(ledger.documents, 1),
});
const port = await controller.listen('127.0.0.1', 0);
process.stdout.write(`${JSON.stringify(`http://127.0.0.1:${port}`)}\n`);

async function enrol(players: readonly Player[]): Promise<unknown> {
  const model = catalogue.snapshot().screens.get('screen-1');
  if (!model) throw new Error('the small town has no screen');
  await catalogue.apply([
    ...players.map(({ screen }) => ({
      op: 'put' as const,
      collection: 'screens' as const,
      entity: { ...model, id: screen },
    })),
    ...players.map(({ screen, id, publicKey }) => ({
      op: 'put' as const,
      collection: 'devices' as const,
      entity: { id, publicKey, screenId: screen, assurance: 'C' as const, enrolledAtMs: 0, retiredAtMs: null },
    })),
  ]);
  await controller.services.planning.settled();
  return players.length;
}

for await (const line of createInterface({ input: process.stdin })) {
  const order: { do: 'enrol'; players: Player[] } | { do: 'close' } = JSON.parse(line);
  if (order.do === 'enrol') process.stdout.write(`${JSON.stringify(await enrol(order.players))}\n`);
  if (order.do === 'close') {
    await controller.close();
    folder.close();
    process.stdout.write('null\n');
    break;
  }
}
process.exit(0);
