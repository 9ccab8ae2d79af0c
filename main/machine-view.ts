/** What the operating system tells of the machine. */
import { readdir, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { MachineView } from './health.ts';

const THERMAL_FOLDER = '/sys/class/thermal';
/** Zones without a sensor report nonsense far outside of this. */
const PLAUSIBLE_C = { least: -40, most: 150 } as const;

/** The real machine, with the disk that `data` lies on. */
export function createMachineView(data: string, thermalFolder = THERMAL_FOLDER): MachineView {
  return {
    temperatureC: () => hottest(thermalFolder),
    async diskFreeBytes() {
      try {
        const { bavail, bsize } = await statfs(data);
        return bavail * bsize;
      } catch {
        return null;
      }
    },
    memoryBytes: () => process.memoryUsage.rss(),
  };
}

/** The hottest zone of the machine in °C (to a tenth), as Linux tells it in thousandths; null elsewhere. */
async function hottest(folder: string): Promise<number | null> {
  const names = await readdir(folder).catch(() => []);
  const zones = names.filter((name) => name.startsWith('thermal_zone'));
  const read = zones.map((name) => readFile(join(folder, name, 'temp'), 'utf8').then(Number, () => Number.NaN));
  const degrees = (await Promise.all(read)).map((thousandths) => thousandths / 1000);
  const known = degrees.filter((c) => c > PLAUSIBLE_C.least && c < PLAUSIBLE_C.most);
  return known.length > 0 ? Math.round(Math.max(...known) * 10) / 10 : null;
}
