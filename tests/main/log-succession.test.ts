/** A log is believed to follow another only where the old one signed it, and receipts are asked for anew. */
import { afterEach, describe, expect, test } from 'vitest';
import { parseCheckpoint } from '../../domain/tlog/checkpoint.ts';
import { pruneJournal } from '../../main/journal/prune-journal.ts';
import { PLAYER_EVENTS } from '../../protocol/player-link.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';
import type { ManualTime } from './support/manual-time.ts';
import type { MemoryFiles } from './support/memory-files.ts';
import { declareAnother, openTown, type ProofRig, proofPlayer, socketTo, type Town } from './support/proof-log-rig.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const player = (files?: MemoryFiles, time?: ManualTime): ProofRig => proofPlayer((end) => ends.push(end), files, time);
const kinds = (rig: ProofRig): string[] => rig.incidents.list().map(({ kind }) => kind);
const evidence = (rig: ProofRig): { why: string; keptCheckpoint: string }[] =>
  rig
    .names()
    .filter((name) => name.includes('evidence'))
    .map((name) => JSON.parse(Buffer.from(rig.files.content.get(name) ?? []).toString()));

/** Lets the player ask that server, until it has what it can get. */
async function visit(rig: ProofRig, there: Town, change?: Parameters<typeof socketTo>[1]): Promise<void> {
  await there.service.turn();
  rig.log.setSocket(socketTo(() => there, change));
  await rig.time.advanceAsync(MINUTE_MS);
  // What is read from the disk on the way takes more than turns of promises.
  await expect.poll(() => rig.time.advanceAsync(10).then(() => true)).toBe(true);
}

/** A player that has so many receipts of a server's log. */
async function logged(count = 5): Promise<{ there: Town; rig: ProofRig; checkpoint: string }> {
  const there = await openTown();
  const rig = player();
  await rig.store(there, count);
  await visit(rig, there);
  await expect.poll(() => rig.logged().length).toBe(count);
  return { there, rig, checkpoint: there.service.current()?.checkpoint() ?? '' };
}

describe('a log that is declared to follow the one believed', () => {
  test('[LG5] is believed from then on: kept as evidence, told once, and asked for new receipts of everything', async () => {
    const { there, rig, checkpoint } = await logged();
    const next = await declareAnother(there);
    await visit(rig, next);
    await expect.poll(() => kinds(rig)).toEqual(['log-replaced']);
    expect(evidence(rig)).toMatchObject([{ keptCheckpoint: checkpoint }]);
    expect(evidence(rig)[0]?.why).toBe(
      'town.example/log is followed by town.example/log/2: it was left at 0 entries, 5 were verified here',
    );
    expect([rig.logged(), rig.lacking()]).toEqual([[], 1]);
    await rig.bringAll(next);
    await next.service.turn();
    await rig.time.advanceAsync(HOUR_MS);
    await expect.poll(() => rig.logged()).toEqual([0, 1, 2, 3, 4]);
    await rig.time.advanceAsync(HOUR_MS);
    await expect.poll(() => kinds(rig)).toEqual([]);
    expect(evidence(rig)).toHaveLength(1);
    expect(rig.log.beacon()?.size).toBe(6);
  });

  test('[LG5] with what a backup brought back, only what that lacks is missing', async () => {
    const { there, rig } = await logged();
    const ledger = createMemoryLedger();
    const early: Town = { ...there, ledger };
    const chain = rig.segments.packs().flatMap((pack) => rig.segments.readPack(pack));
    expect(chain).toHaveLength(5);
    // The backup was made after three of the five.
    const other = player(rig.files, rig.time);
    const { readPack } = other.segments;
    other.segments.readPack = (pack) => readPack(pack).slice(0, 3);
    await other.bringAll(early);
    const next = await declareAnother(there, ledger);
    await visit(rig, next);
    await expect.poll(() => rig.logged()).toEqual([0, 1, 2]);
    expect(evidence(rig)[0]?.why).toContain('it was left at 3 entries, 5 were verified here');
    expect(rig.lacking()).toBe(1);
    await rig.time.advanceAsync(6 * MINUTE_MS);
    await expect.poll(() => rig.lacking()).toBe(2);
  });

  test('[LG5] also over several steps that the player has missed, and after restarts in between', async () => {
    const { there, rig } = await logged();
    const second = await declareAnother(there);
    await second.service.turn();
    const third = await declareAnother(second);
    const again = player(rig.files, rig.time);
    await visit(again, third);
    await expect.poll(() => kinds(again)).toEqual(['log-replaced']);
    expect(evidence(again)[0]?.why).toContain('is followed by town.example/log/3');
    const after = player(rig.files, rig.time);
    await after.bringAll(third);
    await visit(after, third);
    await expect.poll(() => after.logged()).toEqual([0, 1, 2, 3, 4]);
    expect(kinds(after)).toEqual([]);
    expect([after.log.isOwn('town.example/log'), after.log.isReplaced('town.example/log/2')]).toEqual([true, true]);
  });

  test('[LG5] a stop between the files of the change leaves either the old log or the new one', async () => {
    const { there, rig } = await logged();
    const next = await declareAnother(there);
    const before = new Map(rig.files.content);
    for (let writes = 0; writes < 5; writes += 1) {
      rig.files.content.clear();
      for (const [path, bytes] of before) rig.files.content.set(path, bytes);
      const first = player(rig.files, rig.time);
      let left = writes;
      rig.files.faultOf = ({ path }) => {
        if (!path.startsWith('/data/log')) return null;
        left -= 1;
        return left < 0 ? { how: 'not-applied', as: 'EIO' } : null;
      };
      await visit(first, next);
      first.log.stop();
      rig.files.faultOf = () => null;
      const second = player(rig.files, rig.time);
      await second.bringAll(next);
      await visit(second, next);
      await expect.poll(() => second.logged(), { message: `${writes} writes` }).toEqual([0, 1, 2, 3, 4]);
      expect(kinds(second).filter((kind) => kind === 'log-forked')).toEqual([]);
      second.log.stop();
    }
  });

  test('[J10] [LG5] nothing is removed on receipts of a log that is followed by another', async () => {
    const { there, rig } = await logged(300);
    const far = 4e12;
    const next = await declareAnother(there);
    await visit(rig, next);
    await expect.poll(() => kinds(rig)).toEqual(['log-replaced']);
    const counts = (origin: string): boolean => !rig.log.isReplaced(origin);
    const isKept = (): number => rig.segments.packs().length;
    expect([pruneJournal(rig.segments, far, counts), isKept()]).toEqual([0, 2]);
    await rig.bringAll(next);
    await next.service.turn();
    await rig.time.advanceAsync(HOUR_MS);
    await expect.poll(() => rig.logged().length).toBe(300);
  });
});

