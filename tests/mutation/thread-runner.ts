/** A Stryker test runner that keeps the tests in memory: a mutant costs what its tests cost, not the start of a test framework. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { FromThread, Hits, ThreadStart, ToThread } from './thread-messages.ts';

/** What Stryker asks with, as far as it is used here. */
type MutantRun = {
  activeMutant: { id: string; fileName: string };
  testFilter?: string[];
  reloadEnvironment: boolean;
};
type Options = { threadRunner: { testFiles: string[]; slowTests: string[]; freshFor: string[] } };

/** What the first run learned of each test: how long it takes and how often it passes each mutant. */
type Learned = Record<string, { ms: number; hits: Hits }>;
const LEARNED_FILE = 'learned-by-first-run.json';

/** A test whose mutant is passed so many times as often as without it, and this often at least, does not end. */
const ENDLESS_FACTOR = 50;
const ENDLESS_HITS = 20_000;
/** A test that takes so many times its processor time, and so long at least, does not end. */
const SLOW_FACTOR = 5;
const SLOW_MS = 2_000;
const LOOK_MS = 250;

type Answer = Extract<FromThread, { kind: 'ran' | 'endless' }>;
type Thread = { worker: Worker; ready: Extract<FromThread, { kind: 'ready' }> };

class ThreadRunner {
  static inject = ['options'] as const;
  #options: Options;
  #thread: Promise<Thread> | null = null;
  #learned: Learned | null = null;
  /** How many mutants of a file each test has noticed. */
  #noticed = new Map<string, number>();

  constructor(options: Options) {
    this.#options = options;
  }

  capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: true };
  }

  async dryRun(): Promise<object> {
    const { worker, ready } = await this.#start(true);
    const tests: object[] = [];
    const perTest: Record<string, Hits> = {};
    const learned: Learned = {};
    const { slowTests } = this.#options.threadRunner;
    for (const { id, name, file } of ready.tests) {
      if (slowTests.some((title) => name.includes(title))) continue;
      const answer = await this.#run({ testId: id, mutant: null, hitLimit: undefined }, Infinity);
      if (answer.kind === 'endless') throw new Error(`${id} does not end`);
      const base = { id, name, fileName: file, timeSpentMs: answer.ms };
      tests.push(
        answer.failure === null ? { ...base, status: 0 } : { ...base, status: 1, failureMessage: answer.failure },
      );
      perTest[id] = answer.hits;
      learned[id] = { ms: answer.ms, hits: answer.hits };
    }
    writeFileSync(LEARNED_FILE, JSON.stringify(learned));
    await worker.terminate();
    this.#thread = null;
    return { status: 'complete', tests, mutantCoverage: { static: ready.staticCoverage, perTest } };
  }

  async mutantRun({ activeMutant: { id: mutant, fileName }, testFilter = [] }: MutantRun): Promise<object> {
    const learned = this.#known();
    const weightOf = (id: string): number =>
      (learned[id]?.ms ?? 0) / (1 + (this.#noticed.get(`${fileName} ${id}`) ?? 0));
    if (this.#options.threadRunner.freshFor.some((file) => fileName.endsWith(file))) await this.#stop();
    let count = 0;
    for (const testId of testFilter.toSorted((one, other) => weightOf(one) - weightOf(other))) {
      const { ms, hits } = learned[testId] ?? { ms: 0, hits: {} as Hits };
      const hitLimit = ENDLESS_FACTOR * (hits[mutant] ?? 0) + ENDLESS_HITS;
      const answer = await this.#run({ testId, mutant, hitLimit }, SLOW_FACTOR * ms + SLOW_MS);
      count += 1;
      if (answer.kind === 'endless') return { status: 'timeout', reason: testId };
      if (answer.failure === null) continue;
      const key = `${fileName} ${testId}`;
      this.#noticed.set(key, (this.#noticed.get(key) ?? 0) + 1);
      return { status: 'killed', killedBy: [testId], failureMessage: answer.failure, nrOfTests: count };
    }
    return { status: 'survived', nrOfTests: count };
  }

  async dispose(): Promise<void> {
    await this.#stop();
  }

  #known(): Learned {
    this.#learned ??= existsSync(LEARNED_FILE) ? JSON.parse(readFileSync(LEARNED_FILE, 'utf8')) : {};
    return this.#learned ?? {};
  }

  #start(isDry: boolean): Promise<Thread> {
    const workerData: ThreadStart = { files: this.#options.threadRunner.testFiles, isDry };
    const worker = new Worker(new URL('./test-thread.ts', import.meta.url), {
      workerData,
      env: { ...process.env, XUNBO_TEST_SEED: '1', XUNBO_TEST_RUNS: '2' },
    });
    this.#thread = new Promise((done, fail) => {
      worker.once('error', fail);
      worker.once('message', (ready) => done({ worker, ready }));
    });
    return this.#thread;
  }

  async #stop(): Promise<void> {
    const thread = await this.#thread?.catch(() => null);
    this.#thread = null;
    await thread?.worker.terminate();
  }

  /** Runs one test; a thread that takes more than `limitMs` of processor time, or breaks, is given up. */
  async #run(message: ToThread, limitMs: number): Promise<Answer> {
    const { worker } = await (this.#thread ?? this.#start(false));
    const startMs = cpuMsOf(worker);
    const answer = await new Promise<Answer | { kind: 'unknown-test' }>((done) => {
      const look = setInterval(async () => {
        if ((await cpuMsOf(worker)) - (await startMs) > limitMs) finish({ kind: 'endless' });
      }, LOOK_MS);
      const finish = (said: Answer | { kind: 'unknown-test' }): void => {
        clearInterval(look);
        worker.off('message', finish).off('error', onError).off('exit', onExit);
        done(said);
      };
      const onError = (error: unknown): void => finish({ kind: 'ran', failure: String(error), ms: 0, hits: {} });
      const onExit = (): void => finish({ kind: 'endless' });
      worker.on('message', finish).on('error', onError).on('exit', onExit);
      worker.postMessage(message);
    });
    if (answer.kind === 'unknown-test') throw new Error(`there is no test ${message.testId}`);
    // An error of the thread, as of lack of memory, ends it; so does a loop without end. The next test gets a new one.
    if (answer.kind === 'endless' || (answer.failure !== null && answer.ms === 0)) await this.#stop();
    return answer;
  }
}

async function cpuMsOf(worker: Worker): Promise<number> {
  const { user, system } = await worker.cpuUsage();
  return (user + system) / 1000;
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'thread', injectableClass: ThreadRunner }];
