/** How much a run of the crash tests does, and by which seed. */

function amount(variable: string, fallback: number): number {
  const value = Number(process.env[variable] ?? fallback);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${variable} has to be a whole number from 1 on`);
  return value;
}

/** Kills of an agent, and as many of a server. */
export const KILLS = amount('XUNBO_CRASH_KILLS', 200);
/** States that power cuts leave, half of them of a journal and half of a ledger. */
export const STATES = amount('XUNBO_CRASH_STATES', 2000);

/** Where chance begins: XUNBO_TEST_SEED repeats a run. It is printed with `what` it is for. */
export function seedOf(what: string): number {
  const seed = Number(process.env.XUNBO_TEST_SEED ?? Date.now() % 2 ** 31);
  console.info(`${what}: XUNBO_TEST_SEED=${seed}`);
  return seed;
}
