/** Sees to it that the machine has something to show pages with; installs Debian's Chromium where it may, else says what to run. */
import { existsSync, readFileSync } from 'node:fs';
import { findShell } from '../player-shell.ts';
import { runQuietly } from '../run-quietly.ts';

/** Chromium and a font with Chinese glyphs, as Debian and Ubuntu call them. */
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

/** Whether a shell is there now; told to `notices` in both languages where it is not. The controller works on meanwhile. */
export async function ensureShell(notices: NodeJS.WritableStream): Promise<boolean> {
  if (await findShell()) return true;
  notices.write('未找到 Electron 或 Chromium。 / Neither Electron nor Chromium is on this machine.\n');
  const prefix = await installPrefix();
  const aptGet = [...(prefix ?? ['sudo']), 'apt-get'].join(' ');
  const command = `${aptGet} update && ${aptGet} install -y ${PACKAGES.join(' ')}`;
  if (prefix) {
    notices.write(`正在安装 Chromium…… / Installing Chromium: ${command}\n`);
    const install = ['install', '-y', '--no-install-recommends', ...PACKAGES];
    if ((await runAptGet(prefix, ['update'])) && (await runAptGet(prefix, install)) && (await findShell())) return true;
  }
  notices.write(`播放器未启动；请运行 / The player is not started; run: ${command}\n`);
  return false;
}

/** The words before apt-get where it may be run without asking: none for root, `sudo -n` where that works; null elsewhere. */
async function installPrefix(): Promise<string[] | null> {
  if (!existsSync('/etc/debian_version') || !/debian|ubuntu/i.test(readFileSync('/etc/os-release', 'utf8')))
    return null;
  if (process.getuid?.() === 0) return [];
  return (await runQuietly('sudo', ['-n', 'true'])) ? ['sudo', '-n'] : null;
}

function runAptGet(prefix: readonly string[], words: readonly string[]): Promise<boolean> {
  const [command = 'apt-get', ...rest] = [...prefix, 'apt-get', ...words];
  return runQuietly(command, rest, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, showErrors: true });
}
