/** The picture behind the stage: when it is taken, what is never on it, and what becomes of it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import { backdropFolder, keptPicture } from '../../main/display/backdrop.ts';
import { type BackdropWatch, createBackdropWatch } from '../../main/display/backdrop-watch.ts';
import { withKeptPicture } from '../../main/stage/stage-files.ts';
import type { StageCommand, StageContent } from '../../protocol/stage.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { createManualTime, type ManualTime, settle } from './support/manual-time.ts';

const poster = (digit: string): StageContent => ({
  type: 'image',
  url: `media/${digit.repeat(64)}`,
  fit: 'contain',
  pan: false,
});
const film = (digit: string): StageContent => ({
  type: 'video',
  url: `media/${digit.repeat(64)}`,
  mime: 'video/mp4',
});
const message: StageCommand = { type: 'takeover', message: { text: '请撤离', textEn: null, theme: 'red' } };

type Rig = {
  time: ManualTime;
  watch: BackdropWatch;
  /** What the desktop was told: `last`, `black`, or the picture. */
  told: string[];
  show: (id: string, content: StageContent, forMs?: number) => Promise<void>;
  fault: { picture: Error | null; put: Error | null };
  logged: string[];
};

/** A stage of which a picture says what shows, and takes a moment. */
function rig(): Rig {
  const time = createManualTime(0);
  const told: string[] = [];
  const logged: string[] = [];
  const fault: Rig['fault'] = { picture: null, put: null };
  let shown = '';
  const watch = createBackdropWatch({
    backdrop: {
      async put(jpeg) {
        if (fault.put) throw fault.put;
        told.push(Buffer.from(jpeg).toString());
      },
      putLast: async () => void told.push('last'),
      clear: async () => void told.push('black'),
    },
    stage: {
      picture: () =>
        new Promise((resolve, reject) => {
          const { picture } = fault;
          time.timers.after(100, () => (picture ? reject(picture) : resolve(Buffer.from(shown))));
        }),
    },
    clock: createDisciplinedClock(time.raw),
    timers: time.timers,
    log: (_level, text, more) => logged.push(`${text}: ${JSON.stringify(more)}`),
  });
  onTestFinished(() => watch.stop());
  async function show(id: string, content: StageContent, forMs = 10_000): Promise<void> {
    watch.sent({ type: 'prepare', id, content, durationMs: forMs });
    watch.heard({ type: 'prepared', id });
    shown = id;
    watch.heard({ type: 'started', id });
    await time.advanceAsync(forMs);
    watch.heard({ type: 'finished', id, shownMs: forMs, frames: 1, dropped: 0, visible: true });
  }
  return { time, watch, told, show, fault, logged };
}

test('[BD2] what the run before left is seen at once, then the first poster, then another after ten minutes', async () => {
  const { told, show, time } = rig();
  await settle();
  expect(told).toEqual(['last']);
  await show('a', poster('a'));
  await show('b', poster('b'));
  expect(told).toEqual(['last', 'a']);
  await time.advanceAsync(570_000);
  await show('too early', poster('d'));
  await time.advanceAsync(2000);
  await show('c', poster('c'));
  expect(told).toEqual(['last', 'a', 'c']);
});

test('[BD2] a poster that is the desktop already is not pictured again, unless the display was turned', async () => {
  const { told, show, time, watch } = rig();
  await show('a', poster('a'));
  await time.advanceAsync(700_000);
  await show('again', poster('a'));
  expect(told).toEqual(['last', 'a']);
  watch.sent({ type: 'display', rotation: 90, volume: 0 });
  await show('turned', poster('a'));
  watch.sent({ type: 'display', rotation: 90, volume: 50 });
  await show('turned still', poster('b'));
  watch.sent({ type: 'display', rotation: 0, volume: 50 });
  await show('back', poster('a'));
  expect(told).toEqual(['last', 'a', 'turned', 'back']);
});

test('[BD1] cards are pictured as posters are; live sources are not', async () => {
  const { told, show } = rig();
  await show('live', { type: 'live', url: `live/${'e'.repeat(64)}/index` });
  await show('card', { type: 'card', text: '您好', textEn: null, theme: 'jade' });
  expect(told).toEqual(['last', 'card']);
});

