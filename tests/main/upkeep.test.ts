/** Commands, health and display power of a player that is looked after from afar. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { OpeningHours } from '../../domain/time/opening-hours.ts';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import { createIncidents, type Incidents } from '../../main/incidents.ts';
import { createLog } from '../../main/log.ts';
import { createLogRing } from '../../main/log-ring.ts';
import { createMachineView } from '../../main/machine-view.ts';
import { createSimulatedStage } from '../../main/simulated-stage.ts';
import type { StagePort } from '../../main/stage-port.ts';
import { createUpkeep, type Upkeep, type UpkeepParts } from '../../main/upkeep.ts';
import { healthSchema, MAX_MESSAGE_BYTES } from '../../protocol/player-link.ts';
import type { StageCommand, StageEvent } from '../../protocol/stage.ts';
import { bareUpkeep } from './support/bare-upkeep.ts';
import { createManualTime, type ManualTime, settle } from './support/manual-time.ts';
import { sampleProgram } from './support/sample-program.ts';

const noLog = (): void => undefined;
/** 12:00 in Shanghai; the sample program is open then. */
const NOON_MS = Date.parse('2026-07-01T04:00:00Z');

const OPEN: OpeningHours[] = [
  { days: ['wed'], from: '08:00', to: '22:00' },
  { days: ['wed'], from: '22:05', to: '22:30' },
];

type Rig = {
  time: ManualTime;
  upkeep: Upkeep;
  incidents: Incidents;
  commands: StageCommand[];
  restarts: string[];
  emit: (event: StageEvent) => void;
};

function rig(parts: Partial<UpkeepParts> = {}, changes: Partial<StagePort> = {}, startMs = NOON_MS): Rig {
  const time = createManualTime(startMs);
  const commands: StageCommand[] = [];
  const restarts: string[] = [];
  let listener: (event: StageEvent) => void = noLog;
  const stage: StagePort = {
    ...createSimulatedStage(time.timers, time.raw.monoMs),
    send: (command) => commands.push(command),
    onEvent: (next) => {
      listener = next;
    },
    restart: (reason) => restarts.push(reason),
    memoryBytes: async () => 1000,
    ...changes,
  };
  const incidents = createIncidents(noLog);
  const upkeep = createUpkeep({
    ...bareUpkeep(parts),
    build: 'test',
    clock: createDisciplinedClock(time.raw),
    timers: time.timers,
    random: () => 0,
    log: noLog,
    incidents,
    stage,
    screen: () => ({ id: 'screen-1', name: '东站一号' }),
    shotEveryPlays: () => 0,
    reload: () => restarts.push('an operator'),
    program: () => sampleProgram({ openingHours: OPEN }),
  });
  upkeep.stage.onEvent(noLog);
  return { time, upkeep, incidents, commands, restarts, emit: (event) => listener(event) };
}

