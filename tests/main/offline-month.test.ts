/** A player keeps every promise of thirty days without a server, and all of it goes up on return. */
import { expect, test } from 'vitest';
import { countsAsPlay, type DayCloseRecord, type ProofRecord } from '../../domain/proof/record.ts';
import { addDays, instantOfWallTime } from '../../domain/time/zone-time.ts';
import type { PlayerSocket } from '../../main/link/socket-port.ts';
import { PLAYER_EVENTS, type Welcome } from '../../protocol/player-link.ts';
import { createChainServer } from './support/chain-server.ts';
import { createManualTime, settle } from './support/manual-time.ts';
import { createMemoryFiles } from './support/memory-files.ts';
import { cardProgram, type OfflineRig, prepareData, startOffline } from './support/offline-player.ts';
import { ZONE } from './support/sample-program.ts';

const DAYS = 30;
const FIRST = '2026-07-01';
const MINIMUM = 40;
const MINUTE = 60_000;
const at = (date: string, time: string): number => instantOfWallTime(date, time, ZONE);

test('[L13] thirty days without a server: every day keeps its promise, and all of it goes up on return', async () => {
  const files = createMemoryFiles();
  const hash = prepareData(files, '/data', cardProgram(MINIMUM, '08:40'));
  const time = createManualTime(at(FIRST, '07:58'));
  /** Nobody answers, so that promises need to settle now and then only. */
  const wallTo = async (ms: number): Promise<void> => {
    while (time.raw.wallMs() < ms) {
      time.advance(Math.min(10 * MINUTE, ms - time.raw.wallMs()));
      await settle();
    }
  };
  const recorded: ProofRecord[] = [];
  let boots = 0;
  const start = (): OfflineRig => {
    boots += 1;
    return startOffline({ files, time, boot: `boot-${boots}` });
  };
  let rig = start();
  for (let day = 0; day < DAYS; day += 1) {
    const date = addDays(FIRST, day);
    await wallTo(at(date, '08:20'));
    if (day % 5 === 2) {
      // The power fails in the middle of a play and is back six minutes later.
      recorded.push(...rig.recorded);
      rig.cut();
      time.sleep(6 * MINUTE);
      rig = start();
    }
    await wallTo(at(date, '08:42'));
    expect(rig.player.status().tally.c1 ?? 0).toBeGreaterThanOrEqual(MINIMUM);
    // The mains of the shelter are off at night, but for one night.
    if (day !== 5) {
      recorded.push(...rig.recorded);
      rig.cut();
      time.sleep(at(addDays(date, 1), '07:58') - time.raw.wallMs());
      rig = start();
    }
  }
  await time.advanceAsync(MINUTE);

  const server = createChainServer(time);
  const socket = server.connect(50);
  const welcome: Welcome = {
    kind: 'welcome',
    screen: 'screen-1',
    screenName: '东站',
    program: hash,
    fetchToken: 'token',
    next: null,
    sealAfterMs: 10_000,
    shotEveryPlays: 0,
    takeover: null,
  };
  recorded.push(...rig.recorded);
  rig.cut();
  const last = startOffline({ files, time, boot: 'boot-last', connect: async () => answering(socket, welcome) });
  await time.advanceAsync(3 * MINUTE);
  expect(last.player.status().unsent).toBe(0);
  last.cut();
  recorded.push(...last.recorded);

  expect(server.odd).toEqual([]);
  const stored = server.records();
  const plays = stored.filter((record) => record.kind === 'play');
  for (const record of recorded.filter(({ kind }) => kind === 'play')) expect(plays).toContainEqual(record);
  expectKept(stored);
}, 600_000);

/** Every day by its records: enough plays of the promise that count, and an end of the day that says the same. */
function expectKept(stored: readonly ProofRecord[]): void {
  const counts = new Map<string, number>();
  for (const record of stored) {
    if (record.kind !== 'play' || record.commitment !== 'c1' || !countsAsPlay(record, 15_000)) continue;
    const date = record.slot.slice(0, 10);
    counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  const closes = new Map(
    stored
      .filter((record): record is DayCloseRecord => record.kind === 'dayclose')
      .map(({ evidence }) => [evidence.date, evidence]),
  );
  for (let day = 0; day < DAYS; day += 1) {
    const date = addDays(FIRST, day);
    expect({ date, count: counts.get(date) }).toEqual({ date, count: closes.get(date)?.plays.c1 });
    expect(counts.get(date)).toBeGreaterThanOrEqual(MINIMUM);
    expect(closes.get(date)?.short).toEqual({});
  }
}

/** The first words of a server, then the segments. */
function answering(socket: PlayerSocket, welcome: Welcome): PlayerSocket {
  const listeners: ((reason: string) => void)[] = [];
  return {
    ...socket,
    request(event, body, timeoutMs) {
      if (event === PLAYER_EVENTS.hello) return Promise.resolve({ nonce: Buffer.alloc(32).toString('base64') });
      if (event === PLAYER_EVENTS.prove) return Promise.resolve(welcome);
      if (event === PLAYER_EVENTS.segment) return socket.request(event, body, timeoutMs);
      return Promise.reject(new Error('not answered'));
    },
    onClose: (listener) => listeners.push(listener),
  };
}
