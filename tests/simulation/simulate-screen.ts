/** One screen from its first day to its last, held against the truth; then brought to rest, and its proof against what has to be true of it. */
import { checkProof, checkRest } from './check-proof.ts';
import { checkShown } from './check-shown.ts';
import { createFindings, type Finding } from './findings.ts';
import { addTo, emptySums, type Sums } from './ledger-sums.ts';
import { createWorld, type ScreenRun, type SimulatedWorld } from './simulated-world.ts';

/** Of long runs one screen in this many is looked through whole. */
const FULL_AUDIT_EACH = 10;

/** Runs one screen; gives its sums and everything that is wrong. */
export async function simulateScreen(run: ScreenRun): Promise<{ sums: Sums; findings: Finding[] }> {
  const { fault, all } = createFindings();
  const sums = emptySums();
  sums.screens = 1;
  const world = await createWorld(run, fault);
  await world.run();
  await checkShown(world, run.days, sums, fault);
  await checkRest(world, sums, fault);
  await checkProof(world, run.isShort || run.screen % FULL_AUDIT_EACH === 0, sums, fault);
  countWorld(world, sums);
  return { sums, findings: all };
}

function countWorld({ server, devices, counts, oldLedgers }: SimulatedWorld, sums: Sums): void {
  for (const { eye, witness, player, disk, crashes } of devices) {
    addTo(sums.segments, 'sealed', eye.sealed.size);
    const { ends, messages } = player.state();
    addTo(sums.faults, 'agent or power ended', ends);
    addTo(sums.faults, 'boots after such an end', witness.recoveredBoots());
    addTo(sums.faults, 'writes that the disk failed', disk.failures());
    addTo(sums.faults, 'emergency messages', messages);
    for (const point of crashes) addTo(sums.crashes, point);
    const counted = witness.showings.filter((showing) => showing.truth === 'full' && showing.isStored);
    addTo(sums.faults, 'plays counted on another day than the true one', counted.filter((s) => s.isOtherDay).length);
  }
  for (const [what, count] of Object.entries({ ...counts, ...server.answers })) addTo(sums.segments, what, count);
  for (const [point, count] of Object.entries(server.ends)) addTo(sums.crashes, `server ${point}`, count);
  addTo(sums.faults, 'old copies of the ledger put back', oldLedgers());
  addTo(sums.faults, 'logs that are not signed any more', server.log.fault() === null ? 0 : 1);
  addTo(sums.faults, 'devices copied', devices.length - 1);
}
