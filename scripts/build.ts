/** Builds console, stage, the verifier's page and the Electron shell into dist/. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const folder = fileURLToPath(new URL('..', import.meta.url));

for (const name of ['console', 'stage', 'verify', 'electron']) {
  const configFile = `${folder}vite.${name}.config.ts`;
  if (existsSync(configFile)) await build({ configFile, logLevel: 'warn' });
}
