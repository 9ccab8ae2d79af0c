/** A player fetches the release that it is offered, and changes over to it while the screen is dark, or after a day where it never is. */
import { expect, test } from 'vitest';
import { INSTALLED, type ReleaseState } from '../../../main/update/release-state.ts';
import { startSelfUpdate } from '../../../main/update/self-update.ts';
import type { Status } from '../../../protocol/player-link.ts';
import { createManualTime } from '../support/manual-time.ts';

const HOUR_MS = 3_600_000;

/** A player of 0.1.0 before a controller that offers `offered`, with a shelf in memory. */
function rig(offered: string | null, start: { state?: ReleaseState; screen?: Status['state']; version?: string } = {}) {
  const time = createManualTime(0);
  const seen = {
    offered,
    state: start.state ?? INSTALLED,
    screen: start.screen ?? ('closed' as Status['state']),
    asked: 0,
    unpacked: [] as string[],
    pruned: [] as string[][],
    incidents: [] as string[],
    restarts: 0,
    fetchFails: false,
    diskFails: false,
  };
  const updates = startSelfUpdate({
    version: start.version ?? '0.1.0',
    shelf: {
      state: () => seen.state,
      keep(state) {
        if (seen.diskFails) throw new Error('no space left');
        seen.state = state;
      },
      unpack: async (version, archive) => {
        seen.unpacked.push(`${version} ${archive}`);
      },
      prune: async (kept) => {
        seen.pruned.push([...kept]);
      },
    },
    fetcher: {
      offered: async () => {
        seen.asked += 1;
        return seen.offered;
      },
      fetch: async () => {
        if (seen.fetchFails) throw new Error('sha512 checksum mismatch');
        return { version: seen.offered ?? '', archive: 'archive' };
      },
    },
    status: () => ({ state: seen.screen }),
    incidents: { open: (kind, _, detail) => seen.incidents.push(`${kind}: ${detail}`), close: () => undefined },
    timers: time.timers,
    monoMs: time.raw.monoMs,
    random: () => 0.5,
    log: () => undefined,
    restart: () => {
      seen.restarts += 1;
    },
  });
  return { time, seen, updates };
}

test('[UP3] a release that is offered is fetched, unpacked, put on trial and started, soon after the start', async () => {
  const { time, seen } = rig('0.2.0');
  await time.advanceAsync(60_000);
  expect(seen.unpacked).toEqual(['0.2.0 archive']);
  expect(seen.state).toEqual({ current: '0.2.0', former: null, starts: 0, failed: [] });
  expect(seen.restarts).toBe(1);
});

test('[UP3] nothing is changed over while the screen shows, but for one that never closes, after a day', async () => {
  const { time, seen } = rig('0.2.0', { screen: 'showing' });
  await time.advanceAsync(23 * HOUR_MS);
  expect([seen.unpacked.length, seen.restarts, seen.state]).toEqual([1, 0, INSTALLED]);
  await time.advanceAsync(2 * HOUR_MS);
  expect(seen.restarts).toBe(1);
  const night = rig('0.2.0', { screen: 'showing' });
  await night.time.advanceAsync(HOUR_MS);
  night.seen.screen = 'closed';
  await night.time.advanceAsync(10_000);
  expect(night.seen.restarts).toBe(1);
});

test('[UP3] without an offer, or where fetching or the disk fails, everything stays and is tried again later', async () => {
  const none = rig(null);
  await none.time.advanceAsync(2 * HOUR_MS);
  expect([none.seen.asked, none.seen.unpacked]).toEqual([4, []]);
  const bad = rig('0.2.0');
  bad.seen.fetchFails = true;
  await bad.time.advanceAsync(HOUR_MS);
  expect([bad.seen.asked, bad.seen.unpacked, bad.seen.restarts, bad.seen.state]).toEqual([2, [], 0, INSTALLED]);
  bad.seen.fetchFails = false;
  await bad.time.advanceAsync(HOUR_MS);
  expect(bad.seen.restarts).toBe(1);
  const full = rig('0.2.0');
  full.seen.diskFails = true;
  await full.time.advanceAsync(HOUR_MS);
  expect([full.seen.restarts, full.seen.state]).toEqual([0, INSTALLED]);
});

test('[UP7] a release that was given up here is not fetched again, and the controller is told', async () => {
  const state = { ...INSTALLED, failed: ['0.2.0'] };
  const { time, seen } = rig('0.2.0', { state });
  await time.advanceAsync(2 * HOUR_MS);
  expect(seen.unpacked).toEqual([]);
  expect(seen.incidents).toEqual(['update-failed: 0.2.0 did not start well; 0.1.0 runs instead']);
  seen.offered = '0.2.1';
  await time.advanceAsync(HOUR_MS);
  expect(seen.state).toEqual({ current: '0.2.1', former: null, starts: 0, failed: ['0.2.0'] });
  expect(rig(null, { state: { ...state, current: '0.2.1' }, version: '0.2.1' }).seen.incidents).toEqual([]);
});

test('[UP4] a start that went well ends the trial and clears old releases away, but for the way back', async () => {
  const trial = { current: '0.2.0', former: '0.1.9', starts: 1, failed: [] };
  const { seen, updates } = rig(null, { state: trial, version: '0.2.0' });
  updates.proved();
  expect(seen.state).toEqual({ ...trial, starts: null });
  expect(seen.pruned).toEqual([['0.2.0', '0.1.9']]);
  const other = rig(null, { state: trial, version: '0.1.0' });
  other.updates.proved();
  expect([other.seen.state, other.seen.pruned]).toEqual([trial, []]);
});
