/** Verifies mutated bundles, and holds each report against that of the true one. */
import { expect } from 'vitest';
import type { BundleReport } from '../../domain/bundle/bundle-report.ts';
import { PROOF_VERDICTS } from '../../domain/bundle/finding.ts';
import { HARMLESS, MUTATIONS, type MutationGround } from './bundle-mutations.ts';
import { provedTown } from './proved-town.ts';
import { seededRandom } from './random-program.ts';
import { emptyJournal, newDeviceKey } from './test-device.ts';

/** Tries `count` mutated bundles; gives how many were rejected, and how many of each kind were tried. */
export async function tryHostileBundles(
  seed: number,
  count: number,
): Promise<{ rejected: number; tried: Map<string, number> }> {
  const random = seededRandom(seed);
  const [town, other] = [await madeTown(), await madeTown()];
  const stranger = { screen: 'a', key: newDeviceKey(), journal: emptyJournal() };
  const ground: MutationGround = {
    parts: town.parts,
    foreign: other.parts,
    devices: town.devices,
    strangers: [stranger],
    random,
  };
  const truth = await town.verify(town.parts);
  if (!truth.ok) throw new Error(truth.error);
  expect(truth.value.verdict).toBe('proved');
  // Whoever widens the dates may have a day proved that the bundle happens to hold, if it is as it was.
  const wide = await town.verify(await town.bundle(['a', 'b'], '2026-07-01', '2026-07-05'));
  if (!wide.ok) throw new Error(wide.error);
  const names = Object.keys(MUTATIONS);
  const tried = new Map<string, number>();
  let rejected = 0;
  for (let k = 0; k < count; k += 1) {
    const name = names[k % names.length] ?? '';
    const parts = MUTATIONS[name]?.(ground) ?? null;
    if (!parts) continue;
    tried.set(name, (tried.get(name) ?? 0) + 1);
    const result = await town.verify(parts);
    if (!result.ok) rejected += 1;
    else {
      const what = `seed ${seed}, bundle ${k}: ${name}`;
      if (!HARMLESS.has(name)) expect(result.value, what).not.toEqual(truth.value);
      holdAgainst(wide.value, result.value, what);
    }
  }
  return { rejected, tried };
}

async function madeTown() {
  const town = await provedTown();
  const [one, other] = [await town.enrol('a'), await town.enrol('b')];
  for (const date of ['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04']) {
    await town.playDay(one, date);
    // Played at the same time and sent after it: this one has not heard of the log.
    await town.playDay(other, date, { header: (header) => ({ ...header, beacon: null }) });
  }
  return { ...town, devices: [one, other], parts: await town.bundle(['a', 'b'], '2026-07-01', '2026-07-03') };
}

/** No date is proved with other facts than the true ones, none has more plays, and no promise is met that asks for less. */
function holdAgainst(truth: BundleReport, report: BundleReport, what: string): void {
  for (const { screen, dates } of report.screens) {
    const known = truth.screens.find((one) => one.screen === screen);
    for (const date of dates) {
      const was = known?.dates.find((one) => one.date === date.date);
      const isProved = PROOF_VERDICTS.indexOf(date.proof) < PROOF_VERDICTS.indexOf('incomplete');
      if (isProved) expect(was?.proof, what).toBe('proved');
      for (const promise of date.promises) {
        const due = was?.promises.find(({ commitment }) => commitment === promise.commitment);
        if (isProved) expect(promise, what).toEqual(due);
        expect(promise.plays, what).toBeLessThanOrEqual(due?.plays ?? 0);
        if (promise.verdict === 'met') expect(promise.required, what).toBeGreaterThanOrEqual(due?.required ?? 0);
      }
    }
  }
}
