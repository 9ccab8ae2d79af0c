/** Stills of images and films, with and without a decoder. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { inspectMedia, type MediaFacts } from '../../../server/media/inspect-media.ts';
import { makeStill } from '../../../server/media/make-still.ts';
import { placeholderStill } from '../../../server/media/placeholder-still.ts';
import { SAMPLE_MEDIA } from '../content/content-folder.ts';

async function sampleOf(name: string): Promise<[string, MediaFacts]> {
  const file = join(SAMPLE_MEDIA, name);
  const facts = await inspectMedia(file);
  if (!facts.ok) throw facts.error;
  return [file, facts.value];
}

test.each([
  ['poster-book-visit-landscape.webp', 480, 270],
  ['poster-home-visit-portrait.png', 480, 853],
])('[F18] the still of %s is itself, smaller', async (name, width, height) => {
  const still = await makeStill(...(await sampleOf(name)));
  expect(still.from).toBe('image');
  expect(await sharp(still.webp).metadata()).toMatchObject({ format: 'webp', width, height });
});

test('[F18] without a decoder the still of a film is a placeholder', async () => {
  const still = await makeStill(...(await sampleOf('film-book-visit.mp4')), '/nowhere/ffmpeg');
  expect(still.from).toBe('placeholder');
  expect(await sharp(still.webp).metadata()).toMatchObject({ format: 'webp', width: 480, height: 270 });
});

test.skipIf(process.platform === 'win32')(
  '[F18] a decoder gives a frame; one that fails or gives no picture gives a placeholder',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xunbo-still-'));
    const decoder = (script: string): string => {
      const file = join(folder, 'ffmpeg');
      writeFileSync(file, `#!/bin/sh\n${script}\n`);
      chmodSync(file, 0o755);
      return file;
    };
    const sample = await sampleOf('film-book-visit.mp4');
    const poster = join(SAMPLE_MEDIA, 'poster-rental-rules-landscape.png');
    const from = async (script: string) => (await makeStill(...sample, decoder(script))).from;
    expect(await from(`cat '${poster}'`)).toBe('frame');
    expect(await from('exit 1')).toBe('placeholder');
    expect(await from('exit 0')).toBe('placeholder');
    expect(await from('echo no picture')).toBe('placeholder');
    rmSync(folder, { recursive: true });
  },
);

test('[F18] the placeholder shows minutes and seconds, whatever they are', async () => {
  for (const durationMs of [1, 15_000, 754_600, 36_000_000]) {
    const svg = placeholderStill(durationMs);
    expect(svg).not.toContain('d=""');
    await expect(sharp(Buffer.from(svg)).stats()).resolves.toBeDefined();
  }
});
