/** Real media files, whole and broken. Damage is done to bytes of the sample's films, so that no encoder is needed. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Output, WebMOutputFormat } from 'mediabunny';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { inspectMedia, VIDEO_CODECS } from '../../../server/media/inspect-media.ts';
import { SAMPLE_MEDIA } from '../content/content-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'xunbo-media-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILM = join(SAMPLE_MEDIA, 'film-home-visit.mp4');
const film = readFileSync(FILM);

/** Writes `bytes` as a file and inspects it. */
async function inspectBytes(name: string, bytes: Uint8Array | string) {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return inspectMedia(file);
}

/** The film with the bytes `offset` past the box of this type changed. */
function changed(box: string, offset: number, bytes: Uint8Array): Buffer {
  const copy = Buffer.from(film);
  const at = copy.indexOf(box, copy.indexOf('moov'), 'latin1');
  expect(at).toBeGreaterThan(0);
  copy.set(bytes, at + offset);
  return copy;
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** A WebM file of packets that hold no real pictures: containers are looked into, pictures are not. */
async function makeWebm(codec: 'vp8' | 'vp9', count: number, frameS: number): Promise<Uint8Array> {
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source);
  await output.start();
  const decoderConfig = { codec: codec === 'vp8' ? 'vp8' : 'vp09.00.31.08', codedWidth: 640, codedHeight: 360 };
  for (let k = 0; k < count; k += 1) {
    const packet = new EncodedPacket(new Uint8Array(500).fill(k), k === 0 ? 'key' : 'delta', k * frameS, frameS);
    await source.add(packet, { decoderConfig });
  }
  await output.finalize();
  if (!target.buffer) throw new Error('no bytes');
  return new Uint8Array(target.buffer);
}

describe('whole files', () => {
  test.each([
    ['film-home-visit.mp4', 15_000],
    ['film-book-visit.mp4', 14_000],
    ['film-rental-safety.mp4', 16_000],
    ['film-tenant-declare.mp4', 12_000],
  ])('[F16] [F17] %s is H.264 of %i ms', async (name, durationMs) => {
    const bytes = readFileSync(join(SAMPLE_MEDIA, name));
    expect(await inspectMedia(join(SAMPLE_MEDIA, name))).toEqual({
      ok: true,
      value: {
        type: 'video',
        mime: 'video/mp4',
        sha: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.length,
        codec: expect.stringMatching(/^avc1\.[0-9a-f]{6}$/),
        width: 1280,
        height: 720,
        durationMs,
        frameRate: 25,
      },
    });
  });

  test.each([
    ['poster-home-visit-portrait.png', 'image/png', 1080, 1920],
    ['poster-rental-rules-landscape.png', 'image/png', 1920, 1080],
    ['poster-book-visit-landscape.webp', 'image/webp', 1920, 1080],
  ])('[F14] %s is an image', async (name, mime, width, height) => {
    const facts = { type: 'image', mime, width, height, codec: null, durationMs: null };
    expect(await inspectMedia(join(SAMPLE_MEDIA, name))).toMatchObject({ ok: true, value: facts });
  });

  test('[F14] a photo that was taken upright has the size it is shown with', async () => {
    const photo = sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } });
    const jpeg = await photo.jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await inspectBytes('a.jpg', jpeg)).toMatchObject({
      ok: true,
      value: { mime: 'image/jpeg', width: 40, height: 60 },
    });
  });

  test.each(['vp8', 'vp9'] as const)('[F16] WebM with %s plays', async (codec) => {
    const facts = { mime: 'video/webm', durationMs: 2000, width: 640, height: 360 };
    expect(await inspectBytes('a.webm', await makeWebm(codec, 50, 0.04))).toMatchObject({ ok: true, value: facts });
  });

  test('[F14] a name says nothing: a film called .png is a film, a poster called .mp4 a poster', async () => {
    const disguised = join(folder, 'film.png');
    copyFileSync(FILM, disguised);
    expect(await inspectMedia(disguised)).toMatchObject({ ok: true, value: { type: 'video', mime: 'video/mp4' } });
    const poster = readFileSync(join(SAMPLE_MEDIA, 'poster-book-visit-landscape.webp'));
    expect(await inspectBytes('poster.mp4', poster)).toMatchObject({
      ok: true,
      value: { type: 'image', mime: 'image/webp' },
    });
  });
});