test('[BD6] without a poster the middle of a film is pictured, every ten minutes at most, until a poster takes its place at once', async () => {
  const { told, show, time, watch } = rig();
  watch.sent({ type: 'prepare', id: 'film', content: film('f'), durationMs: 60_000 });
  watch.heard({ type: 'started', id: 'film' });
  await time.advanceAsync(29_900);
  expect(told).toEqual(['last']);
  await show('film', film('f'), 60_000);
  expect(told).toEqual(['last', 'film']);
  await show('another', film('e'));
  await time.advanceAsync(600_000);
  await show('the same', film('f'));
  expect(told).toEqual(['last', 'film']);
  await show('another', film('e'));
  await show('poster', poster('a'));
  expect(told).toEqual(['last', 'film', 'another', 'poster']);
});

test('[BD6] a film is pictured again when no poster was seen for an hour, and after a withdrawal', async () => {
  const { told, show, time, watch } = rig();
  await show('poster', poster('a'));
  await time.advanceAsync(3_500_000);
  await show('film', film('f'));
  await show('poster', poster('a'));
  await time.advanceAsync(3_500_000);
  await show('film', film('f'));
  expect(told).toEqual(['last', 'poster']);
  await time.advanceAsync(100_000);
  await show('film', film('f'));
  expect(told).toEqual(['last', 'poster', 'film']);
  await show('poster', poster('a'));
  watch.forget();
  await show('film', film('f'));
  expect(told).toEqual(['last', 'poster', 'film', 'poster', 'black', 'film']);
});

test('[BD2] nothing that stands over a poster is on its picture, nor what comes after it', async () => {
  const { told, show, watch } = rig();
  watch.sent(message);
  await show('under a message', poster('a'));
  watch.sent({ type: 'takeover', message: null });
  watch.sent({ type: 'identify', name: '东站一号', id: 'screen-1', forMs: 20_000 });
  await show('under its name', poster('a'));
  expect(told).toEqual(['last']);
  await show('under its name still', poster('a'), 9000);
  await show('too short for its picture', poster('a'), 150);
  await show('a', poster('a'));
  expect(told).toEqual(['last', 'a']);
});

test('[BD3] after a withdrawal the desktop is black until the next poster, also where a picture was just being taken', async () => {
  const { told, show, watch, time } = rig();
  await show('a', poster('a'));
  watch.forget();
  await settle();
  expect(told).toEqual(['last', 'a', 'black']);
  await show('b', poster('b'));
  expect(told).toEqual(['last', 'a', 'black', 'b']);
  watch.forget();
  await settle();
  watch.sent({ type: 'prepare', id: 'c', content: poster('c'), durationMs: 10_000 });
  watch.heard({ type: 'started', id: 'c' });
  await time.advanceAsync(2050);
  watch.forget();
  await time.advanceAsync(10_000);
  expect(told).toEqual(['last', 'a', 'black', 'b', 'black']);
});

test('[BD3] it is black while the screen is closed, without a program, and before pairing; waiting for a slot leaves it', async () => {
  const { told, show, watch } = rig();
  await show('a', poster('a'));
  watch.sent({ type: 'idle', reason: 'loading' });
  watch.sent({ type: 'idle', reason: 'nothing-due' });
  await settle();
  expect(told).toEqual(['last', 'a']);
  watch.forget();
  for (const command of [
    { type: 'idle', reason: 'closed' },
    { type: 'idle', reason: 'no-program' },
    { type: 'pairing', code: '1', server: 's', device: 'd' },
  ] as const) {
    await show('b', poster('b'));
    watch.sent(command);
    watch.sent(command);
    await settle();
    expect(told.splice(0).slice(-2)).toEqual(['b', 'black']);
  }
});

test('[BD4] a picture that cannot be taken or put is logged, and is not asked for again before its time', async () => {
  const { told, show, fault, logged, time } = rig();
  fault.picture = new Error('nothing is drawn');
  await show('a', poster('a'));
  await show('b', poster('b'));
  expect(logged).toEqual(['no picture behind the stage: {"error":"nothing is drawn"}']);
  await time.advanceAsync(600_000);
  fault.picture = null;
  fault.put = new Error('the disk is full');
  await show('c', poster('c'));
  expect(logged.at(-1)).toContain('the disk is full');
  fault.put = null;
  await time.advanceAsync(600_000);
  await show('d', poster('d'));
  expect(told).toEqual(['last', 'd']);
});

test('[EL15] the stage’s scheme knows the kept picture while there is one, and its one file only', async () => {
  const folder = await tempFolder();
  const find = withKeptPicture(async () => null, keptPicture(folder));
  expect(await find('kept/last.jpg')).toBeNull();
  mkdirSync(backdropFolder(folder));
  writeFileSync(keptPicture(folder), 'jpeg');
  expect(await find('kept/last.jpg')).toEqual({ path: keptPicture(folder), size: 4, mime: 'image/jpeg' });
  expect(await find('kept/black.png')).toBeNull();
});
