/** Programs that cannot be played are refused by name while the show goes on, and a fleet comes back spread over a minute. */
import { describe, expect, test } from 'vitest';
import type { Program } from '../../domain/plan/program.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { instantOfWallTime } from '../../domain/time/zone-time.ts';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import type { ActiveProgram } from '../../main/engine/cue.ts';
import { createLink } from '../../main/link/link.ts';
import type { PlayerSocket } from '../../main/link/socket-port.ts';
import { createProgramStore } from '../../main/program-store.ts';
import { createPrograms } from '../../main/programs.ts';
import { sha256Hex } from '../../main/sha256.ts';
import { wireError } from '../../protocol/errors.ts';
import { createEngineRig } from './support/engine-rig.ts';
import { createManualTime, settle } from './support/manual-time.ts';
import { createMemoryFiles } from './support/memory-files.ts';
import { activate, sampleProgram, ZONE } from './support/sample-program.ts';

const textOf = (program: unknown): string => canonicalJson(program);

function rig() {
  const time = createManualTime(0);
  const files = createMemoryFiles();
  const store = createProgramStore(files, '/data/programs');
  const texts = new Map<string, string>();
  const fetches: { hash: string; answer: () => void }[] = [];
  const applied: (string | null)[] = [];
  const logged: string[] = [];
  const programs = createPrograms({
    store,
    source: {
      program: (hash) =>
        new Promise((resolve, reject) => {
          const text = texts.get(hash);
          const answer = (): void => (text === undefined ? reject(new Error('404')) : resolve(text));
          fetches.push({ hash, answer });
        }),
    },
    timers: time.timers,
    random: () => 0.5,
    log: (level, msg, fields) => logged.push(`${level} ${msg} ${fields?.reason ?? ''}`),
    apply: (active: ActiveProgram | null) => applied.push(active?.hash ?? null),
  });
  const add = (program: unknown): string => {
    const text = textOf(program);
    texts.set(sha256Hex(text), text);
    return sha256Hex(text);
  };
  const answerAll = async (): Promise<void> => {
    for (const { answer } of fetches.splice(0)) answer();
    await settle();
  };
  return { time, files, programs, fetches, applied, logged, add, answerAll };
}

describe('programs that cannot be played', () => {
  const newer = { ...sampleProgram(), format: 'xunbo/program/v2' };
  const unknownKey = { ...sampleProgram(), hologram: true };
  const meaningless: Program = sampleProgram({ timeZone: 'Mars/Olympus' });

  test.each([
    ['of a newer format', newer, 'format'],
    ['with a key this player does not know', unknownKey, 'hologram'],
    ['for a zone that does not exist', meaningless, 'timeZone'],
  ])('[L8] a program %s is refused by name, stored nowhere and not asked for again', async (_, bad, place) => {
    const { programs, applied, add, answerAll, logged, files, fetches, time } = rig();
    const good = add(sampleProgram());
    programs.ask(good);
    await answerAll();
    programs.ask(add(bad));
    await answerAll();
    time.advance(3_600_000);
    await settle();
    expect(applied).toEqual([good]);
    expect(fetches).toEqual([]);
    expect(logged.at(-1)).toMatch(/^error program refused; the one before stays in force/);
    expect(logged.at(-1)).toContain(place);
    expect([...files.content.keys()].every((path) => path.includes(good))).toBe(true);
  });

  test('[L8] of two pushes the later one is played, whichever arrives first', async () => {
    const { programs, applied, add, answerAll, fetches } = rig();
    const first = add(sampleProgram());
    const second = add(sampleProgram({ ticker: ['card'] }));
    programs.ask(first);
    programs.ask(second);
    fetches.reverse();
    await answerAll();
    expect(applied).toEqual([second]);
  });

  test('[L8] a push while a download fails takes its place', async () => {
    const { programs, applied, add, answerAll, time } = rig();
    const good = add(sampleProgram());
    programs.ask('f'.repeat(64));
    await answerAll();
    programs.ask(good);
    await answerAll();
    time.advance(600_000);
    await settle();
    expect(applied).toEqual([good]);
  });

  test('[D8] a stored program with a flipped bit, or that is gone, is had from its copy, which mends it; without a copy it is fetched again', async () => {
    const { programs, applied, add, answerAll, files, fetches } = rig();
    const hash = add(sampleProgram());
    programs.ask(hash);
    await answerAll();
    const path = `/data/programs/${hash}.json`;
    const whole = Buffer.from(files.content.get(path) ?? '');
    const flipped = Buffer.from(whole);
    flipped[50] = (flipped[50] ?? 0) ^ 1;
    files.content.set(path, flipped);
    programs.ask(hash);
    files.content.delete(path);
    programs.ask(hash);
    expect(fetches).toEqual([]);
    expect(applied).toEqual([hash, hash, hash]);
    expect(files.content.get(path)).toEqual(whole);
    files.content.set(path, flipped);
    files.content.set(`${path}.copy`, flipped);
    programs.ask(hash);
    expect(fetches.length).toBe(1);
    await answerAll();
    expect(applied.length).toBe(4);
    expect(sha256Hex(files.content.get(path) ?? '')).toBe(hash);
    expect(files.content.get(`${path}.copy`)).toEqual(whole);
  });
});

