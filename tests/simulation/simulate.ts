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
  const { screens, days, seed, isRough, asJson, wantsHelp } = read.value;
  if (wantsHelp) {
    console.log(USAGE);
    return 0;
  }
  const before = process.cpuUsage();
  const outcome = await runSimulation({ screens, days, seed, faults: isRough ? 'rough' : 'realistic' });
  const spent = process.cpuUsage(before);
  const { sums } = outcome;
  const setting = { screens, days, seed, rough: isRough };
  const title = `Simulated: ${screens} screens, ${days} days${isRough ? ', rough' : ''}, seed ${seed}`;
  console.log(asJson ? JSON.stringify({ ...setting, ...outcome }, null, 2) : tableOf(title, outcome));
  // Processor time, so that the figure means something on a machine that has other work too; never part of the table.
  const seconds = (spent.user + spent.system) / 1e6;
  const perMonth = (seconds * 31) / sums.screenDays;
  const perPlays = (seconds / Math.max(1, sums.plays.played)) * 100_000;
  console.error(
    `${seconds.toFixed(1)} s of processor time: ${perMonth.toFixed(2)} s a screen-month of 31 days, ${perPlays.toFixed(2)} s for 100,000 plays`,
  );
  return exitCodeOf(outcome);
}

process.exitCode = await main(process.argv.slice(2));
