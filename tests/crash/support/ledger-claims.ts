/** What a server has claimed while its disk was traced, and what its stores are made of. */
import { join } from 'node:path';
import { z } from 'zod';
import { toBase64 } from '../../../domain/tlog/base64.ts';
import { parseVkey } from '../../../domain/tlog/signed-note.ts';
import { systemClock } from '../../../server/clock.ts';
import { silentLog } from '../../../server/log.ts';
import { sha256 } from '../../../server/sha256.ts';
import { createShotStore, type ShotStore } from '../../../server/shots/shot-store.ts';
import type { CatalogueStore } from '../../../server/stores/catalogue-store.ts';
import { openDataFolder } from '../../../server/stores/data-folder.ts';
import type { Ledger } from '../../../server/stores/ledger-store.ts';
import { openLowdbCatalogue } from '../../../server/stores/lowdb-catalogue.ts';
import { openSqliteLedger } from '../../../server/stores/sqlite-ledger.ts';
import { type LogService, openLogService } from '../../../server/tlog/log-service.ts';
import { openWitness, type WitnessServer } from '../../../server/witness/witness-server.ts';
import { type ChainEnd, chainStart, nextSegment as nextOf, PLAY, type Spec } from '../../helpers/chain-builder.ts';
import { chanceOf } from '../../simulation/chance.ts';

/** A segment acknowledged; a document, a unit, a picture kept; the keys of log and witness, a checkpoint that anybody could see, one that was cosigned. */
export const ledgerClaimSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stored'), hash: z.string() }),
  z.object({ kind: z.literal('document'), hash: z.string() }),
  z.object({ kind: z.literal('unit'), id: z.string() }),
  z.object({ kind: z.literal('picture'), sha: z.string() }),
  z.object({ kind: z.literal('keys'), vkeys: z.array(z.string()) }),
  z.object({ kind: z.literal('signed'), checkpoint: z.string() }),
  z.object({ kind: z.literal('cosigned'), checkpoint: z.string() }),
]);
/** One of them. */
export type LedgerClaim = z.infer<typeof ledgerClaimSchema>;

/** The stores of a server, all open; beside them a witness of its log, null where that is not signed. */
export type OpenStores = {
  catalogue: CatalogueStore;
  ledger: Ledger;
  shots: ShotStore;
  log: LogService;
  witness: WitnessServer | null;
  close(): Promise<void>;
};

/** Opens the stores of the server whose disk begins at `root`, as a start does, and the witness. */
export async function openStores(root: string): Promise<OpenStores> {
  const folder = await openDataFolder(join(root, 'state', 'xunbo'));
  const catalogue = await openLowdbCatalogue({ folder: folder.paths.folder, log: silentLog });
  const ledger = await openSqliteLedger({ file: folder.paths.ledger, log: silentLog });
  const log = await openLogService({
    store: ledger.log,
    keysFolder: folder.paths.keys,
    headFile: folder.paths.logHead,
    origin: null,
    cosigners: null,
    clock: systemClock,
    log: silentLog,
  });
  const key = parseVkey(log.current()?.keys()[0] ?? '', sha256);
  const inWitness = { folder: join(root, 'elsewhere', 'witness'), name: 'witness.example/1', clock: systemClock };
  const witness = key && (await openWitness({ ...inWitness, logs: [key] }));
  return {
    catalogue,
    ledger,
    shots: createShotStore(folder.paths.shots),
    log,
    witness,
    async close() {
      await witness?.close();
      await catalogue.close();
      await ledger.close();
      folder.close();
    },
  };
}

const MOST_PLAYS = 4;

/** The screen whose pictures are kept. */
export const SHOT_SCREEN = 'screen-a';

/** Asks the witness at `url` to cosign a checkpoint that begins with `old` entries. */
export async function askToCosign(
  url: string,
  old: number,
  proof: readonly Uint8Array[],
  checkpoint: string,
): Promise<{ status: number; body: string }> {
  const body = [`old ${old}`, ...proof.map(toBase64), '', checkpoint].join('\n');
  const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
  return { status: answer.status, body: await answer.text() };
}

/** The chains that are pushed. */
export const CHAINS: readonly ChainEnd[] = ['a', 'b', 'c'].map((name) => chainStart(name));

/** The segment behind `end`: of some plays, always the same ones. */
export function nextSegment(end: ChainEnd): ReturnType<typeof nextOf> {
  const chance = chanceOf(end.segment, 0, end.screen);
  const specs: Spec[] = Array.from({ length: chance.int(1, MOST_PLAYS) }, () =>
    chance.happens(0.8) ? PLAY : { kind: 'play', commitment: null },
  );
  return nextOf(end, specs);
}
