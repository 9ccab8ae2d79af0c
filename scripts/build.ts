/** Builds console, stage and Electron shell into dist/. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const folder = fileURLToPath(new URL('..', import.meta.url));

for (const name of ['console', 'stage', 'electron']) {
  const configFile = `${folder}vite.${name}.config.ts`;
  if (existsSync(configFile)) await build({ configFile, logLevel: 'warn' });
}
