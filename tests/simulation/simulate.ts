/** `npm run simulate`: runs simulated screens and prints what became of every promise and every play. */
import { readOptions, USAGE } from './options.ts';
import { exitCodeOf, runSimulation } from './run-simulation.ts';
import { tableOf } from './table.ts';

/** Carries out the words of a command line; gives its exit code. */
async function main(words: readonly string[]): Promise<number> {
  const read = readOptions(words);
  if (!read.ok) {
    for (const fault of read.error) console.error(fault);
    return 2;
  }
  const { screens, days, seed, workers, isRough, asJson, wantsHelp } = read.value;
  if (wantsHelp) {
    console.log(USAGE);
    return 0;
  }
  const before = process.cpuUsage();
  const startedMs = performance.now();
  const outcome = await runSimulation({ screens, days, seed, faults: isRough ? 'rough' : 'realistic' }, workers);
  const wallSeconds = (performance.now() - startedMs) / 1000;
  const spent = process.cpuUsage(before);
  const { sums } = outcome;
  const setting = { screens, days, seed, rough: isRough };
  const title = `Simulated: ${screens} screens, ${days} days${isRough ? ', rough' : ''}, seed ${seed}`;
  console.log(asJson ? JSON.stringify({ ...setting, ...outcome }, null, 2) : tableOf(title, outcome));
  // Processor time beside time, so that the figures mean something on a machine that has other work too; never part of the table.
  const seconds = (spent.user + spent.system) / 1e6;
  const months = sums.screenDays / 31;
  const perPlays = (seconds / Math.max(1, sums.plays.played)) * 100_000;
  console.error(
    `${seconds.toFixed(1)} s of processor time: ${(seconds / months).toFixed(2)} s a screen-month of 31 days, ${perPlays.toFixed(2)} s for 100,000 plays`,
  );
  console.error(`${wallSeconds.toFixed(1)} s in all: ${(wallSeconds / months).toFixed(2)} s a screen-month`);
  return exitCodeOf(outcome);
}

process.exitCode = await main(process.argv.slice(2));
