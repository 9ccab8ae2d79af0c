/** When a window that waits beside the screen is brought onto it. */
import { expect, test } from 'vitest';
import { createFirstSight, type FirstSight } from '../../main/stage/first-sight.ts';
import type { StageCommand } from '../../protocol/stage.ts';
import { createManualTime } from './support/manual-time.ts';

function rig(isUndrawn = false): { sight: FirstSight; shown: () => number; advance: (ms: number) => void } {
  const time = createManualTime(0);
  let count = 0;
  const sight = createFirstSight(
    () => {
      count += 1;
    },
    time.timers,
    isUndrawn,
  );
  return { sight, shown: () => count, advance: time.advance };
}

test('[BD5] the stage is seen with its first slot, once', () => {
  const { sight, shown, advance } = rig();
  sight.answered({ type: 'ready' });
  sight.told({ type: 'idle', reason: 'loading' });
  sight.told({ type: 'idle', reason: 'nothing-due' });
  sight.told({ type: 'takeover', message: null });
  sight.told({ type: 'show', id: 'a', inMs: 0 });
  expect(shown()).toBe(0);
  sight.answered({ type: 'started', id: 'a' });
  sight.answered({ type: 'started', id: 'b' });
  advance(60_000);
  expect(shown()).toBe(1);
});

test('[BD5] it is seen at once where what it shows is no mere waiting, else after half a minute', () => {
  const atOnce: StageCommand[] = [
    { type: 'idle', reason: 'closed' },
    { type: 'idle', reason: 'no-program' },
    { type: 'pairing', code: '123', server: 's', device: 'd' },
    { type: 'takeover', message: { text: '请撤离', textEn: null, theme: 'red' } },
    { type: 'identify', name: '东站一号', id: 'screen-1', forMs: 5000 },
  ];
  for (const command of atOnce) {
    const { sight, shown } = rig();
    sight.told(command);
    expect([command.type, shown()]).toEqual([command.type, 1]);
  }
  const { shown, advance } = rig();
  advance(29_999);
  expect(shown()).toBe(0);
  advance(1);
  expect(shown()).toBe(1);
});

test('[BD8] a stage of which nothing is drawn before it is seen is seen when its first slot is to begin', () => {
  const { sight, shown } = rig(true);
  sight.told({ type: 'idle', reason: 'loading' });
  sight.answered({ type: 'prepared', id: 'a' });
  expect(shown()).toBe(0);
  sight.told({ type: 'show', id: 'a', inMs: 0 });
  sight.answered({ type: 'started', id: 'a' });
  expect(shown()).toBe(1);
});