test('[LG4] [RF4] a player that was released knows of no succession any more, and what it delivered stays delivered', async () => {
  const { there, rig } = await logged();
  await visit(rig, await declareAnother(there));
  await expect.poll(() => rig.log.isReplaced('town.example/log')).toBe(true);
  rig.log.leave();
  for (const at of [rig, player(rig.files, rig.time)]) {
    expect([at.log.isReplaced('town.example/log'), at.log.isOwn('town.example/log')]).toEqual([false, false]);
    expect(at.logged()).toHaveLength(5);
  }
});

describe('another log that is not declared so', () => {
  test('[LG3] one without a succession, or whose succession is not shown, stays a fork', async () => {
    const { there, rig } = await logged();
    await visit(rig, await openTown());
    await expect.poll(() => kinds(rig)).toEqual(['log-forked']);
    const next = await declareAnother(there);
    const hidden = (event: string, answer: unknown): unknown =>
      event === PLAYER_EVENTS.successions ? { ...(answer as object), entries: [] } : answer;
    await visit(rig, next, hidden);
    expect(kinds(rig)).toEqual(['log-forked']);
    const silent = (event: string, answer: unknown): unknown => {
      if (event === PLAYER_EVENTS.successions) throw new Error('no such event');
      return answer;
    };
    await visit(rig, next, silent);
    expect(kinds(rig)).toEqual(['log-forked']);
    expect(rig.log.beacon()?.size).toBe(5);
    expect(rig.logged()).toHaveLength(5);
  });

  test('[LG5] a server that is gone before it has answered has not said that its log follows none', async () => {
    const { there, rig } = await logged();
    const next = await declareAnother(there);
    const leaving = (event: string, answer: unknown): unknown => {
      if (event !== PLAYER_EVENTS.successions) return answer;
      rig.log.setSocket(null);
      throw new Error('connection lost: transport close');
    };
    await visit(rig, next, leaving);
    expect(kinds(rig)).toEqual([]);
    expect(evidence(rig)).toEqual([]);
    await visit(rig, next);
    await expect.poll(() => kinds(rig)).toEqual(['log-replaced']);
  });

  test('[LG5] one that is signed by a stranger, is not in the log, or names another tree of that size, is a fork too', async () => {
    const { there, rig } = await logged();
    const stranger = await openTown();
    await stranger.service.turn();
    await visit(rig, await declareAnother(stranger));
    expect(kinds(rig)).toEqual(['log-forked']);
    const next = await declareAnother(there);
    type Shown = { checkpoint: string; entries: { entry: string; proof: string[] }[] };
    const changes: ((shown: Shown) => Shown)[] = [
      (shown) => ({ ...shown, checkpoint: shown.checkpoint.replace(/(— \S+ \S{40})\S{4}/, '$1AAAA') }),
      (shown) => ({
        ...shown,
        entries: shown.entries.map((one) => ({ ...one, proof: [...one.proof, 'A'.repeat(43).concat('=')] })),
      }),
      (shown) => ({
        ...shown,
        entries: shown.entries.map((one) => ({ ...one, entry: one.entry.replace('"size":0', '"size":9') })),
      }),
      (shown) => ({ ...shown, entries: shown.entries.map((one) => ({ ...one, entry: 'nonsense' })) }),
    ];
    for (const change of changes) {
      await visit(rig, next, (event, answer) =>
        event === PLAYER_EVENTS.successions ? change(answer as Shown) : answer,
      );
      expect(kinds(rig)).toEqual(['log-forked']);
    }
    expect(rig.log.beacon()?.size).toBe(5);
  });

  test('[LG5] an old log of the same size with another root is no old log of this player', async () => {
    const { there, rig } = await logged();
    const ledger = createMemoryLedger();
    await ledger.log.append(['a', 'b', 'c', 'd', 'e']);
    await visit(rig, await declareAnother(there, ledger));
    await expect.poll(() => kinds(rig)).toEqual(['log-forked']);
    expect(evidence(rig).map(({ why }) => why)).toContain(
      'town.example/log/2 follows another log of 5 entries than was verified',
    );
    expect(parseCheckpoint(evidence(rig)[0]?.keptCheckpoint ?? '')?.size).toBe(5);
    expect(rig.log.beacon()?.size).toBe(5);
  });
});
