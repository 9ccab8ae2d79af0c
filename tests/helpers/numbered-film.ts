/** Films whose every frame says, in black and white blocks, which film and which frame it is, for cameras and screen recordings. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Frames a second of a numbered film. */
export const NUMBERED_RATE = 30;
/** Size of the picture; each block is a square of {@link BLOCK} pixels. */
export const NUMBERED_SIZE = { width: 640, height: 360 } as const;
/** Side of one block in the film's own pixels. */
export const BLOCK = 40;

const FRAME_BITS = 12;
const FILM_BITS = 6;

/** What a picture says: which film, which frame of it; null where it is no picture of a numbered film. */
export type FrameMark = { film: number; frame: number } | null;

/**
 * Makes an H.264 film of `frames` frames in `folder` and gives its path. `film` is 0 to 63. The first row of blocks is the frame number, lowest bit
 * first; the second the film's; the third is white, black, white, black. With `sound` the film carries a tone as an AAC track of its own length.
 */
export function makeNumberedFilm(folder: string, film: number, frames: number, sound: 'silent' | 'tone' = 'silent') {
  const path = join(folder, `numbered-${film}-${sound}.mp4`);
  const seconds = frames / NUMBERED_RATE;
  const tone = ['-f', 'lavfi', '-i', `sine=${220 + 40 * film}:sample_rate=48000:duration=${seconds}`, '-c:a', 'aac'];
  const bit = (value: string): string => `if(mod(floor(${value}/pow(2,floor(X/${BLOCK}))),2),235,16)`;
  const rows = [
    `lt(Y,${BLOCK})*${bit('N')}`,
    `between(Y,${BLOCK},${2 * BLOCK - 1})*${bit(String(film))}`,
    `between(Y,${2 * BLOCK},${3 * BLOCK - 1})*if(mod(floor(X/${BLOCK}),2),16,235)`,
    `gte(Y,${3 * BLOCK})*(60+mod(X+N*4,120))`,
  ];
  const { width, height } = NUMBERED_SIZE;
  const made = spawnSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `color=gray:s=${width}x${height}:r=${NUMBERED_RATE}`],
      ...(sound === 'tone' ? tone.slice(0, 4) : []),
      ...['-vf', `geq=lum='${rows.join('+')}':cb=128:cr=128`, '-t', String(seconds)],
      ...[
        '-c:v',
        'libx264',
        '-preset',
        'veryfast',
        '-crf',
        '18',
        '-pix_fmt',
        'yuv420p',
        ...(sound === 'tone' ? tone.slice(4) : []),
        path,
      ],
    ],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`ffmpeg: ${made.stderr || made.error}`);
  return path;
}

/** Makes a PNG that is the first frame of film `film`, in `folder`, and gives its path. */
export function makeNumberedImage(folder: string, film: number): string {
  const path = join(folder, `numbered-${film}.png`);
  const of = makeNumberedFilm(folder, film, 1);
  const made = spawnSync('ffmpeg', ['-v', 'error', '-y', '-i', of, '-frames:v', '1', path], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`ffmpeg: ${made.stderr || made.error}`);
  return path;
}

/** Reads a grey picture of the film's own size, one byte a pixel, `width` pixels a row, of which the first three rows of blocks are needed. */
export function readFrameMark(grey: Uint8Array, width: number): FrameMark {
  const isLight = (column: number, row: number): boolean =>
    (grey[(row * BLOCK + BLOCK / 2) * width + column * BLOCK + BLOCK / 2] ?? 0) > 125;
  for (let column = 0; column < 8; column += 1) if (isLight(column, 2) !== (column % 2 === 0)) return null;
  const number = (row: number, bits: number): number => {
    let value = 0;
    for (let k = 0; k < bits; k += 1) if (isLight(k, row)) value += 2 ** k;
    return value;
  };
  return { film: number(1, FILM_BITS), frame: number(0, FRAME_BITS) };
}
