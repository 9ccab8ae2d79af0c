/** Debian packages the tests need: which are missing, and their installation where it may be done. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PACKAGES = [
  'chromium',
  'xvfb',
  'xauth',
  'ffmpeg',
  'feh',
  'cage',
  'xwayland',
  'imv',
  'fonts-noto-cjk',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libnotify4',
];

/** Names of packages that are not installed; Ubuntu 24.04 and Debian 13 give some of them a `t64` ending. */
export function missingPackages(): string[] {
  if (!existsSync('/usr/bin/dpkg')) return [];
  return PACKAGES.filter((name) => !isInstalled(name) && !isInstalled(`${name}t64`));
}

/** Installs packages as root or by `sudo -n`; false where that may not be done or fails. */
export function tryInstall(packages: readonly string[]): boolean {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return false;
  console.log(`installing ${packages.join(' ')}`);
  const aptGet = (...words: string[]): boolean => {
    const line = isRoot ? ['apt-get', ...words] : ['sudo', '-n', 'apt-get', ...words];
    const [command = 'apt-get', ...rest] = line;
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
  };
  return aptGet('update') && aptGet('install', '-y', '--no-install-recommends', ...packages);
}

function isInstalled(name: string): boolean {
  const { stdout } = spawnSync('dpkg', ['-s', name], { encoding: 'utf8' });
  return stdout.includes('install ok installed');
}
