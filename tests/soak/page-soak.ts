/** The stage page through thousands of changes of films, images and slogans: what it takes of memory, early and late. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StageContent } from '../../protocol/stage.ts';
import { builtStage, launchUnwatched, processTree, type UnwatchedBrowser } from '../bench/player/bench-stage.ts';
import { makeNumberedFilm } from '../helpers/numbered-film.ts';
import { startStageAgent } from '../helpers/stage-agent.ts';

const MEDIA = fileURLToPath(new URL('../../playlists/media/', import.meta.url));
const SLOT_MS = 400;
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
    let early: PageMemory | null = null;
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
      if (k + 1 === WARM_UP) early = await memoryOf(browser);
      if ((k + 1) % 400 === 0) {
        const { heap, processes } = await memoryOf(browser);
        tell(
          `${k + 1} changes: heap ${(heap / 2 ** 20).toFixed(2)} MiB, processes ${(processes / 2 ** 20).toFixed(0)} MiB`,
        );
      }
    }
    const late = await memoryOf(browser);
    return { early: early ?? late, late };
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
  return { heap, processes: processTree(browser.pid).reduce((sum, pid) => sum + shareOf(pid), 0) };
}

/** Proportional set size of a process, bytes. */
function shareOf(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}
