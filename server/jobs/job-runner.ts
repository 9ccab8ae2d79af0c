/** Runs named jobs on cron schedules, one run of a job at a time, and tells when each ran last and runs next. */
import { type Logger as CronLog, createTask, type ScheduledTask } from 'node-cron';
import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { Log } from '../log.ts';

/** A job: `schedule` is a cron expression with seconds; `run` gives one sentence on what it did. Runs of one that `isQuiet` are told to nobody. */
export type JobDefinition = { name: string; schedule: string; run: () => Promise<string>; isQuiet?: true };

/** A job as it stands. */
export type JobState = {
  name: string;
  schedule: string;
  lastRunMs: number | null;
  lastOutcome: 'ok' | 'failed' | null;
  lastDetail: string | null;
  nextRunMs: number | null;
};

/** What the runner offers. */
export type JobRunner = {
  /** Starts the schedules. */
  start(): void;
  /** Stops the schedules and waits for runs under way. */
  stop(): Promise<void>;
  /** All jobs as they stand. */
  list(): JobState[];
  /** Runs a job now, or joins the run under way. Fails with `not-found`. */
  run(name: string): Promise<JobState>;
  /** Calls `listener` after each run. */
  onRun(listener: (job: JobState) => void): void;
};

/** Makes a runner of `definitions`; nothing runs before `start()`. */
export function createJobRunner(definitions: readonly JobDefinition[], deps: { clock: Clock; log: Log }): JobRunner {
  const { clock, log } = deps;
  const states = new Map<string, JobState>();
  const underWay = new Map<string, Promise<void>>();
  const tasks = new Map<string, ScheduledTask>();
  const listeners = new Set<(job: JobState) => void>();

  async function perform(job: JobDefinition): Promise<void> {
    const lastRunMs = clock.nowMs();
    let lastOutcome: 'ok' | 'failed' = 'ok';
    let lastDetail: string;
    try {
      lastDetail = await job.run();
    } catch (error) {
      lastOutcome = 'failed';
      lastDetail = error instanceof Error ? error.message : String(error);
      log.error({ err: error, job: job.name }, 'job failed');
    }
    states.set(job.name, { ...stateOf(job), lastRunMs, lastOutcome, lastDetail });
    if (job.isQuiet) return;
    for (const listener of listeners) listener(stateOf(job));
  }

  function stateOf(job: JobDefinition): JobState {
    const { name, schedule } = job;
    const before = states.get(name) ?? { lastRunMs: null, lastOutcome: null, lastDetail: null };
    return { name, schedule, ...before, nextRunMs: tasks.get(name)?.getNextRun()?.getTime() ?? null };
  }

  function runOnce(job: JobDefinition): Promise<void> {
    const current = underWay.get(job.name);
    if (current) return current;
    const run = perform(job).finally(() => underWay.delete(job.name));
    underWay.set(job.name, run);
    return run;
  }

  return {
    start() {
      for (const job of definitions) {
        const options = { name: job.name, noOverlap: true, logger: cronLog(log.child({ job: job.name })) };
        const task = createTask(job.schedule, () => runOnce(job), options);
        tasks.set(job.name, task);
        void task.start();
      }
    },
    async stop() {
      for (const task of tasks.values()) await task.destroy();
      tasks.clear();
      await Promise.allSettled(underWay.values());
    },
    list: () => definitions.map(stateOf),
    async run(name) {
      const job = definitions.find((d) => d.name === name);
      if (!job)
        throw new Failure(
          'not-found',
          `there is no job ${name}; there are ${definitions.map((d) => d.name).join(', ')}`,
        );
      await runOnce(job);
      return stateOf(job);
    },
    onRun: (listener) => listeners.add(listener),
  };
}

/** What the scheduler says, in this log. A run that was left out is no news where the machine is busy: the next one does its work. */
const cronLog = (log: Log): CronLog => ({
  info: (message) => log.debug(message),
  warn: (message) => log.debug(message),
  error: (message, error) => log.error({ err: error ?? message }, 'the scheduler failed'),
  debug: (message) => log.debug(String(message)),
});
