/** Everything: installs what the tests need where it may, then checks, builds and runs every test but the long ones; ends with the real counts. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingPackages, tryInstall } from './debian-packages.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string): string => join(folder, 'node_modules/.bin', name);

function run(command: string, words: string[]): boolean {
  return spawnSync(command, words, { cwd: folder, stdio: 'inherit' }).status === 0;
}

const missing = missingPackages();
if (missing.length > 0 && !tryInstall(missing)) {
  console.error(`The tests need these Debian packages: ${missing.join(' ')}`);
  console.error(`Install them with: sudo apt-get install -y ${missing.join(' ')}`);
  process.exit(1);
}

let passed = 0;
let failed = 0;
let skipped = 0;
const count = (ok: boolean): void => {
  if (ok) passed += 1;
  else failed += 1;
};

count(run(process.execPath, [join(folder, 'scripts/check.ts')]));
count(run(process.execPath, [join(folder, 'scripts/build.ts')]));

const reports = mkdtempSync(join(tmpdir(), 'xunbo-verify-'));
const report = join(reports, 'tests.json');
run(bin('vitest'), [
  'run',
  '--project=fast',
  '--project=e2e',
  '--project=console',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
]);
if (existsSync(report)) {
  const results: unknown = JSON.parse(readFileSync(report, 'utf8'));
  passed += numberOf(results, 'numPassedTests');
  failed += numberOf(results, 'numFailedTests') + suitesThatDidNotRun(results);
  skipped += numberOf(results, 'numPendingTests') + numberOf(results, 'numTodoTests');
} else {
  console.error('the test runner left no report');
  failed += 1;
}
rmSync(reports, { recursive: true, force: true });

console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;

function numberOf(results: unknown, key: string): number {
  const value = typeof results === 'object' && results !== null ? Reflect.get(results, key) : undefined;
  return typeof value === 'number' ? value : 0;
}

/** Files that failed before any of their tests ran have no failed test; they count as one each. */
function suitesThatDidNotRun(results: unknown): number {
  const suites: unknown = typeof results === 'object' && results !== null ? Reflect.get(results, 'testResults') : [];
  if (!Array.isArray(suites)) return 0;
  return suites.filter(
    (s) => s.status === 'failed' && !s.assertionResults.some((t: { status: string }) => t.status === 'failed'),
  ).length;
}
