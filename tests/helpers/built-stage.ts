/** The stage page as it is built, in a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const CONFIG = fileURLToPath(new URL('../../vite.stage.config.ts', import.meta.url));

/** A scratch folder with the built stage in `stage/`; `remove` takes it away. */
export async function builtStage(): Promise<{ folder: string; stage: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'xunbo-stage-'));
  const stage = join(folder, 'stage');
  await build({ configFile: CONFIG, logLevel: 'error', build: { outDir: stage } });
  return { folder, stage, remove: () => rm(folder, { recursive: true, force: true }) };
}
