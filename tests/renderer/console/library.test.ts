/** The library: the upload queue, uses, measures, and slogans as the stage shows them. */
import { describe, expect, it } from 'vitest';
import type { Media, Slogan } from '../../../domain/catalogue/content.ts';
import { usesOf } from '../../../renderer/console/pages/library/item-uses.ts';
import {
  itemOfMedia,
  itemsMatching,
  libraryItems,
  placedDurationMs,
  placementOf,
} from '../../../renderer/console/pages/library/library-items.ts';
import { bytesText, codecText } from '../../../renderer/console/pages/library/measures.ts';
import { nameOfFile } from '../../../renderer/console/pages/library/name-of-file.ts';
import { beginningOf, newSloganDraft, parseSlogan } from '../../../renderer/console/pages/library/slogan-draft.ts';
import { CARD_SHARES, textWidthEm, tickerNeedsSeconds } from '../../../renderer/console/pages/library/slogan-limits.ts';
import { oneLine, textPhrases } from '../../../renderer/console/pages/library/text-pieces.ts';
import {
  createUploadQueue,
  isBusy,
  type TransferEvents,
} from '../../../renderer/console/pages/library/upload-queue.ts';
import { THEME_COLOURS } from '../../../renderer/console/theme/slogan-colours.ts';
import { SMALLEST_SHARE } from '../../../renderer/player/text/fit-card.ts';
import { tickerPass } from '../../../renderer/player/text/ticker-pass.ts';
import { SLOGAN_COLOURS } from '../../../renderer/player/theme/slogan-colours.ts';
import { campaign } from './campaign-samples.ts';

const film: Media = {
  id: 'film',
  name: '入户访问',
  nameEn: 'Home visit',
  unitId: 'centre',
  type: 'video',
  sha: 'a'.repeat(64),
  bytes: 1000,
  mime: 'video/mp4',
  codec: 'avc1.64001f',
  width: 1280,
  height: 720,
  durationMs: 18_000,
  addedAtMs: 1,
  fit: 'contain',
  pan: false,
  withdrawnAtMs: null,
};
const poster: Media = { ...film, id: 'poster', type: 'image', durationMs: null, codec: null, addedAtMs: 2 };
const slogan: Slogan = {
  id: 'slogan',
  unitId: 'centre',
  name: '安全',
  nameEn: null,
  text: '住所有变动，三日内申报',
  textEn: null,
  shape: 'ticker',
  theme: 'ink',
  durationMs: 20_000,
  withdrawnAtMs: null,
};

/** A queue over transfers that do nothing by themselves; `sent` holds what was asked of each, in order. */
function scripted() {
  const events: TransferEvents[] = [];
  const asked: string[] = [];
  const queue = createUploadQueue((file, _unit, told) => {
    events.push(told);
    const note = (what: string) => () => void asked.push(`${what} ${file.name}`);
    return { start: note('start'), pause: note('pause'), cancel: note('cancel') };
  });
  const states = (): string[] => queue.jobs().map(({ state }) => state.kind);
  return { queue, events, asked, states };
}
const file = (name: string): File => new File(['12345'], name);

describe('uploads', () => {
  it('[CC18] sends three at a time, and the next when one is through', () => {
    const { queue, events, asked, states } = scripted();
    queue.add([file('1'), file('2'), file('3'), file('4')], 'centre');
    expect(states()).toEqual(['sending', 'sending', 'sending', 'waiting']);
    events[0]?.onDone(film);
    expect(states()).toEqual(['done', 'sending', 'sending', 'sending']);
    expect(asked).toEqual(['start 1', 'start 2', 'start 3', 'start 4']);
  });

  it('[CC18] pauses and resumes; progress that was under way is not taken for going on', () => {
    const { queue, events, asked, states } = scripted();
    queue.add([file('1')], 'centre');
    events[0]?.onProgress(2);
    queue.pause('upload-1');
    events[0]?.onProgress(3);
    expect(queue.jobs()[0]).toMatchObject({ sentBytes: 2, state: { kind: 'paused' } });
    queue.resume('upload-1');
    expect(states()).toEqual(['sending']);
    expect(asked).toEqual(['start 1', 'pause 1', 'start 1']);
  });

  it('[CC18] a failed one says why and can be tried again; a removed one is called off unless it is done', () => {
    const { queue, events, asked, states } = scripted();
    queue.add([file('1'), file('2')], 'centre');
    events[0]?.onFailed(new Error('cut off'), true);
    expect(queue.jobs()[0]?.state).toMatchObject({ kind: 'failed', canRetry: true });
    queue.resume('upload-1');
    expect(states()).toEqual(['sending', 'sending']);
    events[1]?.onDone(null);
    queue.remove('upload-2');
    queue.remove('upload-1');
    expect(asked.filter((one) => one.startsWith('cancel'))).toEqual(['cancel 1']);
    expect(queue.jobs()).toEqual([]);
  });

  it('[CC19] stands as being checked until the server has said what the file is', () => {
    const { queue, events, states } = scripted();
    queue.add([file('1')], 'centre');
    events[0]?.onProgress(5);
    expect(states()).toEqual(['checking']);
    expect(isBusy(queue.jobs())).toBe(true);
    events[0]?.onDone(film);
    expect(states()).toEqual(['done']);
    expect(isBusy(queue.jobs())).toBe(false);
    queue.clearDone();
    expect(queue.jobs()).toEqual([]);
  });

  it('[CC20] calls a file by its name without the ending', () => {
    expect(['短片 安全.mp4', 'a.b.png', '.mp4'].map(nameOfFile)).toEqual(['短片 安全', 'a.b', '.mp4']);
    expect(nameOfFile('长'.repeat(300))).toHaveLength(200);
  });
});

