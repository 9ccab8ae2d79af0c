/** The live link: changes in batches, statuses laid over the list of screens. */
import { describe, expect, it } from 'vitest';
import type { ScreenView } from '../../../protocol/http/views.ts';
import { createChangeBatch } from '../../../renderer/console/live/change-batch.ts';
import { patchScreens } from '../../../renderer/console/live/patch-screens.ts';

function manualClock() {
  let nowMs = 0;
  let timers: { atMs: number; run: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    after: (delayMs: number, run: () => void) => void timers.push({ atMs: nowMs + delayMs, run }),
    advance(byMs: number) {
      nowMs += byMs;
      const due = timers.filter((timer) => timer.atMs <= nowMs);
      timers = timers.filter((timer) => timer.atMs > nowMs);
      for (const timer of due) timer.run();
    },
  };
}

describe('batches', () => {
  it('[C7] the first change goes out at once, later ones together and no sooner than allowed', () => {
    const clock = manualClock();
    const flushed: string[][] = [];
    const batch = createChangeBatch<string>(2000, (changes) => flushed.push(changes), clock);
    batch.add(['a']);
    clock.advance(0);
    batch.add(['b', 'c']);
    batch.add(['b']);
    clock.advance(1999);
    expect(flushed).toEqual([['a']]);
    clock.advance(1);
    expect(flushed).toEqual([['a'], ['b', 'c']]);
  });

  it('[C7] nothing is flushed where nothing changed', () => {
    const clock = manualClock();
    const flushed: string[][] = [];
    createChangeBatch<string>(2000, (changes) => flushed.push(changes), clock).add([]);
    clock.advance(5000);
    expect(flushed).toEqual([]);
  });
});

const screen = (id: string): ScreenView => ({
  id,
  name: id,
  nameEn: null,
  kind: 'player',
  unitId: 'u',
  siteId: 's',
  venue: 'town',
  tags: [],
  timeZone: 'Asia/Shanghai',
  openingHours: [],
  orientation: 'landscape',
  rotation: 0,
  sound: null,
  syncGroup: null,
  loopId: null,
  device: null,
  online: false,
  lastSeenMs: null,
  program: null,
  status: null,
  incidents: [],
});

describe('statuses', () => {
  it('[C8] only the screens that spoke become new; an unknown one is passed over', () => {
    const screens = [screen('a'), screen('b')];
    const patched = patchScreens(screens, [
      { screenId: 'b', online: true, lastSeenMs: 7, status: null },
      { screenId: 'gone', online: true, lastSeenMs: 7, status: null },
    ]);
    expect(patched[0]).toBe(screens[0]);
    expect(patched[1]).toMatchObject({ id: 'b', online: true, lastSeenMs: 7 });
    expect(patched).toHaveLength(2);
  });
});
