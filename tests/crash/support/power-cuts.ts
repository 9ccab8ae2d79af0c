/** Cuts the power of a traced run at many moments, and gives what the disk is left with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Chance } from '../../simulation/chance.ts';
import { drawCut, NOTHING_LOST } from './cut-styles.ts';
import type { DiskEvent } from './disk-events.ts';
import { createDiskModel, type DiskImage } from './disk-model.ts';

/** A state of the disk: after `events` events, with what the process had claimed by then. */
export type CutState = { events: number; marks: string[]; image: DiskImage };

/** How far from a change of names a moment still counts as near it. */
const NEAR = 3;

/** `count` states, in the order of their moments. `isNoSync` leaves all syncs out: the mistake that the states have to show. */
export function* powerCuts(
  root: string,
  events: readonly DiskEvent[],
  count: number,
  chance: Chance,
  isNoSync = false,
): Generator<CutState> {
  const model = createDiskModel(root);
  const marks: string[] = [];
  let at = 0;
  for (const moment of drawMoments(events, count, chance)) {
    for (; at < moment; at += 1) {
      const event = events[at];
      if (event?.op === 'mark') marks.push(event.text);
      const isSync = event?.op === 'sync-file' || event?.op === 'sync-folder';
      if (event && !(isSync && isNoSync)) model.apply(event);
    }
    yield { events: at, marks: [...marks], image: model.image(drawCut(chance, model.changes())) };
  }
}

/** What the disk holds after all of `events`. */
export function replayed(root: string, events: readonly DiskEvent[]): DiskImage {
  const model = createDiskModel(root);
  for (const event of events) model.apply(event);
  return model.image(NOTHING_LOST);
}

/** Puts a state into a folder, which stands for the root of the trace. */
export function writeImage(root: string, { folders, files }: DiskImage, into: string): void {
  for (const path of folders) mkdirSync(join(into, relative(root, path)), { recursive: true });
  for (const [path, bytes] of files) writeFileSync(join(into, relative(root, path)), bytes);
}

/** A third of the moments anywhere, a third at what is no write, a third near changes of names: writes are many, and the others decide. */
function drawMoments(events: readonly DiskEvent[], count: number, chance: Chance): number[] {
  const places = events.map((_, k) => k + 1);
  const isName = ({ op }: DiskEvent): boolean => ['make-folder', 'make-file', 'rename', 'link', 'remove'].includes(op);
  const others = places.filter((k) => events[k - 1]?.op !== 'write');
  const near = places.filter((k) => events.slice(Math.max(0, k - 1 - NEAR), k).some(isName));
  const lists = [places, others, near].filter((list) => list.length > 0);
  return Array.from({ length: count }, (_, k) => {
    const list = lists[k % lists.length] ?? places;
    return list[chance.int(0, list.length - 1)] ?? 0;
  }).sort((a, b) => a - b);
}