describe('items', () => {
  const items = libraryItems([film, poster], [slogan]);

  it('[CC26] a poster has no length of its own and gets one where it is placed', () => {
    expect(items.map(({ kind }) => kind)).toEqual(['film', 'poster', 'ticker']);
    expect(placementOf(itemOfMedia(poster))).toEqual({ item: 'poster', durationMs: 10_000 });
    expect(placementOf(itemOfMedia(film))).toEqual({ item: 'film', durationMs: null });
    expect(placedDurationMs({ item: 'film', durationMs: 5 }, itemOfMedia(film))).toBe(18_000);
    expect(placedDurationMs({ item: 'poster', durationMs: 5000 }, itemOfMedia(poster))).toBe(5000);
  });

  it('finds items by names in both languages and by what slogans say', () => {
    expect(itemsMatching(items, 'HOME visit').map(({ id }) => id)).toEqual(['film', 'poster']);
    expect(itemsMatching(items, '三日').map(({ id }) => id)).toEqual(['slogan']);
    expect(itemsMatching(items, ' ')).toHaveLength(3);
  });

  it('[CC21] knows the campaigns, playlists and running lines an item is in', () => {
    const playlist = { id: 'p', name: 'p', nameEn: null, unitId: 'centre', items: [], ticker: ['slogan'] };
    expect(usesOf('film', [campaign({})], [playlist])).toMatchObject({ campaigns: [{ id: 'drive' }], playlists: [] });
    expect(usesOf('slogan', [campaign({})], [playlist])).toMatchObject({ campaigns: [], playlists: [{ id: 'p' }] });
  });

  it('says sizes and codecs as people know them', () => {
    expect([999, 1000, 286_400, 3_352_318, 999_600, 8e9].map(bytesText)).toEqual([
      '999 B',
      '1.0 KB',
      '286 KB',
      '3.4 MB',
      '1.0 MB',
      '8.0 GB',
    ]);
    expect(['avc1.64001f', 'hvc1', 'vp09.00', 'av01.0', 'H.264', 'mpeg4'].map(codecText)).toEqual([
      'H.264',
      'H.265',
      'VP9',
      'AV1',
      'H.264',
      'mpeg4',
    ]);
  });
});

describe('slogans', () => {
  it('[CC22] the preview has the colours and limits of the stage', () => {
    expect(THEME_COLOURS).toEqual(SLOGAN_COLOURS);
    expect(CARD_SHARES.smallest).toBe(SMALLEST_SHARE);
  });

  it('[CC22] the time advised for a ticker is one at which the stage shows it', () => {
    for (const textEm of [1, 20, 59, 60, 61, 200, 1000]) {
      const seconds = tickerNeedsSeconds(textEm, 16 / 9);
      const pass = tickerPass({ textEm, widthPx: 1920, heightPx: 1080, durationMs: seconds * 1000 });
      expect(pass, `${textEm} em in ${seconds} s`).not.toHaveProperty('refused');
    }
    expect(textWidthEm('住所 12')).toBeCloseTo(2 + 3 * 0.56);
  });

  it('[CC23] splits into phrases of whole words; no line begins with a mark', () => {
    const phrases = textPhrases('看证件、问来意，\n入户人员（持证）请您放心！');
    expect(phrases.map(({ words }) => words.join(''))).toEqual(['看证件、', '问来意，', '入户人员（持证）请您放心！']);
    expect(phrases.map(({ lineEnds }) => lineEnds)).toEqual([false, true, false]);
    for (const { words } of phrases) for (const word of words) expect(word).not.toMatch(/^[、，！）]|（$/);
    expect(oneLine(' 一行\n二行  三 ')).toBe('一行\u3000二行 三');
  });

  it('[CC24] takes its name from the beginning of its text', () => {
    const draft = { ...newSloganDraft('s', 'centre'), text: '出租房屋要登记，安全责任记心里，人人都要记得牢' };
    expect(parseSlogan(draft)).toMatchObject({ ok: true, slogan: { name: beginningOf(draft.text), textEn: null } });
    expect(beginningOf(draft.text)).toHaveLength(20);
    expect(beginningOf('短\n第二行')).toBe('短');
  });

  it('[CC5] says what is wrong with a slogan', () => {
    const draft = newSloganDraft('s', 'centre');
    expect(parseSlogan(draft)).toEqual({ ok: false, faults: { text: 'textMissing' } });
    expect(parseSlogan({ ...draft, text: '字', durationMs: 1000 })).toEqual({
      ok: false,
      faults: { durationMs: 'durationWrong' },
    });
    expect(parseSlogan({ ...draft, text: '字'.repeat(5001), textEn: 'x'.repeat(5001) })).toEqual({
      ok: false,
      faults: { text: 'textLong', textEn: 'textLong' },
    });
  });
});
