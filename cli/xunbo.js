#!/usr/bin/env node
// Starts the command line on the pinned Node, whichever Node was called: older ones cannot read TypeScript.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PINNED_MAJOR = 26;
const entry = fileURLToPath(new URL('./xunbo.ts', import.meta.url));
const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));

if (Number.parseInt(process.versions.node, 10) >= PINNED_MAJOR || !existsSync(pinned)) {
  const { main } = await import(entry);
  await main(process.argv.slice(2));
} else {
  const { status, signal } = spawnSync(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = signal ? 130 : (status ?? 1);
}
