/** The stage page through thousands of changes of films, images and slogans: what it takes of memory, early and late. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StageContent } from '../../protocol/stage.ts';
import { launchUnwatched, processTree, type UnwatchedBrowser } from '../bench/player/bench-stage.ts';
import { builtStage } from '../helpers/built-stage.ts';
import { makeNumberedFilm } from '../helpers/numbered-film.ts';
import { startStageAgent } from '../helpers/stage-agent.ts';

const MEDIA = fileURLToPath(new URL('../../playlists/media/', import.meta.url));
const SLOT_MS = 400;
/** How long the browser has to let go of what it was asked for. */
const RELEASE_MS = 1000;
/** From here on memory is to stay where it is. */
export const WARM_UP = 200;

/** Memory in bytes: of the script's heap after a collection, and of all processes of the browser (proportional set size). */
export type PageMemory = { heap: number; processes: number };

/** Plays `changes` slots of {@link SLOT_MS} and gives what was used after {@link WARM_UP} of them and at the end. */
export async function soakPage(
  changes: number,
  tell: (text: string) => void = () => undefined,
): Promise<{ early: PageMemory; late: PageMemory }> {
  const { folder, stage, remove } = await builtStage();
  const agent = await startStageAgent(stage);
  const browser = await launchUnwatched(agent.url, folder);
  try {
    await agent.wait('ready');
    const contents = contentsFor(folder, (path, mime) => {
      const sha = createHash('sha256').update(path).digest('hex');
      agent.media.set(sha, { path, mime });
      return `media/${sha}`;
    });
    const early: PageMemory[] = [];
    const late: PageMemory[] = [];
    for (let k = 0; k < changes; k += 1) {
      const content = contents[k % contents.length];
      if (!content) throw new Error('there is nothing to show');
      const id = `slot-${k}`;
      const from = agent.heard.length;
      agent.command({ type: 'prepare', id, content, durationMs: SLOT_MS });
      await agent.wait('prepared', id, { from });
      agent.command({ type: 'show', id, inMs: 0 });
      await agent.wait('started', id, { from });
      await new Promise((resolve) => setTimeout(resolve, SLOT_MS / 2));
      // The test's own list of events is not what is measured.
      if (k % 50 === 49) agent.heard.length = 0;
      // Decoders and pictures come and go with what is on: of one round of all contents the least counts.
      const isNear = k + 1 > WARM_UP - contents.length && k + 1 <= WARM_UP;
      if (isNear || k + 1 > changes - contents.length) (isNear ? early : late).push(await memoryOf(browser));
      if ((k + 1) % 400 === 0) tell(`${k + 1} changes`);
    }
    return { early: leastOf(early), late: leastOf(late) };
  } finally {
    await browser.close();
    await agent.close();
    await remove();
  }
}

function contentsFor(folder: string, serve: (path: string, mime: string) => string): StageContent[] {
  const films = [0, 1, 2].map(
    (film): StageContent => ({
      type: 'video',
      url: serve(makeNumberedFilm(folder, film, 30), 'video/mp4'),
      mime: 'video/mp4',
    }),
  );
  const posters = ['poster-home-visit-portrait.png', 'poster-rental-rules-landscape.png'].map(
    (name, k): StageContent => ({
      type: 'image',
      url: serve(join(MEDIA, name), 'image/png'),
      fit: k === 0 ? 'contain' : 'cover',
      pan: k === 1,
    }),
  );
  const cards = (['red', 'blue', 'jade'] as const).map(
    (theme): StageContent => ({ type: 'card', text: '租住登记，平安你我', textEn: 'Register your stay', theme }),
  );
  return films.flatMap((film, k) => [film, posters[k % posters.length] ?? film, cards[k] ?? film]);
}

async function memoryOf(browser: UnwatchedBrowser): Promise<PageMemory> {
  const heap = await browser.heapBytes();
  await new Promise((resolve) => setTimeout(resolve, RELEASE_MS));
  return { heap, processes: processTree(browser.pid).reduce((sum, pid) => sum + shareOf(pid), 0) };
}

const leastOf = (samples: readonly PageMemory[]): PageMemory => ({
  heap: Math.min(...samples.map(({ heap }) => heap)),
  processes: Math.min(...samples.map(({ processes }) => processes)),
});

/** Proportional set size of a process, bytes. */
function shareOf(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}
