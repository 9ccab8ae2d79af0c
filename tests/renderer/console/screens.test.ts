/** Screens: state, pairing codes, opening hours as typed, rows of the timeline. */
import { describe, expect, it } from 'vitest';
import { screenSchema } from '../../../protocol/catalogue.ts';
import {
  brokenMarksPath,
  dayRows,
  markAt,
  marksByRow,
  marksPath,
} from '../../../renderer/console/pages/screens/day-rows.ts';
import {
  faultOf,
  faultOfAll,
  nextDayTime,
  toggledDay,
} from '../../../renderer/console/pages/screens/opening-hours-draft.ts';
import { codeFrom, grouped, isCode } from '../../../renderer/console/pages/screens/pairing-code.ts';
import { promiseHues } from '../../../renderer/console/pages/screens/promise-hues.ts';
import { newDraft, screenOf } from '../../../renderer/console/pages/screens/screen-draft.ts';
import { screenState } from '../../../renderer/console/pages/screens/screen-state.ts';
import { soundIn, soundMode } from '../../../renderer/console/pages/screens/sound-draft.ts';
import { wallTimeFrom } from '../../../renderer/console/widgets/wall-time.ts';

const HOUR = 3_600_000;

describe('state', () => {
  const device = { id: 'a'.repeat(64), enrolledAtMs: 0, assurance: 'C' as const };
  it('[C12] a screen without a player is unpaired, one not heard of is offline, whatever it said last', () => {
    expect(screenState({ kind: 'player', device: null, online: false, status: null })).toBe('unpaired');
    expect(screenState({ kind: 'player', device, online: false, status: null })).toBe('offline');
    expect(screenState({ kind: 'player', device, online: true, status: null })).toBe('online');
    expect(screenState({ kind: 'external', device: null, online: false, status: null })).toBe('external');
  });
});

describe('pairing code', () => {
  it('[C13] spaces, hyphens, small and full-width letters are forgiven', () => {
    expect(codeFrom(' abcd-2345 ')).toBe('ABCD2345');
    expect(codeFrom('ＡＢＣＤ　２３４５')).toBe('ABCD2345');
    expect(grouped('ABCD2345')).toBe('ABCD 2345');
  });

  it('[C13] characters that no code has are refused', () => {
    expect(isCode('ABCD2345')).toBe(true);
    for (const wrong of ['ABCD234', 'ABCD2340', 'ABCDI234', 'OBCD2345']) expect(isCode(wrong), wrong).toBe(false);
  });
});

describe('how a screen hangs and sounds', () => {
  const dayParts = [{ from: '8', to: '20:5' }];
  const draft = { ...newDraft([], 'unit-1'), name: '一号屏', unitId: 'unit-1', siteId: 'site-1' };

  it('[C22] sound is off, on, or on in parts of the day; the volume is kept from one to the other', () => {
    const quiet = soundIn('always', null);
    expect(quiet).toEqual({ volume: 50, dayParts: [] });
    const loud = quiet && soundIn('parts', { ...quiet, volume: 80 });
    expect(loud).toMatchObject({ volume: 80 });
    expect([null, quiet, loud].map(soundMode)).toEqual(['off', 'always', 'parts']);
    expect(soundIn('always', loud)).toEqual({ volume: 80, dayParts: [] });
    expect(soundIn('parts', { volume: 5, dayParts })).toEqual({ volume: 5, dayParts });
    expect(soundIn('off', loud)).toBeNull();
  });

  it('[C22] the form makes a screen the server takes; a channel has no display', () => {
    const typed = { ...draft, rotation: 90 as const, sound: { volume: 30, dayParts }, syncGroup: ' 大厅 ' };
    const made = screenSchema.parse(screenOf('screen-1', typed));
    expect(made).toMatchObject({
      rotation: 90,
      sound: { volume: 30, dayParts: [{ from: '08:00', to: '20:05' }] },
      syncGroup: '大厅',
    });
    expect(screenOf('screen-1', { ...typed, syncGroup: ' ' })).toMatchObject({ syncGroup: null });
    const channel = screenOf('screen-1', { ...typed, kind: 'external' });
    expect(channel).toMatchObject({ rotation: 0, sound: null, syncGroup: null });
  });
});

