/** Chooses what shows the page on this machine: Electron where there is one, else a Chromium. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, isExecutableFile } from '../main/stage/find-chromium.ts';
import { PROJECT_FOLDER } from './project.ts';
import { runQuietly } from './run-quietly.ts';

/** A way to show the page. `wrapper`: the command that lends a display where there is none. */
export type Shell =
  | { kind: 'electron'; executable: string; isHeadless: boolean; wrapper: string | null }
  | { kind: 'chromium'; executable: string; isHeadless: boolean };

/** What is asked for; `canFetch` false leaves the network alone. */
export type ShellWish = {
  shell: 'auto' | 'electron' | 'chromium';
  headless: boolean;
  canFetch: boolean;
};

type Env = Readonly<Record<string, string | undefined>>;

const FETCH_LIMIT_MS = 20_000;

/** The shell of this machine for a wish, or null where there is none. */
export async function findShell(
  wish: ShellWish = { shell: 'auto', headless: false, canFetch: true },
  env: Env = process.env,
): Promise<Shell | null> {
  const isHeadless = wish.headless || !hasDisplay(process.platform, env);
  const chromium = (): Shell | null => {
    const executable = findChromium({ platform: process.platform, env, isExecutable: isExecutableFile });
    return executable ? { kind: 'chromium', executable, isHeadless } : null;
  };
  const electron = (): Promise<Shell | null> => electronShell(isHeadless, wish.canFetch, env);
  if (wish.shell === 'chromium') return chromium();
  if (wish.shell === 'electron') return await electron();
  // Without a display a headless Chromium is the shorter way; Electron would need a virtual one.
  return isHeadless ? (chromium() ?? (await electron())) : ((await electron()) ?? chromium());
}

/** Whether windows can be opened. */
export function hasDisplay(platform: NodeJS.Platform, env: Env): boolean {
  return platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

async function electronShell(isHeadless: boolean, canFetch: boolean, env: Env): Promise<Shell | null> {
  const wrapper = isHeadless ? onPath('xvfb-run', env) : null;
  if (isHeadless && !wrapper) return null;
  const executable =
    electronExecutable(env) ?? (canFetch && (await fetchElectron(env)) ? electronExecutable(env) : null);
  return executable ? { kind: 'electron', executable, isHeadless, wrapper } : null;
}

/** The Electron binary that is there already, or null. */
export function electronExecutable(env: Env): string | null {
  const folders = [env.ELECTRON_OVERRIDE_DIST_PATH, join(PROJECT_FOLDER, 'node_modules/electron/dist')];
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' } as Record<string, string>;
  const name = names[process.platform] ?? 'electron';
  const found = folders.flatMap((folder) => (folder ? [join(folder, name)] : [])).find(isExecutableFile);
  return found ?? null;
}

/** Lets Electron's own installer fetch the binary, for a limited time. */
async function fetchElectron(env: Env): Promise<boolean> {
  const installer = join(PROJECT_FOLDER, 'node_modules/electron/install.js');
  if (!existsSync(installer) || env.npm_config_offline === 'true' || env.ELECTRON_SKIP_BINARY_DOWNLOAD) return false;
  return await runQuietly(process.execPath, [installer], { timeoutMs: FETCH_LIMIT_MS });
}

function onPath(name: string, env: Env): string | null {
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutableFile) ?? null;
}

/** What a person has to do where no shell was found. */
export function missingShellAdvice(platform: NodeJS.Platform): string {
  if (platform === 'linux') {
    return 'install a browser, for instance: sudo apt-get update && sudo apt-get install -y chromium fonts-noto-cjk';
  }
  return 'install Chromium, Google Chrome or Microsoft Edge, or run: node node_modules/electron/install.js';
}
