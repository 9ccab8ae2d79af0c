/** Finds a Chromium, Chrome or Edge on this machine. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What the search looks at; given by the caller so that it can be tried without the machine's own. */
export type MachineView = {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  isExecutable: (path: string) => boolean;
};

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const MAC_PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const WINDOWS_PLACES = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
];

const LINUX_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin'];

/** The path of the first browser found, or null. `XUNBO_CHROMIUM` names one that is taken before all others. */
export function findChromium(machine: MachineView): string | null {
  return candidates(machine).find(machine.isExecutable) ?? null;
}

function candidates({ platform, env }: MachineView): string[] {
  const named = env.XUNBO_CHROMIUM ? [env.XUNBO_CHROMIUM] : [];
  if (platform === 'darwin') return [...named, ...MAC_PLACES];
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    return [...named, ...roots.flatMap((root) => WINDOWS_PLACES.map((parts) => join(root, ...parts)))];
  }
  const onPath = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...named, ...[...onPath, ...LINUX_FOLDERS].flatMap((folder) => NAMES.map((name) => join(folder, name)))];
}

/** Whether `path` is a file that may be run. */
export function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