describe('commands', () => {
  test('[UK5] reload brings up the page anew, identify shows name and id', async () => {
    const { upkeep, restarts, commands } = rig();
    expect(await upkeep.command({ type: 'reload' })).toEqual({ kind: 'done' });
    expect(restarts.length).toBe(1);
    expect(await upkeep.command({ type: 'identify', forMs: 5000 })).toEqual({ kind: 'done' });
    expect(commands.at(-1)).toEqual({ type: 'identify', name: '东站一号', id: 'screen-1', forMs: 5000 });
  });

  test('[UK6] restart answers first, and is refused where nobody would start the player again', async () => {
    let asked = 0;
    const { upkeep, time } = rig({ restart: () => void asked++ });
    expect(await upkeep.command({ type: 'restart' })).toEqual({ kind: 'done' });
    expect(asked).toBe(0);
    time.advance(1000);
    expect(asked).toBe(1);
    expect(await rig().upkeep.command({ type: 'restart' })).toMatchObject({ kind: 'failed' });
  });

  test('[UK5] a picture that cannot be taken or sent is answered with why', async () => {
    const offline = await rig().upkeep.command({ type: 'screenshot' });
    expect(offline).toEqual({ kind: 'failed', detail: 'there is no connection' });
    const broken = rig({}, { capture: async () => Buffer.from('no picture') });
    expect(await broken.upkeep.command({ type: 'screenshot' })).toMatchObject({
      detail: 'the stage gave no WebP picture',
    });
    const large = rig({}, { capture: async () => Buffer.from(`RIFF....WEBP${'x'.repeat(200_000)}`, 'latin1') });
    expect(await large.upkeep.command({ type: 'screenshot' })).toMatchObject({ kind: 'failed' });
  });

  test('[UK11] the log gives its last lines, without secrets and within what a message may hold', async () => {
    const printed: string[] = [];
    const ring = createLogRing(
      createLog(
        'warn',
        () => 0,
        (line) => printed.push(line),
      ),
      () => 0,
    );
    for (let n = 0; n < 2500; n += 1) ring.log('info', `line ${n}`);
    ring.log('debug', 'chatter');
    ring.log('warn', 'told', {
      enrolToken: 'hidden-1',
      password: 'hidden-2',
      url: 'http://127.0.0.1:4711/abcdefghijklmnop123/index.html',
    });
    const { upkeep } = rig({ logLines: ring.lines });
    const answer = await upkeep.command({ type: 'log', lines: 3 });
    const lines = answer.kind === 'log' ? answer.lines : [];
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['line 2498', 'line 2499', 'told']);
    expect(lines.join()).not.toMatch(/hidden|abcdefghijklmnop/);
    expect(printed.length).toBe(1);
    for (let n = 0; n < 1000; n += 1) ring.log('info', '"无'.repeat(2500));
    const all = ring.lines(1000);
    expect(all.every((line) => line.length <= 2000)).toBe(true);
    expect(all.length).toBeGreaterThan(10);
    expect(Buffer.byteLength(JSON.stringify({ kind: 'log', lines: all }))).toBeLessThan(MAX_MESSAGE_BYTES);
    expect(ring.lines(1).length).toBe(1);
  });
});

describe('health', () => {
  test('[UK7] every status says how the machine is, looked at every ten seconds at most', async () => {
    let looks = 0;
    const machine = {
      async temperatureC() {
        looks += 1;
        return 40 + looks;
      },
      diskFreeBytes: async () => 5_000_000,
      memoryBytes: () => 100.5,
    };
    const { upkeep, time, emit } = rig({ machine });
    expect(upkeep.status()).toEqual({});
    await settle();
    emit({ type: 'finished', id: 'a', shownMs: 1000, frames: 25, dropped: 2, visible: true });
    emit({ type: 'finished', id: 'b', shownMs: 1000, frames: 25, dropped: 3, visible: true });
    time.advance(9000);
    const health = upkeep.status().health;
    expect(healthSchema.parse(health)).toEqual({
      build: 'test',
      uptimeS: 9,
      temperatureC: 41,
      diskFreeBytes: 5_000_000,
      memoryBytes: 1101,
      droppedFrames: 5,
      lastSyncMs: null,
      display: null,
    });
    expect(looks).toBe(1);
    time.advance(1000);
    upkeep.status();
    await settle();
    expect(upkeep.status().health?.temperatureC).toBe(42);
  });

  test('[UK7] what a machine does not tell is null, and shells that fail to tell harm nothing', async () => {
    const { upkeep } = rig({}, { memoryBytes: () => Promise.reject(new Error('gone')) });
    await settle();
    expect(upkeep.status().health).toMatchObject({ temperatureC: null, diskFreeBytes: null, memoryBytes: 1 });
  });

  test('[UK7] temperature is that of the hottest zone with a sensor; free disk is that of the data folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xunbo-thermal-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const [n, text] of ['48250\n', '61040\n', '-274000\n', 'none'].entries()) {
      mkdirSync(join(folder, `thermal_zone${n}`));
      writeFileSync(join(folder, `thermal_zone${n}`, 'temp'), text);
    }
    mkdirSync(join(folder, 'cooling_device0'));
    const machine = createMachineView(folder, folder);
    expect(await machine.temperatureC()).toBe(61);
    expect(await machine.diskFreeBytes()).toBeGreaterThan(0);
    expect(await createMachineView('/nowhere', '/nowhere').temperatureC()).toBeNull();
    expect(await createMachineView('/nowhere', '/nowhere').diskFreeBytes()).toBeNull();
  });
});

