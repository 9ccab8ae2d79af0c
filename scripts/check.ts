/** Types by layer, lint with the layer rules, dead code: everything that can be told without running the product. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
const layers = [
  'domain',
  'protocol',
  'server',
  'main',
  'renderer/player',
  'renderer/console',
  'renderer/verify',
  'cli',
  'tests',
];

const steps: { name: string; words: string[] }[] = [
  ...layers.map((layer) => ({ name: `types of ${layer}`, words: ['tsc', '-p', layer] })),
  { name: 'lint and layers', words: ['biome', 'ci', '--colors=off', '--error-on-warnings', '.'] },
  { name: 'dead code', words: ['knip'] },
];

let failed = 0;
for (const { name, words } of steps) {
  const [command = '', ...rest] = words;
  const bin = `${folder}node_modules/.bin/${command}`;
  const { status } = existsSync(bin) ? spawnSync(bin, rest, { cwd: folder, stdio: 'inherit' }) : { status: 127 };
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  if (status !== 0) failed += 1;
}
console.log(`check: ${steps.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
