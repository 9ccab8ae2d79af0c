/** Days and hours are those of the screen, whatever becomes of the zone of the machine. */
import { afterEach, expect, test } from 'vitest';
import type { ProofRecord } from '../../domain/proof/record.ts';
import { instantOfWallTime } from '../../domain/time/zone-time.ts';
import { createManualTime } from './support/manual-time.ts';
import { createMemoryFiles } from './support/memory-files.ts';
import { cardProgram, prepareData, startOffline } from './support/offline-player.ts';
import { ZONE } from './support/sample-program.ts';

const MINUTE = 60_000;
const zoneBefore = process.env.TZ;
afterEach(() => {
  if (zoneBefore === undefined) delete process.env.TZ;
  else process.env.TZ = zoneBefore;
});

/** Three hours around an opening and a closing, under system zones that follow each other. */
async function recordsUnder(zones: readonly string[]): Promise<ProofRecord[]> {
  const files = createMemoryFiles();
  prepareData(files, '/data', cardProgram(60));
  const time = createManualTime(instantOfWallTime('2026-07-01', '07:30', ZONE));
  const rig = startOffline({ files, time });
  for (const zone of zones) {
    process.env.TZ = zone;
    // Where this fails the runtime does not follow the zone, and the test shows nothing.
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
    await time.advanceAsync((180 / zones.length) * MINUTE);
  }
  rig.cut();
  return rig.recorded;
}

test('[D7] a system zone that changes under a running player changes nothing: days and hours are those of the screen', async () => {
  const steady = await recordsUnder(['Asia/Shanghai']);
  const changing = await recordsUnder(['America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/Berlin']);
  expect(steady.filter(({ kind }) => kind === 'play').length).toBeGreaterThan(60);
  expect(changing).toEqual(steady);
});