describe('display power', () => {
  const CLOSING_MS = Date.parse('2026-07-01T14:00:00Z');
  const card = { type: 'show', id: 'x', inMs: 0 } as const;

  function display(startMs: number): Rig & { told: string[]; fail: { with: Error | null } } {
    const told: string[] = [];
    const fail = { with: null as Error | null };
    const power = {
      name: 'fake',
      async set(state: 'on' | 'off') {
        told.push(state);
        if (fail.with) throw fail.with;
      },
    };
    const made = rig({ display: power }, {}, startMs);
    const beat = (): void => {
      made.upkeep.tick();
      made.time.timers.after(1000, beat);
    };
    beat();
    return { ...made, told, fail };
  }

  test('[UK8] the display goes off a minute after closing and on half a minute before opening', async () => {
    const { time, upkeep, told } = display(CLOSING_MS - 10_000);
    await time.advanceAsync(69_000);
    expect(told).toEqual(['on']);
    await time.advanceAsync(2000);
    expect(told).toEqual(['on', 'off']);
    expect(upkeep.status().health?.display).toBe('off');
    // The screen opens again at 22:05.
    await time.advanceAsync(207_000);
    expect(told).toEqual(['on', 'off']);
    await time.advanceAsync(3000);
    expect(told).toEqual(['on', 'off', 'on']);
  });

  test('[UK8] it is never off while a slot or a takeover stands on the screen, nor while somebody looks for it', async () => {
    const { time, upkeep, told } = display(CLOSING_MS + 3_600_000);
    const message = { text: '请立即疏散', textEn: null, theme: 'red' as const };
    await time.advanceAsync(1000);
    expect(told).toEqual(['off']);
    upkeep.stage.send({ type: 'takeover', message });
    expect(told).toEqual(['off', 'on']);
    await time.advanceAsync(200_000);
    upkeep.stage.send(card);
    upkeep.stage.send({ type: 'takeover', message: null });
    await time.advanceAsync(5000);
    expect(told.at(-1)).toBe('on');
    upkeep.stage.send({ type: 'idle', reason: 'closed' });
    await time.advanceAsync(2000);
    expect(told.at(-1)).toBe('off');
    await upkeep.command({ type: 'identify', forMs: 10_000 });
    expect(told.at(-1)).toBe('on');
    await time.advanceAsync(12_000);
    expect(told.at(-1)).toBe('off');
  });

  test('[UK9] it is told again every five minutes what it is to be', async () => {
    const { time, told } = display(NOON_MS);
    await time.advanceAsync(15 * 60_000 + 10_000);
    expect(told).toEqual(['on', 'on', 'on', 'on']);
  });

  test('[UK9] a failure opens an incident and is tried again every half minute, until it is over', async () => {
    const { time, told, fail, incidents } = display(NOON_MS);
    fail.with = new Error('no such output');
    await time.advanceAsync(301_000);
    expect(incidents.list()).toEqual([{ kind: 'display-failing', detail: 'no such output' }]);
    const tries = told.length;
    await time.advanceAsync(31_000);
    expect(told.length).toBe(tries + 1);
    fail.with = null;
    await time.advanceAsync(31_000);
    expect(incidents.list()).toEqual([]);
  });
});
