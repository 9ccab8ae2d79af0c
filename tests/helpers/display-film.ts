/** Films a display, ten small pictures a second. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Pictures are this large, one byte of brightness a pixel. */
const WIDTH = 96;
const HEIGHT = 54;
const FRAME_BYTES = WIDTH * HEIGHT;

/** A film under way. */
export type DisplayFilm = {
  /** What was filmed so far, oldest first. */
  pictures(): Uint8Array[];
  end(): Promise<void>;
};

/** Starts to film a display of that size. */
export function filmDisplay(display: string, size = '1920x1080'): DisplayFilm {
  const grab = ['-f', 'x11grab', '-framerate', '10', '-video_size', size, '-i', display];
  const small = ['-vf', `scale=${WIDTH}:${HEIGHT}:flags=area`, '-f', 'rawvideo', '-pix_fmt', 'gray', '-'];
  const filming = spawn('ffmpeg', ['-v', 'error', '-draw_mouse', '0', ...grab, ...small], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let bytes = Buffer.alloc(0);
  filming.stdout.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
  });
  return {
    pictures: () =>
      Array.from({ length: Math.floor(bytes.length / FRAME_BYTES) }, (_, n) =>
        bytes.subarray(n * FRAME_BYTES, (n + 1) * FRAME_BYTES),
      ),
    async end() {
      if (filming.exitCode !== null || filming.signalCode !== null) return;
      const exit = once(filming, 'exit');
      filming.kill();
      await exit;
    },
  };
}

/** How far apart two pictures are: the mean difference of brightness, 0 to 255. */
export const apart = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, k) => sum + Math.abs(value - (b[k] ?? 0)), 0) / FRAME_BYTES;

/** Mean brightness of a picture, 0 to 255. */
export const brightness = (picture: Uint8Array): number => picture.reduce((sum, value) => sum + value, 0) / FRAME_BYTES;
