/** A process that pushes chains into a ledger and says what was acknowledged, until it is killed. Arguments: file, devices. */
import { writeSync } from 'node:fs';
import { openSqliteLedger } from '../../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../../server/stores/store-log.ts';
import { type ChainEnd, chainStart, nextSegment, PLAY, putChainProgram } from '../../helpers/chain-builder.ts';

const [file = '', devices = '1'] = process.argv.slice(2);
const ledger = await openSqliteLedger({ file, log: silentLog });
await putChainProgram(ledger);

/** Goes on where the ledger's answers say, as a player does after a reconnection. */
async function push(name: string): Promise<never> {
  let end: ChainEnd = chainStart(name);
  for (;;) {
    const { segment, end: next } = nextSegment(end, [PLAY, PLAY]);
    const [outcome] = await ledger.segments.ingest([segment]);
    if (outcome?.kind !== 'stored') throw new Error(`answered ${outcome?.kind}`);
    writeSync(1, `${segment.hash}\n`);
    end = next;
  }
}

await Promise.all(Array.from({ length: Number(devices) }, (_, i) => push(`k${i}`)));
