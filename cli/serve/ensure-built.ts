/** Builds the pages and the Electron shell where no build is there, or an older one than the sources. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../project.ts';

const SOURCES = [
  'domain',
  'protocol',
  'main',
  'renderer',
  'vite.console.config.ts',
  'vite.stage.config.ts',
  'vite.verify.config.ts',
  'vite.electron.config.ts',
];
const BUILT = [
  'dist/console/index.html',
  'dist/stage/index.html',
  'dist/verify/xunbo-verify.html',
  'dist/electron/main.cjs',
];

/** Runs `npm run build` where needed; throws where that fails. */
export function ensureBuilt(notices: NodeJS.WritableStream): void {
  const built = BUILT.map((file) => join(PROJECT_FOLDER, file));
  if (built.every((file) => existsSync(file))) {
    const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs));
    if (SOURCES.every((source) => newestMs(join(PROJECT_FOLDER, source)) <= oldest)) return;
  }
  notices.write('正在构建页面，首次约需半分钟…… / Building the pages, about half a minute the first time…\n');
  const script = join(PROJECT_FOLDER, 'scripts/build.ts');
  const { status } = spawnSync(process.execPath, [script], {
    cwd: PROJECT_FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('the build failed; run: npm run build');
}

/** Time of the latest change of a file, or of any file below a folder; 0 where there is none. */
function newestMs(path: string): number {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), 0);
}
