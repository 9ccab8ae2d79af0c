/** How loud films are and how a screen hangs, by its hours, and what the stage is told of it. */
import { describe, expect, test } from 'vitest';
import type { Rotation, Sound } from '../../domain/catalogue/organisation.ts';
import type { Program } from '../../domain/plan/program.ts';
import { serviceDate } from '../../domain/time/opening-hours.ts';
import { instantOfWallTime } from '../../domain/time/zone-time.ts';
import type { ActiveProgram } from '../../main/engine/cue.ts';
import { createDisplayWatch } from '../../main/engine/display-watch.ts';
import type { StageCommand } from '../../protocol/stage.ts';
import { createEngineRig } from './support/engine-rig.ts';
import { activate, sampleCommitment, sampleProgram } from './support/sample-program.ts';

const DATE = '2026-07-01';
const at = (time: string, zone = 'Asia/Shanghai', date = DATE): number => instantOfWallTime(date, time, zone);
const HOURS = [{ days: sampleCommitment().weekdays, from: '06:00', to: '25:00' }];
const sounding = (sound: Sound, over: Partial<Program> = {}): ActiveProgram =>
  activate(sampleProgram({ openingHours: HOURS, display: { sound }, ...over }));

/** Looks at every minute of a span and gives what was told, with the time of day in minutes since its start. */
function toldOver(active: ActiveProgram, fromMs: number, minutes: number): [number, number][] {
  const told: [number, number][] = [];
  let minute = 0;
  const watch = createDisplayWatch(
    ({ volume }) => told.push([minute, volume]),
    () => 0,
  );
  const { openingHours, timeZone } = active.program;
  for (; minute < minutes; minute += 1) {
    const nowMs = fromMs + minute * 60_000;
    watch.look(active, serviceDate(openingHours, timeZone, nowMs), nowMs);
  }
  return told;
}

describe('how loud films are', () => {
  test('[E18] a volume without day parts holds from opening to closing, past midnight too', () => {
    const active = sounding({ volume: 40, dayParts: [] });
    expect(toldOver(active, at('05:00'), 24 * 60)).toEqual([
      [0, 0],
      [60, 40],
      [20 * 60, 0],
    ]);
  });

  test('[E18] with day parts films are heard in these only, and never outside opening hours', () => {
    const dayParts = [
      { from: '05:00', to: '07:30' },
      { from: '23:30', to: '24:30' },
    ];
    expect(toldOver(sounding({ volume: 65, dayParts }), at('05:00'), 24 * 60)).toEqual([
      [0, 0],
      [60, 65],
      [150, 0],
      [18.5 * 60, 65],
      [19.5 * 60, 0],
    ]);
  });

  test('[E18] a day part follows the clock of the screen through the night in which it changes', () => {
    const dayParts = [{ from: '01:00', to: '04:00' }];
    const active = sounding(
      { volume: 10, dayParts },
      {
        timeZone: 'Europe/Berlin',
        openingHours: [{ ...HOURS[0], days: [...sampleCommitment().weekdays], from: '00:00', to: '24:00' }],
      },
    );
    // On 2026-10-25 the hour from 02:00 comes twice: three hours on the clock are four.
    expect(toldOver(active, at('00:00', 'Europe/Berlin', '2026-10-25'), 10 * 60)).toEqual([
      [0, 0],
      [60, 10],
      [5 * 60, 0],
    ]);
  });
});

describe('what the stage is told', () => {
  const displays = (commands: readonly StageCommand[]): StageCommand[] =>
    commands.filter(({ type }) => type === 'display');

  test('[E18] the page is told once as it comes up, and again by every page that comes after it', () => {
    const rig = createEngineRig({ startMs: at('08:30') });
    rig.engine.start();
    rig.engine.setProgram(
      sounding({ volume: 30, dayParts: [] }, { display: { rotation: 90, sound: { volume: 30, dayParts: [] } } }),
    );
    rig.time.advance(60_000);
    const told = { type: 'display', rotation: 90, volume: 30 };
    expect(displays(rig.commands).at(-1)).toEqual(told);
    const before = displays(rig.commands).length;
    rig.stage.restart('test');
    rig.time.advance(60_000);
    expect(displays(rig.commands).slice(before)).toEqual([told]);
  });

  test('[E18] a new program turns and tunes at once; one without display is upright and silent', () => {
    const rig = createEngineRig({ startMs: at('08:30') });
    rig.engine.start();
    rig.engine.setProgram(sounding({ volume: 30, dayParts: [] }));
    rig.time.advance(5_000);
    rig.engine.setProgram(activate(sampleProgram({ openingHours: HOURS, display: { rotation: 270 } })));
    rig.engine.setProgram(activate(sampleProgram({ openingHours: HOURS })));
    rig.time.advance(5_000);
    expect(displays(rig.commands).slice(-3)).toEqual([
      { type: 'display', rotation: 0, volume: 30 },
      { type: 'display', rotation: 270, volume: 0 },
      { type: 'display', rotation: 0, volume: 0 },
    ]);
  });

  test('[E18] without a program the display stays as it hung under the last one, silent', () => {
    const told: StageCommand[] = [];
    const hung: Rotation = 180;
    const watch = createDisplayWatch(
      (command) => told.push(command),
      () => hung,
    );
    watch.look(null, null, at('12:00'));
    watch.look(null, null, at('12:01'));
    expect(told).toEqual([{ type: 'display', rotation: 180, volume: 0 }]);
  });
});
