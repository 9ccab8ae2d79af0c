#!/usr/bin/env node
// Starts the command line on the pinned Node, whichever Node was called: older ones cannot read TypeScript.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as modules from 'node:module';
import { fileURLToPath } from 'node:url';

const PINNED_MAJOR = 26;
const entry = new URL('./xunbo.ts', import.meta.url);
const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));

if (Number.parseInt(process.versions.node, 10) >= PINNED_MAJOR || !existsSync(pinned)) {
  // Compiled once and kept with the program: a screen whose power was cut is to play again within seconds.
  modules.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/xunbo', import.meta.url)));
  const { main } = await import(entry.href);
  await main(process.argv.slice(2));
} else {
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal's Ctrl-C reaches both; a signal to this process alone has to be passed on.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 128 : (code ?? 1);
  });
}
