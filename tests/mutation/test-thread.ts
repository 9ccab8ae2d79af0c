/** A thread that holds all tests in memory and runs chosen ones of them with one mutant switched on. */
import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import type { Coverage, FromThread, ThreadStart, ToThread } from './thread-messages.ts';

const { files, isDry }: ThreadStart = workerData;
const STAND_IN = new URL('./vitest-stand-in.ts', import.meta.url).href;

/** What the instrumented code reads and writes. */
type Switchboard = {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: Coverage;
};
const board: Switchboard = {};
Object.assign(globalThis, { __stryker__: board });

registerHooks({
  resolve: (name, context, next) => (name === 'vitest' ? { url: STAND_IN, shortCircuit: true } : next(name, context)),
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (isDry || !/\/(?:domain|server)\//.test(url) || url.includes('/node_modules/')) return loaded;
    // Counting what is covered costs most of the time of instrumented code, and only the first run asks for it.
    const source = String(loaded.source).replace(/^function stryCov_\w+\(\) \{$/m, '$& return;');
    return { ...loaded, source };
  },
});

// Random cases are the same each time.
fc.configureGlobal({ seed: 1 });

const { enterFile, enterTest, knownTests, leaveTest } = await import(STAND_IN);
for (const file of files.flatMap((pattern) => globSync(pattern)).toSorted()) {
  enterFile(resolve(file));
  await import(pathToFileURL(resolve(file)).href);
}
const byId = new Map<string, (typeof knownTests)[number]>(knownTests.map((known: { id: string }) => [known.id, known]));

const say = (message: FromThread): void => parentPort?.postMessage(message);

parentPort?.on('message', async ({ testId, mutant, hitLimit }: ToThread) => {
  const known = byId.get(testId);
  if (!known) return say({ kind: 'unknown-test' });
  enterTest(known);
  Object.assign(board, { activeMutant: mutant ?? undefined, currentTestId: testId, hitCount: 0, hitLimit });
  const startMs = performance.now();
  let failure: string | null = null;
  try {
    await known.run();
  } catch (error) {
    failure = String(error);
  }
  await leaveTest();
  const isOverLimit = hitLimit !== undefined && (board.hitCount ?? 0) > hitLimit;
  Object.assign(board, { activeMutant: undefined, currentTestId: undefined });
  if (isOverLimit) return say({ kind: 'endless' });
  const hits = board.mutantCoverage?.perTest[testId] ?? {};
  return say({ kind: 'ran', failure, ms: performance.now() - startMs, hits });
});

const tests = [...byId.values()].map(({ id, name, file }) => ({ id, name, file }));
say({ kind: 'ready', tests, staticCoverage: board.mutantCoverage?.static ?? {} });
