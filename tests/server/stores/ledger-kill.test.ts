/** A real process is killed in the middle of its pushes, again and again, over one ledger file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { recountScreenDays } from '../../../server/stores/recount.ts';
import { openSqliteLedger } from '../../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../../server/stores/store-log.ts';
import { storedSegments } from '../../contracts/with-ledger.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const PUSHER = fileURLToPath(new URL('./ingest-until-killed.ts', import.meta.url));
const ROUNDS = 5;

/** Lets a process push until it has acknowledged `count` segments in this round, kills it, and gives the hashes it had named. */
async function pushAndKill(file: string, count: number): Promise<string[]> {
  const child = spawn(process.execPath, [PUSHER, file, '4'], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  const hashes: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    // The last line may be cut in two by the kill.
    if (/^[0-9a-f]{64}$/.test(line)) hashes.push(line);
    if (hashes.length === count) child.kill('SIGKILL');
  }
  const [code, signal] = await exited;
  expect({ code, signal }, 'ended by the kill, not by itself').toEqual({ code: null, signal: 'SIGKILL' });
  return hashes;
}

test('[S27] [I1] [I2] [I10] killed mid-ingest five times: acknowledged is present, counted once, equal to a recount', async () => {
  const file = join(await tempFolder(), 'ledger.sqlite');
  const acknowledged = new Set<string>();
  for (let round = 1; round <= ROUNDS; round += 1) {
    // Each round begins with the whole history again, so it has to get past it before it writes anything new.
    for (const hash of await pushAndKill(file, acknowledged.size + 40 * round)) acknowledged.add(hash);
    const ledger = await openSqliteLedger({ file, log: silentLog });
    const stored = await storedSegments(ledger);
    const hashes = new Set(stored.map((s) => s.hash));
    expect([...acknowledged].filter((hash) => !hashes.has(hash))).toEqual([]);
    expect(hashes.size).toBe(stored.length);
    const counters = await ledger.segments.counters({ from: '2026-07-01', to: '2026-07-01', screen: null });
    const counted = counters.reduce((sum, day) => sum + (day.plays.c1 ?? 0), 0);
    expect(counted).toBe(stored.reduce((sum, s) => sum + s.count, 0));
    expect(await recountScreenDays(ledger)).toEqual([]);
    await ledger.close();
  }
});
