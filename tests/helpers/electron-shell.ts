/** The player's Electron shell with Playwright at both of its ends: the main process and the page. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { startVirtualDisplay } from './virtual-display.ts';

/** The bundle of the main process; its preload script lies beside it. */
export const MAIN_FILE = fileURLToPath(new URL('../../dist/electron/main.cjs', import.meta.url));

/** A running shell. `output` is what its main process has written to standard error. */
export type ElectronShell = {
  app: ElectronApplication;
  page: Page;
  display: string;
  output(): string;
  close(): Promise<void>;
};

/** Starts the shell of `server` with a data folder of its own on a display of its own; resolves once its page is there. */
export async function startElectronShell(
  executablePath: string,
  server: string,
  env: Record<string, string> = {},
): Promise<ElectronShell> {
  const display = await startVirtualDisplay();
  const data = mkdtempSync(join(tmpdir(), 'xunbo-shell-'));
  const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env;
  // Cameras that are there, so that only a refusal can keep the page from them.
  const app = await _electron.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--use-fake-device-for-media-stream',
      MAIN_FILE,
    ],
    env: { ...envOf(inherited), ...env, DISPLAY: display.name, XUNBO_SERVER: server, XUNBO_DATA: data },
  });
  let printed = '';
  app.process().stderr?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const page = await app.firstWindow();
  await page.waitForFunction(() => 'player' in window);
  return {
    app,
    page,
    display: display.name,
    output: () => printed,
    async close() {
      await app.close();
      await display.close();
      rmSync(data, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

function envOf(given: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
