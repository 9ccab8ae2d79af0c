/** `npm run bench [-- GROUP] [--json]`: measures and prints one line a figure. */
import type { BenchGroup } from './figure.ts';

/** Groups load only when run: each starts processes or fills memory of its own. */
const GROUPS: Record<string, () => Promise<BenchGroup>> = {
  plan: async () => (await import('./plan.bench.ts')).planGroup,
  proof: async () => (await import('./proof.bench.ts')).proofGroup,
  bundle: async () => (await import('./bundle.bench.ts')).bundleGroup,
  hostile: async () => (await import('./hostile.bench.ts')).hostileGroup,
  sockets: async () => (await import('./sockets.bench.ts')).socketsGroup,
  player: async () => (await import('./player.bench.ts')).playerGroup,
};

const words = process.argv.slice(2);
const asJson = words.includes('--json');
const wanted = words.filter((word) => !word.startsWith('--'));
const unknown = wanted.find((name) => !(name in GROUPS));
if (unknown !== undefined) {
  console.error(`there is no bench group ${unknown}; there are ${Object.keys(GROUPS).join(', ')}`);
  process.exit(1);
}

for (const [name, load] of Object.entries(GROUPS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const group = await load();
  await group((figure) => {
    if (asJson) {
      console.log(JSON.stringify(figure));
      return;
    }
    const against = figure.ratio === null ? '' : `  ${figure.ratio.toPrecision(3)} × ${figure.reference ?? ''}`;
    console.log(
      `${figure.name.padEnd(26)} ${figure.value.toFixed(3).padStart(14)} ${figure.unit.padEnd(10)}${against}`,
    );
  });
}
process.exit(0);
