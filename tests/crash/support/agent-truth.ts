/** What the stage of an agent showed to its end, as an eye saw it that trusts no record. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { StageEvent } from '../../../protocol/stage.ts';

const lineSchema = z.object({ boot: z.string(), m0: z.number(), m1: z.number() });

/** One finished showing: in which boot of the agent, and from when to when by its monotonic clock (ms). */
export type Shown = z.infer<typeof lineSchema>;

/** Watches the events of a stage; `write` is given a line for each showing that has finished. */
export function createEye(
  boot: string,
  monoMs: () => number,
  write: (line: string) => void,
): (event: StageEvent) => void {
  const begun = new Map<string, number>();
  return (event) => {
    if (event.type === 'started') begun.set(event.id, monoMs());
    if (event.type !== 'finished') return;
    const shown: Shown = { boot, m0: begun.get(event.id) ?? 0, m1: monoMs() };
    write(`${JSON.stringify(shown)}\n`);
  };
}

/** All that was seen so far. */
export function readTruth(file: string): Shown[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => lineSchema.parse(JSON.parse(line)));
}
