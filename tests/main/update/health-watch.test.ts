/** A start is proved by pictures that move, or by a screen that is meant to be dark. */
import { expect, test } from 'vitest';
import type { StagePort } from '../../../main/stage-port.ts';
import { noticeService } from '../../../main/update/service-notice.ts';
import { watchStage } from '../../../main/update/watch-stage.ts';
import type { StageCommand, StageEvent } from '../../../protocol/stage.ts';
import { createManualTime } from '../support/manual-time.ts';

const SHOWS: StageEvent = { type: 'pulse', showing: 'slot', frames: 25 };
const STUCK: StageEvent = { type: 'pulse', showing: 'slot', frames: 0 };
const DARK: StageEvent = { type: 'pulse', showing: null, frames: 0 };
const SHOW: StageCommand = { type: 'show', id: 'slot', inMs: 0 };
const CLOSED: StageCommand = { type: 'idle', reason: 'closed' };

/** A stage that is watched, and a page that sends `event` each second for `seconds`. */
function rig() {
  const time = createManualTime(0);
  let hear: (event: StageEvent) => void = () => undefined;
  let told = 0;
  const sent: StageCommand[] = [];
  const heard: StageEvent[] = [];
  const inner: StagePort = {
    send: (command) => sent.push(command),
    onEvent: (listener) => {
      hear = listener;
    },
    restart: () => undefined,
    capture: () => Promise.reject(new Error('no picture')),
    picture: () => Promise.reject(new Error('no picture')),
    memoryBytes: async () => null,
  };
  const watched = watchStage(inner, time.raw.monoMs, () => {
    told += 1;
  });
  watched.stage.onEvent((event) => heard.push(event));
  const seconds = (event: StageEvent, count: number): number => {
    for (let i = 0; i < count; i += 1) {
      time.advance(1000);
      hear(event);
    }
    return told;
  };
  return { time, watched, seconds, sent, heard };
}

test('[UP4] a start is proved by a minute of pictures, once, and everything passes through', () => {
  const { watched, seconds, sent, heard } = rig();
  watched.stage.send(SHOW);
  expect(seconds(SHOWS, 60)).toBe(0);
  expect(seconds(SHOWS, 1)).toBe(1);
  expect(seconds(SHOWS, 200)).toBe(1);
  expect([sent, heard.length]).toEqual([[SHOW], 261]);
});

test('[UP4] a picture that stands still, or a page without a word, starts the minute anew', () => {
  const still = rig();
  still.seconds(SHOWS, 50);
  still.seconds(STUCK, 1);
  expect(still.seconds(SHOWS, 60)).toBe(0);
  expect(still.seconds(SHOWS, 1)).toBe(1);
  const silent = rig();
  silent.seconds(SHOWS, 50);
  silent.time.advance(10_000);
  expect(silent.seconds(SHOWS, 60)).toBe(0);
  expect(silent.seconds(SHOWS, 1)).toBe(1);
});

test('[UP4] a dark screen proves a start where it is meant to be dark, and never for want of a program', () => {
  const closed = rig();
  closed.watched.stage.send(CLOSED);
  expect(closed.seconds(DARK, 61)).toBe(1);
  for (const command of [
    { type: 'idle', reason: 'no-program' },
    { type: 'idle', reason: 'loading' },
    { type: 'pairing', code: 'ABCD2345', server: 'http://x', device: 'f00d' },
    SHOW,
  ] as const) {
    const lost = rig();
    lost.watched.stage.send(CLOSED);
    lost.watched.stage.send(command);
    expect([command.type, lost.seconds(DARK, 300)]).toEqual([command.type, 0]);
  }
});

test('[IN3] systemd is told of the start and every 20 s that the page lives, and nothing more once the page is beyond help', () => {
  const time = createManualTime(0);
  const words: string[] = [];
  let pulseM: number | null = null;
  const stop = noticeService({
    timers: time.timers,
    monoMs: time.raw.monoMs,
    lastPulseM: () => pulseM,
    notify: (word) => words.push(word),
  });
  time.advance(60_000);
  expect(words).toEqual(['READY=1', 'WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1']);
  time.advance(60_000);
  expect(words).toHaveLength(4);
  pulseM = 110_000;
  time.advance(40_000);
  expect(words).toHaveLength(6);
  stop();
  time.advance(60_000);
  expect(words).toHaveLength(6);
});