test('[E22] a program with nothing to show keeps a calm page, records that the screen was open, and goes on with the next program', () => {
  const rigged = createEngineRig({ startMs: instantOfWallTime('2026-07-01', '08:00', ZONE) });
  const empty = activate(sampleProgram({ loop: [], commitments: [] }));
  rigged.engine.start();
  rigged.engine.setProgram(empty);
  rigged.time.advance(600_000);
  expect(rigged.plays()).toEqual([]);
  expect(rigged.restarts).toEqual([]);
  expect(rigged.commands.filter(({ type }) => type === 'idle')).toEqual([{ type: 'idle', reason: 'nothing-due' }]);
  expect(rigged.engine.status()).toMatchObject({ state: 'idle', tally: {}, short: {} });
  expect(rigged.records().map(({ kind, reason }) => `${kind} ${reason}`)).toEqual(['mode no-program', 'mode open']);
  rigged.engine.setProgram(activate(sampleProgram()));
  rigged.time.advance(60_000);
  expect(rigged.plays().length).toBeGreaterThan(2);
});

test('[L14] a server of a newer protocol is told from a broken one: the player asks again once a minute at most, and plays on', async () => {
  const time = createManualTime(0);
  const clock = createDisciplinedClock(time.raw);
  const dials: number[] = [];
  const events: string[] = [];
  const connect = async (): Promise<PlayerSocket> => {
    dials.push(time.raw.monoMs());
    let close: (reason: string) => void = () => undefined;
    return {
      request: async () => wireError('protocol-version', 'this server speaks protocol 9'),
      tell: () => undefined,
      on: () => undefined,
      onClose: (listener) => {
        close = listener;
      },
      close: () => close('closed'),
    };
  };
  const note = (name: string) => (): void => {
    events.push(name);
  };
  const link = createLink(
    {
      connect,
      identity: { key: loadDeviceKey(createMemoryFiles(), '/key'), build: 'test', enrolToken: null },
      timers: time.timers,
      clock,
      random: () => 0.5,
      log: () => undefined,
    },
    {
      onWelcome: note('welcome'),
      onPairing: note('pairing'),
      onProgram: note('program'),
      onCommand: async () => ({ kind: 'done' }),
      onRetired: note('retired'),
      onOffline: note('offline'),
      onTime: note('time'),
      onTakeover: note('takeover'),
      status: () => {
        throw new Error('no status is due');
      },
    },
  );
  link.start();
  await settle();
  await time.advanceAsync(600_000);
  expect(events).toEqual([]);
  expect(dials.length).toBeGreaterThan(5);
  expect(dials.length).toBeLessThanOrEqual(11);
});

describe('reconnecting', () => {
  test('[L2] waits are random parts of 1 s, 2 s, 4 s … 60 s, so that a fleet comes back spread over a minute', async () => {
    const waits = async (random: number): Promise<number[]> => {
      const time = createManualTime(0);
      const dials: number[] = [];
      const link = createLink(
        {
          connect: async () => {
            dials.push(time.raw.monoMs());
            throw new Error('refused');
          },
          identity: { key: loadDeviceKey(createMemoryFiles(), '/key'), build: 'test', enrolToken: null },
          timers: time.timers,
          clock: createDisciplinedClock(time.raw),
          random: () => random,
          log: () => undefined,
        },
        {
          onWelcome: () => undefined,
          onPairing: () => undefined,
          onProgram: () => undefined,
          onCommand: async () => ({ kind: 'done' }),
          onRetired: () => undefined,
          onOffline: () => undefined,
          onTime: () => undefined,
          onTakeover: () => undefined,
          status: () => {
            throw new Error('no status is due');
          },
        },
      );
      link.start();
      await settle();
      await time.advanceAsync(300_000);
      return dials.map((m, k) => m - (dials[k - 1] ?? 0)).slice(1, 9);
    };
    expect(await waits(0.999999)).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((s) => expect.closeTo(s * 1000, -1)));
    expect(await waits(0.5)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });
});