describe('files that cannot be read', () => {
  test.each([
    ['an empty file', ''],
    ['a Matroska file (MKV)', Buffer.from('1a45dfa3934282886d6174726f736b61', 'hex')],
    ['a QuickTime file (MOV)', Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0qt  ', 'latin1')],
    ['a GIF image', 'GIF89a'],
    ['a text file (HTML, XML or SVG)', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a ZIP archive or office document', 'PK\x03\x04'],
    ['a file of no known type (it begins with 00 01 02 03)', Uint8Array.of(0, 1, 2, 3)],
  ])('[F15] %s is refused under any name, with what is accepted', async (found, bytes) => {
    const result = await inspectBytes('film.mp4', bytes);
    expect(result).toMatchObject({ ok: false, error: { code: 'media-unreadable' } });
    if (!result.ok) {
      expect(result.error.message).toBe(`The media file cannot be read: ${found}.`);
      expect(result.error.faults).toEqual([
        { place: 'file', value: found, allowed: 'a whole file of MP4, WebM, PNG, JPEG, WebP' },
      ]);
    }
  });

  test.each([20, 40, 1000, 12_000, 500_000, film.length - 1])('[F15] a film cut off after %i bytes', async (length) => {
    expect(await inspectBytes('cut.mp4', film.subarray(0, length))).toMatchObject({
      ok: false,
      error: { code: 'media-unreadable' },
    });
  });

  test('[F15] a WebM film cut off', async () => {
    const webm = await makeWebm('vp9', 50, 0.04);
    for (const length of [80, webm.length / 2, webm.length - 1]) {
      expect(await inspectBytes('cut.webm', webm.subarray(0, length)), `${length}`).toMatchObject({
        ok: false,
        error: { code: 'media-unreadable' },
      });
    }
  });

  test('[F15] a film whose structure is damaged', async () => {
    const damaged = Buffer.from(film);
    damaged.fill(0x5a, damaged.indexOf('moov') + 4, damaged.indexOf('moov') + 4000);
    expect(await inspectBytes('damaged.mp4', damaged)).toMatchObject({
      ok: false,
      error: { code: 'media-unreadable' },
    });
  });

  test('[F15] images cut off or damaged', async () => {
    for (const name of ['poster-home-visit-portrait.png', 'poster-book-visit-landscape.webp']) {
      const bytes = readFileSync(join(SAMPLE_MEDIA, name));
      for (const length of [30, bytes.length / 2, bytes.length - 2000]) {
        expect(await inspectBytes(name, bytes.subarray(0, length)), `${name} ${length}`).toMatchObject({
          ok: false,
          error: { code: 'media-unreadable' },
        });
      }
    }
  });

  test('[F15] an image of too many pixels is refused before it is decoded', async () => {
    const wide = sharp({ create: { width: 10_000, height: 5001, channels: 3, background: 'red' } });
    const result = await inspectBytes('wide.png', await wide.png().toBuffer());
    expect(result).toMatchObject({
      ok: false,
      error: {
        code: 'media-unreadable',
        faults: [{ value: 'an image of 10000 × 5001 pixels', allowed: 'an image of at most 50000000 pixels' }],
      },
    });
  });

  test('[F15] a file that is not there rejects', async () => {
    await expect(inspectMedia(join(folder, 'nowhere.mp4'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('codecs and durations', () => {
  test.each(['zzz1', 'mp4v'])('[F16] the codec %s is refused by name, with those that play', async (codec) => {
    const result = await inspectBytes('codec.mp4', changed('avc1', 0, Buffer.from(codec)));
    expect(result).toMatchObject({
      ok: false,
      error: {
        code: 'media-codec-unknown',
        faults: [{ place: 'codec', value: codec, allowed: VIDEO_CODECS.join(', ') }],
      },
    });
    expect(VIDEO_CODECS).toEqual(['H.264 (MP4)', 'VP8 (WebM)', 'VP9 (WebM, MP4)', 'AV1 (WebM, MP4)']);
  });

  test.each([
    ['the header of the file', 'mvhd', 20, uint32(60_000), '60.00 s'],
    ['the header of the video track', 'stts', 16, uint32(512 * 3), '15.00 s'],
  ])('[F17] %s contradicts the rest', async (what, box, offset, bytes, says) => {
    const result = await inspectBytes('duration.mp4', changed(box, offset, bytes));
    expect(result).toMatchObject({ ok: false, error: { code: 'media-duration-wrong' } });
    if (!result.ok) expect(result.error.message).toContain(`${what} says ${says}`);
  });

  test('[F17] a film of no length is refused', async () => {
    const result = await inspectBytes('none.mp4', changed('stts', 16, uint32(0)));
    expect(result).toMatchObject({ ok: false, error: { code: 'media-duration-wrong' } });
  });
});
