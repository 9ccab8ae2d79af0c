/** What is seen where the player has no window: the desktop's own picture, which outlives the player. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../write-whole.ts';
import { DISPLAY_WORDS, type DisplayMachine } from './find-display-power.ts';
import { findTool } from './find-tool.ts';

/** The port to the desktop. All reject where the disk or the program fails, with the reason. */
export type Backdrop = {
  /** Makes `jpeg` the desktop's picture, and keeps it for the next start. */
  put(jpeg: Uint8Array): Promise<void>;
  /** Makes the picture that was put last the desktop's again; without one the desktop is left alone. */
  putLast(): Promise<void>;
  /** The picture that was put last is no more, and the desktop is black. */
  clear(): Promise<void>;
};

/** The folder of the picture below the player's data, and its path there while there is one. */
export const backdropFolder = (data: string): string => join(data, 'backdrop');
export const keptPicture = (data: string): string => join(backdropFolder(data), LAST);

const LAST = 'last.jpg';

/** Makes the file at `path` the desktop's picture. */
type Paint = (path: string) => Promise<void>;

/** One black dot as PNG. */
const BLACK = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==';

/** Whether a Wayland compositor shows the windows; it says how large they are, and puts none where it was asked to. */
export const isWayland = (env: DisplayMachine['env']): boolean => Boolean(env.WAYLAND_DISPLAY);

/** Whether what stands behind all windows is a desktop that can have a picture: a Wayland compositor for one program, such as cage, has none. */
export const isBareX = (env: DisplayMachine['env']): boolean => Boolean(env.DISPLAY) && !isWayland(env);

/** Whether something is behind the player, for its window to wait until it has something better to show: `command` names the program that puts it there. */
export const hasBehind = (command: string, env: DisplayMachine['env']): boolean =>
  isBareX(env) || (isWayland(env) && command !== DISPLAY_WORDS.auto && command !== DISPLAY_WORDS.none);

/**
 * The desktop's picture, kept in `folder`: `command` names a program that is run with the path of a picture, `none` leaves the desktop alone, `auto` takes `feh`
 * under X11. Null where there is none.
 */
export function findBackdrop(
  command: string,
  machine: Pick<DisplayMachine, 'env' | 'isExecutable' | 'run'>,
  folder: string,
): Backdrop | null {
  const { env, run } = machine;
  if (command === DISPLAY_WORDS.none) return null;
  if (command !== DISPLAY_WORDS.auto) {
    return createBackdrop(folder, async (path) => {
      await run(command, [path]);
    });
  }
  const feh = isBareX(env) ? findTool('feh', machine) : undefined;
  if (feh === undefined) return null;
  return createBackdrop(folder, async (path) => {
    await run(feh, ['--no-fehbg', '--bg-fill', path]);
  });
}

function createBackdrop(folder: string, paint: Paint): Backdrop {
  const last = join(folder, LAST);
  const black = join(folder, 'black.png');
  return {
    async put(jpeg) {
      await writeWhole(last, jpeg);
      await paint(last);
    },
    async putLast() {
      if (existsSync(last)) await paint(last);
    },
    async clear() {
      await rm(last, { force: true });
      await writeWhole(black, Buffer.from(BLACK, 'base64'));
      await paint(black);
    },
  };
}
