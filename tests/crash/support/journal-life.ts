/** The life of a journal on a recorded disk: records, seals, answers of a server, restarts and kills, with what was claimed of each. */
import { join } from 'node:path';
import { z } from 'zod';
import { headerHash, recordLine } from '../../../domain/proof/segment.ts';
import { loadDeviceKey } from '../../../main/device-key.ts';
import { createDisciplinedClock } from '../../../main/disciplined-clock.ts';
import { createDurableFiles, type DurableFiles } from '../../../main/durable-files.ts';
import type { JournalContext } from '../../../main/journal/journal.ts';
import { type OpenedJournal, openJournal } from '../../../main/journal/open-journal.ts';
import { createSegmentFiles, type SegmentFiles } from '../../../main/journal/segment-files.ts';
import { packOf } from '../../../main/journal/segment-packs.ts';
import { sha256 } from '../../../main/sha256.ts';
import { numberedPlay } from '../../main/support/journal-check.ts';
import { createManualTime, type ManualTime } from '../../main/support/manual-time.ts';
import type { Chance } from '../../simulation/chance.ts';
import { createRecordedDisk, Killed, type RecordedDisk } from './recorded-disk.ts';

/** What an agent has claimed: its key, a record of an epoch, a sealed segment (which may have been sent). */
export const journalClaimSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('key'), id: z.string() }),
  z.object({ kind: z.literal('record'), epoch: z.int(), seq: z.int(), line: z.string() }),
  z.object({ kind: z.literal('sealed'), hash: z.string() }),
]);
type JournalClaim = z.infer<typeof journalClaimSchema>;

/** Where a player's data lies below the root of the disk, made by the agent itself. */
export const dataFolder = (root: string): string => join(root, 'state', 'player');

const START_MS = Date.UTC(2026, 6, 1, 1);
const SINCE = '2026-06-30';
const CONTEXT: JournalContext = { screen: 'screen-1', program: 'b'.repeat(64), manifest: 'c'.repeat(64) };
/** An agent is killed within so many calls after its turn has come. */
const FUSE_CALLS = 30;

/** An agent's end of a journal. */
export type JournalAgent = { opened: OpenedJournal; segments: SegmentFiles; keyId: string };

/** Starts an agent on the folder, as a player does: its key, then its journal. */
export function startAgent(files: DurableFiles, root: string, time: ManualTime, boot: string): JournalAgent {
  const key = loadDeviceKey(files, join(dataFolder(root), 'device-key.pem'));
  const segments = createSegmentFiles(files, join(dataFolder(root), 'journal'));
  const clock = createDisciplinedClock(time.raw);
  const opened = openJournal({ files: segments, key, clock, boot, build: 'test' }, CONTEXT, SINCE, null);
  return { opened, segments, keyId: key.id };
}

/** The time of the journal's life, `hours` after its beginning. */
export const timeOfLife = (hours = 0): ManualTime => createManualTime(START_MS + hours * 3_600_000);

/** Lives through `steps` steps below `root`, an empty folder; gives the disk, whose marks are the claims. */
export function liveJournal(root: string, steps: number, chance: Chance): RecordedDisk {
  const disk = createRecordedDisk(root);
  const files = createDurableFiles(disk);
  const time = timeOfLife();
  const claim = (made: JournalClaim): void => disk.mark(JSON.stringify(made));
  let boots = 0;
  let plays = 0;
  let agent: JournalAgent | null = null;
  let lastSealed: string | null = null;

  function claimRecord(epoch: number, record: Parameters<typeof recordLine>[0]): void {
    claim({ kind: 'record', epoch, seq: record.seq, line: recordLine(record) });
  }

  function start(): JournalAgent {
    boots += 1;
    time.advance(2000);
    const started = startAgent(files, root, time, `boot-${boots}`);
    claim({ kind: 'key', id: started.keyId });
    const boot = started.opened.records.at(-1);
    if (!boot || !started.opened.written.ok) throw new Error('no boot record');
    claimRecord(started.opened.journal.position().epoch, boot);
    return started;
  }

  function claimSealed({ opened: { journal } }: JournalAgent): void {
    const [newest] = journal.shelf.newestFirst();
    const hash = newest ? headerHash(newest.header, sha256) : null;
    if (hash !== null && hash !== lastSealed) claim({ kind: 'sealed', hash });
    lastSealed = hash;
  }

  function play({ opened: { journal } }: JournalAgent): void {
    const { epoch } = journal.position();
    plays += 1;
    const written = journal.append(numberedPlay(plays));
    if (!written.ok) throw new Error(written.error.detail);
    claimRecord(epoch, written.value);
  }

  function step(at: JournalAgent): JournalAgent | null {
    const { journal } = at.opened;
    const drawn = chance.int(1, 100);
    if (drawn <= 70) play(at);
    else if (drawn <= 76) journal.seal();
    else if (drawn <= 88) answer(at, chance);
    else if (drawn <= 91) keepReceipts(at);
    else if (drawn <= 93) journal.setContext({ ...CONTEXT, program: chance.pick(['d', 'e'] as const).repeat(64) });
    else if (drawn <= 94) journal.shelf.rewind({ epoch: journal.position().epoch, segment: 0 });
    else if (drawn <= 97) return null;
    else armKill(disk, chance);
    return at;
  }

  for (let k = 0; k < steps; k += 1) {
    try {
      agent ??= start();
      agent = step(agent);
      if (agent) claimSealed(agent);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      disk.isKilled = () => false;
      agent = null;
    }
  }
  return disk;
}

function armKill(disk: RecordedDisk, chance: Chance): void {
  let left = chance.int(0, FUSE_CALLS);
  disk.isKilled = () => {
    left -= 1;
    return left < 0;
  };
}

/** The server answers the oldest segment that waits. */
function answer({ opened: { journal } }: JournalAgent, chance: Chance): void {
  const next = journal.shelf.nextUnsent();
  if (!next) return;
  const drawn = chance.int(1, 20);
  if (drawn === 1) {
    journal.shelf.settle(next.ref, 'forked');
    if (journal.position().epoch === next.ref.epoch) journal.startEpoch(0);
  } else journal.shelf.settle(next.ref, drawn === 2 ? 'quarantined' : 'stored');
}

/** Receipts of all that lies in the pack of the present epoch. */
function keepReceipts({ opened: { journal }, segments }: JournalAgent): void {
  const pack = packOf(journal.position());
  const receipts = segments.readPack(pack).map(({ segment }) => ({ segment, index: segment, proof: [] }));
  if (receipts.length > 0) segments.addLogged(pack, { checkpoint: 'test', receipts });
}
