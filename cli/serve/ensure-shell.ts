/** Sees to it that the machine has something to show pages with; installs Debian's Chromium where it may, else says what to run. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { findShell } from '../player-shell.ts';

/** Chromium and a font with Chinese glyphs, as Debian and Ubuntu call them. */
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

/** Whether a shell is there now; told to `notices` in both languages where it is not. */
export async function ensureShell(notices: NodeJS.WritableStream): Promise<boolean> {
  if (await findShell()) return true;
  notices.write('未找到 Electron 或 Chromium。 / Neither Electron nor Chromium is on this machine.\n');
  const prefix = installPrefix();
  const command =
    `${prefix?.join(' ') ?? 'sudo'} apt-get update && ${prefix?.join(' ') ?? 'sudo'} apt-get install -y ${PACKAGES.join(' ')}`.trim();
  if (prefix) {
    notices.write(`正在安装 Chromium…… / Installing Chromium: ${command}\n`);
    if (
      aptGet(prefix, ['update']) &&
      aptGet(prefix, ['install', '-y', '--no-install-recommends', ...PACKAGES]) &&
      (await findShell())
    ) {
      return true;
    }
  }
  notices.write(`播放器未启动；请运行 / The player is not started; run: ${command}\n`);
  return false;
}

/** The words before apt-get where it may be run without asking: none for root, `sudo -n` where that works; null elsewhere. */
function installPrefix(): string[] | null {
  if (!existsSync('/etc/debian_version') || !readFileSync('/etc/os-release', 'utf8').match(/debian|ubuntu/i))
    return null;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null;
}

function aptGet(prefix: readonly string[], words: readonly string[]): boolean {
  const [command = 'apt-get', ...rest] = [...prefix, 'apt-get', ...words];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}