describe('opening hours', () => {
  it('[C14] times are read as people type them', () => {
    for (const [typed, time] of [
      ['8', '08:00'],
      ['0830', '08:30'],
      ['8:5', '08:05'],
      ['８：３０', '08:30'],
      ['25.30', '25:30'],
      ['8点', '08:00'],
    ] as const) {
      expect(wallTimeFrom(typed), typed).toBe(time);
    }
    for (const wrong of ['', 'noon', '48:00', '8:60']) expect(wallTimeFrom(wrong), wrong).toBeNull();
  });

  it('[C14] past midnight is said as the time of the next day', () => {
    expect(nextDayTime('25:30')).toBe('01:30');
    expect(nextDayTime('24:00')).toBe('00:00');
    expect(nextDayTime('23:59')).toBeNull();
  });

  it('[C14] every fault is named', () => {
    expect(faultOfAll([])).toBe('none');
    expect(faultOf({ days: [], from: '08:00', to: '20:00' })).toBe('days');
    expect(faultOf({ days: ['mon'], from: 'x', to: '20:00' })).toBe('time');
    expect(faultOf({ days: ['mon'], from: '20:00', to: '08:00' })).toBe('order');
    expect(faultOf({ days: ['mon'], from: '24:00', to: '25:00' })).toBe('start');
    expect(faultOf({ days: ['mon'], from: '01:00', to: '26:00' })).toBe('long');
    expect(faultOf({ days: ['mon'], from: '8', to: '25:30' })).toBeNull();
  });

  it('[C14] days stay in the order of the week', () => {
    expect(toggledDay(['sun'], 'mon')).toEqual(['mon', 'sun']);
    expect(toggledDay(['mon', 'sun'], 'mon')).toEqual(['sun']);
  });
});

describe('timeline', () => {
  const zone = 'Asia/Shanghai';
  const start = Date.UTC(2026, 6, 1, -2, 30); // 06:30 there

  it('[C15] rows begin on the hour of the screen and cover its open time only', () => {
    const open = [
      { startMs: start, endMs: start + 1.5 * HOUR },
      { startMs: start + 5.5 * HOUR, endMs: start + 6 * HOUR },
    ];
    const rows = dayRows(open, zone, HOUR);
    expect(rows.map((r) => (r.startMs - start) / HOUR)).toEqual([-0.5, 0.5, 5.5]);
    expect(rows[0]?.open).toEqual([{ startMs: start, endMs: start + 0.5 * HOUR }]);
  });

  it('[C15] rows of a zone whose offset is no whole hour begin on its own hour', () => {
    const open = [{ startMs: Date.UTC(2026, 6, 1, 2, 15), endMs: Date.UTC(2026, 6, 1, 4, 15) }]; // 08:00 to 10:00 in Nepal
    expect(dayRows(open, 'Asia/Kathmandu', HOUR).map((r) => r.startMs)).toEqual([
      open[0]?.startMs,
      Date.UTC(2026, 6, 1, 3, 15),
    ]);
  });

  it('[C15] a closed day has no rows', () => {
    expect(dayRows([], zone, HOUR)).toEqual([]);
  });

  it('[C15] every slot is drawn; one over the hour is drawn in both rows', () => {
    const open = [{ startMs: start + 0.5 * HOUR, endMs: start + 2.5 * HOUR }];
    const rows = dayRows(open, zone, HOUR);
    const slots = Array.from({ length: 240 }, (_, i) => ({ startMs: start + 0.5 * HOUR + i * 30_000 + 15_000 }));
    const marks = marksByRow(rows, slots, (slot) => slot.startMs + 30_000);
    expect(marks.map((row) => row.length)).toEqual([120, 121]);
    expect(marks[0]?.at(-1)?.to).toBe(1);
    expect(marks[1]?.[0]?.from).toBe(0);
    expect(markAt(marks[0] ?? [], 0.005, 0)?.of).toBe(slots[0]);
    expect(markAt(marks[0] ?? [], 0, 0.001)).toBeNull();
    expect(marksPath(marks[0] ?? [], 600, 0, 10).match(/M/g)).toHaveLength(120);
    expect(brokenMarksPath(marks[0] ?? [], 600, 0, 11).match(/M/g)).toHaveLength(240);
  });

  it('[C15] a promise keeps its colour when verdicts change their order', () => {
    const one = promiseHues([{ commitment: 'a' }, { commitment: 'b' }]);
    const other = promiseHues([{ commitment: 'b' }, { commitment: 'a' }]);
    expect(other).toEqual(one);
    expect(one.get('a')).not.toBe(one.get('b'));
  });
});
