// Makes the sample films and posters: paints every frame in headless Chromium and encodes with FFmpeg.
// Run: node playlists/media/make-media.ts [name ...]   (no name makes everything)
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const HERE = new URL('./', import.meta.url);
const ORIGIN = 'http://scenes.invalid';
const FPS = 25;
const BATCH = 25;
const SAMPLE_RATE = 48_000;
const AAC_FRAME = 1024;

interface FilmEntry {
  id: string;
  sound: boolean;
  lengthMs: number;
}

interface PosterEntry {
  id: string;
  format: string;
}

interface Works {
  films: FilmEntry[];
  posters: PosterEntry[];
}

async function openStage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  // The scenes are served from memory with their types stripped, so no build step and no network is needed.
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/') {
      const body =
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><script type="module" src="/stage.ts">' +
        '</script></html>';
      await route.fulfill({ contentType: 'text/html', body });
      return;
    }
    const source = await readFile(new URL(`scenes${path}`, HERE), 'utf8');
    await route.fulfill({ contentType: 'text/javascript', body: stripTypeScriptTypes(source) });
  });
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction('window.stage !== undefined');
  // A font that is still loading would silently give the first frames another typeface.
  await page.evaluate('document.fonts.load("700 40px \'Noto Sans CJK SC\'", "入户")');
  return page;
}

/** A soft three-note pad that fades in and out; shortened to whole AAC frames so it never outlasts the film. */
function padSource(lengthMs: number): string[] {
  const frames = Math.floor(((lengthMs / 1000) * SAMPLE_RATE) / AAC_FRAME) - 1;
  const seconds = (frames * AAC_FRAME) / SAMPLE_RATE;
  const note = (hz: number, level: number, beat: number): string =>
    `${level}*sin(2*PI*${hz}*t)*(0.75+0.25*sin(2*PI*${beat}*t))`;
  const left = [note(196, 0.03, 0.2), note(293.66, 0.02, 0.13), note(392, 0.012, 0.31)].join('+');
  const right = [note(196.4, 0.03, 0.17), note(246.94, 0.02, 0.23), note(392.5, 0.012, 0.29)].join('+');
  const fade = `min(1,min(t/1.2,(${seconds}-t)/1.4))`;
  return [
    '-f',
    'lavfi',
    '-t',
    String(seconds),
    '-i',
    `aevalsrc='(${left})*${fade}|(${right})*${fade}':s=${SAMPLE_RATE}`,
  ];
}

function startEncoder(film: FilmEntry, target: string): ChildProcess {
  const sound = film.sound ? padSource(film.lengthMs) : [];
  const soundOut = film.sound ? ['-map', '1:a', '-c:a', 'aac', '-b:a', '48k', '-flags:a', '+bitexact'] : [];
  return spawn(
    'ffmpeg',
    [
      '-hide_banner',
      '-loglevel',
      'error',
      '-y',
      '-f',
      'image2pipe',
      '-c:v',
      'png',
      '-framerate',
      String(FPS),
      '-i',
      'pipe:0',
      ...sound,
      '-map',
      '0:v',
      '-vf',
      'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p',
      '-c:v',
      'libx264',
      '-profile:v',
      'high',
      '-level',
      '3.1',
      '-preset',
      'veryslow',
      '-crf',
      '27',
      '-tune',
      'animation',
      '-g',
      String(FPS),
      '-keyint_min',
      String(FPS),
      '-sc_threshold',
      '0',
      '-x264-params',
      'open-gop=0',
      '-maxrate',
      '3000k',
      '-bufsize',
      '3000k',
      '-color_primaries',
      'bt709',
      '-color_trc',
      'bt709',
      '-colorspace',
      'bt709',
      '-color_range',
      'tv',
      ...soundOut,
      // No dates and no tool names in the container, so the same scenes give the same bytes.
      '-map_metadata',
      '-1',
      '-fflags',
      '+bitexact',
      '-flags:v',
      '+bitexact',
      '-movflags',
      '+faststart',
      '-video_track_timescale',
      '12800',
      target,
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
}

async function makeFilm(page: Page, film: FilmEntry): Promise<string> {
  const target = fileURLToPath(new URL(`${film.id}.mp4`, HERE));
  const encoder = startEncoder(film, target);
  const ended = once(encoder, 'close');
  const { stdin } = encoder;
  if (stdin === null) {
    throw new Error('the encoder takes no input');
  }
  const count = Math.round((film.lengthMs * FPS) / 1000);
  for (let first = 0; first < count; first += BATCH) {
    const times = Array.from({ length: Math.min(BATCH, count - first) }, (_, i) => ((first + i) * 1000) / FPS);
    const pictures = await page.evaluate<string[]>(
      `window.stage.frames(${JSON.stringify(film.id)}, ${JSON.stringify(times)})`,
    );
    for (const picture of pictures) {
      if (!stdin.write(Buffer.from(picture, 'base64'))) {
        await once(stdin, 'drain');
      }
    }
  }
  stdin.end();
  const [code] = await ended;
  if (code !== 0) {
    throw new Error(`ffmpeg ended with ${String(code)} for ${film.id}`);
  }
  return target;
}

async function makePoster(page: Page, { id, format }: PosterEntry): Promise<string> {
  const target = fileURLToPath(new URL(`${id}.${format}`, HERE));
  const picture = await page.evaluate<string>(`window.stage.still(${JSON.stringify(id)})`);
  await writeFile(target, Buffer.from(picture, 'base64'));
  return target;
}

async function makeAll(wanted: string[]): Promise<void> {
  const chosen = (id: string): boolean => wanted.length === 0 || wanted.includes(id);
  // Playwright gives each launch a fresh profile folder and removes it afterwards.
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  try {
    const page = await openStage(browser);
    const works = await page.evaluate<Works>('window.stage.works');
    const files: string[] = [];
    for (const poster of works.posters.filter((one) => chosen(one.id))) {
      files.push(await makePoster(page, poster));
    }
    for (const film of works.films.filter((one) => chosen(one.id))) {
      files.push(await makeFilm(page, film));
    }
    for (const file of files) {
      console.log(`${file.slice(file.lastIndexOf('/') + 1)}  ${(await stat(file)).size} bytes`);
    }
  } finally {
    await browser.close();
  }
}

await makeAll(process.argv.slice(2));
